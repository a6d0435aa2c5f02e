import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { SCORED, type Scored } from '../rules/category/cue-tables.js';
import { loadCorpus } from './corpus.js';
import { learnAdjustment } from './learn-adjustment.js';
import { loadCategoryModel } from './load-model.js';
import { loadCues } from './load-cues.js';
import { loadSchemes } from './load-schemes.js';
import { readYaml } from './read-yaml.js';
import { z } from 'zod';

const CONFIG = path.join(import.meta.dirname, '../../../config');
const folder = mkdtempSync(path.join(tmpdir(), 'categories-'));
afterAll(() => rmSync(folder, { recursive: true }));

const evenScores = () => Object.fromEntries(SCORED.map((label) => [label, -1])) as Record<Scored, number>;

describe('the shipped data of the categories', () => {
  it('has at least 120 different texts of every class', () => {
    const { rows } = loadCorpus(CONFIG);
    for (const label of SCORED)
      expect(new Set(rows.filter((row) => row.label === label).map((row) => row.text)).size).toBeGreaterThanOrEqual(
        120,
      );
  });

  it('keeps four local schemes, each code mapped to C1–C7 and each with its document (domain 2.1)', () => {
    const schemes = loadSchemes(CONFIG);
    expect(schemes.map((scheme) => [scheme.id, scheme.codes.length])).toEqual([
      ['nantong-7', 7],
      ['press-bureau-7', 7],
      ['yiwu-6', 7],
      ['national-6', 6],
    ]);
    const yiwu = schemes.find((scheme) => scheme.id === 'yiwu-6')!;
    expect(yiwu.codes.filter((code) => code.mapsTo === 'C4').map((code) => code.code)).toEqual(['C4a', 'C4b']);
  });

  it('names only groups that exist where cues refer to each other', () => {
    const tables = loadCues(CONFIG);
    const ids = new Set(tables.groups.map((group) => group.id));
    expect(ids.size).toBe(tables.groups.length);
    for (const id of [
      ...tables.groups.flatMap((group) => group.voidedBy),
      ...tables.evidence.flatMap((need) => need.anyOf),
    ])
      expect(ids).toContain(id);
  });

  it('says file and line of a fault', () => {
    const file = path.join(folder, 'broken.yaml');
    writeFileSync(file, 'version: 1\ngroups: [\n');
    expect(() => readYaml(file, z.any())).toThrow(/broken\.yaml:\d+/);
    writeFileSync(file, 'version: one\n');
    expect(() => readYaml(file, z.strictObject({ version: z.number() }))).toThrow(/broken\.yaml, version/);
  });

  it('keeps the learned model, reads it again with the same scores, and learns anew from a broken file', () => {
    const text = '仓库起火，三人受伤送医';
    const learned = loadCategoryModel(CONFIG, folder);
    const kept = readdirSync(folder).filter((name) => name.endsWith('.bin'));
    expect(kept).toEqual([`category-model-${learned.version}.bin`]);
    expect(loadCategoryModel(CONFIG, folder).model.scores(text)).toEqual(learned.model.scores(text));
    writeFileSync(path.join(folder, kept[0]!), 'no model');
    expect(loadCategoryModel(CONFIG, folder).model.scores(text)).toEqual(learned.model.scores(text));
  });

  it("learns from an office's own labels which way a cue points", () => {
    const rows = Array.from({ length: 40 }, (_, index) => {
      const cue = index % 2;
      return { scores: evenScores(), inputs: [1, cue], label: (cue === 1 ? 'C4' : 'C3') as Scored };
    });
    const { weights } = learnAdjustment(rows);
    expect(weights.C4[1]!).toBeGreaterThan(0);
    expect(weights.C3[1]!).toBeLessThan(0);
  });
});
