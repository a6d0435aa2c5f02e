import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import type { ClusterPolicy } from './rules/cluster/assign.js';
import type { DuplicatePolicy } from './rules/duplicates/fingerprint.js';

const share = z.number().min(0).max(1);
const count = z.int().positive();

const duplicateSchema = z.strictObject({
  version: count,
  shingleCharacters: count.max(8),
  bands: count.max(128),
  rowsPerBand: count.max(16),
  seed: z.int(),
  maxCharacters: count,
  minCharacters: count,
  nearSimilarity: share,
  readSimilarity: share,
  maxRead: count,
});

/** Reads `duplicates.yaml` of the configuration folder. Throws `ConfigError` that names file, line and field. */
export function loadDuplicatePolicy(configDir: string): DuplicatePolicy {
  return loadYaml(path.join(configDir, 'duplicates.yaml'), duplicateSchema);
}

const clusterSchema = z.strictObject({
  version: count,
  maxWords: count.max(200),
  titleFactor: z.number().min(1),
  genericFactor: share,
  confirmScore: share,
  suggestScore: share,
  minSharedSpecific: count,
  eventWindowHours: count,
  matterWindowHours: count,
  placeBonus: share,
  figureBonus: share,
  placePenalty: share,
  sizePreference: share,
  maxLearnedItems: count,
  priorItems: count,
  genericWords: z.array(z.string().min(1)),
});

/** The rules of clustering and the words that never suffice alone. */
export interface ClusteringConfig extends ClusterPolicy {
  genericWords: ReadonlySet<string>;
}

/** Reads `clustering.yaml` of the configuration folder. Throws `ConfigError` that names file, line and field. */
export function loadClusteringConfig(configDir: string): ClusteringConfig {
  const file = path.join(configDir, 'clustering.yaml');
  const { genericWords, ...policy } = loadYaml(file, clusterSchema);
  if (policy.suggestScore > policy.confirmScore)
    throw new ConfigError(file, 'suggestScore must not exceed confirmScore');
  return {
    ...policy,
    maxWindowHours: Math.max(policy.eventWindowHours, policy.matterWindowHours),
    genericWords: new Set(genericWords),
  };
}

/** Parses a YAML file and checks it; the error names the line of the first fault. */
function loadYaml<T>(file: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, (error as Error).message);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fault = document.errors[0];
  if (fault !== undefined) throw new ConfigError(`${file}:${lines.linePos(fault.pos[0]).line}`, fault.message);
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const node = document.getIn(issue.path as (string | number)[], true) as
    { range?: [number, number, number] } | undefined;
  const line = node?.range === undefined ? '' : `:${lines.linePos(node.range[0]).line}`;
  throw new ConfigError(`${file}${line}`, `${issue.path.join('.')}: ${issue.message}`);
}
