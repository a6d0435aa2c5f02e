import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadEventCues } from './event-cues.js';

describe('loadEventCues', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cues-'));
    file = path.join(folder, 'event-cues.yaml');
    cpSync('config/event-cues.yaml', file);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const change = (from: RegExp, to: string) => writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));

  it('reads the word lists', () => expect(loadEventCues(folder).events.fire).toContain('火灾'));

  it('refuses a wrong value with file, line and path', () => {
    change(/currentWithinDays: \d+/, 'currentWithinDays: soon');
    expect(() => loadEventCues(folder)).toThrow(/event-cues\.yaml:\d+: currentWithinDays/);
  });

  it('refuses an unknown near-miss and a missing file', () => {
    change(/ {2}fiction:/, '  fictions:');
    expect(() => loadEventCues(folder)).toThrow(/nearMisses/);
    rmSync(file);
    expect(() => loadEventCues(folder)).toThrow(/event-cues\.yaml/);
  });
});
