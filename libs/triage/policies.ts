import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { readYaml } from '#platform/config/read-yaml.js';
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
  return readYaml(path.join(configDir, 'duplicates.yaml'), duplicateSchema);
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
  const { genericWords, ...policy } = readYaml(file, clusterSchema);
  if (policy.suggestScore > policy.confirmScore)
    throw new ConfigError(file, 'suggestScore must not exceed confirmScore');
  return {
    ...policy,
    maxWindowHours: Math.max(policy.eventWindowHours, policy.matterWindowHours),
    genericWords: new Set(genericWords),
  };
}
