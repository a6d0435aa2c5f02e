import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '#kernel/error.js';
import { loadGradingTables } from './grading-tables.js';

const TABLE = `id: trial
title: t
document: d
article: a
dated: '2020'
standing: N
eventTypes: [fire]
rows:
  - { id: deaths, grade: I, when: { deaths: { from: 30 } } }
`;

describe('loadGradingTables', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'grading-'));
    mkdirSync(path.join(folder, 'grading'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(path.join(folder, 'grading', name), text);

  it('reads a table', () => {
    write('a.yaml', TABLE);
    expect(loadGradingTables(folder)[0]).toMatchObject({ id: 'trial', advisory: false, rows: [{ grade: 'I' }] });
  });

  it.each([
    [
      'a row whose upper bound lies below',
      TABLE.replace('from: 30', 'from: 30, below: 10'),
      /a\.yaml:9.*below must be greater/,
    ],
    ['an unknown figure', TABLE.replace('deaths: { from', 'dead: { from'), /a\.yaml:9.*rows\.0\.when/],
    ['a table without an article', TABLE.replace('article: a\n', ''), /a\.yaml.*article/],
    ['a file that is no YAML', 'id: [', /a\.yaml/],
  ])('refuses %s with its place', (_name, text, message) => {
    write('a.yaml', text);
    expect(() => loadGradingTables(folder)).toThrow(message);
    expect(() => loadGradingTables(folder)).toThrow(ConfigError);
  });

  it('refuses two tables of one id and an empty folder', () => {
    expect(() => loadGradingTables(folder)).toThrow(/no grading table/);
    write('a.yaml', TABLE);
    write('b.yaml', TABLE);
    expect(() => loadGradingTables(folder)).toThrow(/b\.yaml.*another table/);
  });
});
