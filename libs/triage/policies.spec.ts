import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '#kernel/error.js';
import { loadClusteringConfig, loadDuplicatePolicy, loadHeatPolicy } from './policies.js';

const configDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../config');

describe('rules of triage as configured', () => {
  let folder: string | undefined;
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
    folder = undefined;
  });

  /** The configured file with one change. */
  const changed = (name: string, from: string | RegExp, to: string): string => {
    folder = mkdtempSync(path.join(tmpdir(), 'policies-'));
    const text = readFileSync(path.join(configDir, name), 'utf8');
    writeFileSync(path.join(folder, name), text.replace(from, to));
    return folder;
  };

  it('loads', () => {
    expect(loadDuplicatePolicy(configDir).bands).toBeGreaterThan(0);
    expect(loadClusteringConfig(configDir).genericWords.has('火灾')).toBe(true);
    expect(loadHeatPolicy(configDir).levels).toEqual({ I: 75, II: 55, III: 30 });
  });

  it.each([
    [
      'duplicates.yaml',
      /nearSimilarity: \S+/,
      'nearSimilarity: 60',
      loadDuplicatePolicy,
      /duplicates\.yaml:\d+.*nearSimilarity/,
    ],
    ['clustering.yaml', /suggestScore: \S+/, 'suggestScore: 0.9', loadClusteringConfig, /suggestScore/],
    ['clustering.yaml', /confirmScore:/, 'confirmedScore:', loadClusteringConfig, /clustering\.yaml/],
    ['heat.yaml', 'weight: 20', 'weight: 21', loadHeatPolicy, /weights must add up to 100/],
    ['heat.yaml', 'III: 30', 'III: 60', loadHeatPolicy, /levels must descend/],
  ] as const)('refuses %s with %s changed to %s, and says where', (...row) => {
    const [name, from, to, load, message] = row;
    const wrong = changed(name, from, to);
    expect(() => load(wrong)).toThrow(ConfigError);
    expect(() => load(wrong)).toThrow(message);
  });
});
