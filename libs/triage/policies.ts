import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { readYaml } from '#platform/config/read-yaml.js';
import type { ClusterPolicy } from './rules/cluster/assign.js';
import type { DuplicatePolicy } from './rules/duplicates/fingerprint.js';
import type { HeatPolicy } from './rules/heat/score.js';

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

const scale = z
  .strictObject({
    weight: count,
    zero: z.number().positive(),
    half: z.number().positive(),
    full: z.number().positive(),
  })
  .refine(({ zero, half, full }) => zero < half && half < full, 'zero, half and full must ascend');

const heatSchema = z.strictObject({
  version: count,
  components: z
    .strictObject({
      mediaRank: z.strictObject({ weight: count, ranks: z.record(z.string(), share) }),
      volume: scale,
      reads: scale,
      interaction: scale,
      growth: scale,
      hotSearch: z.strictObject({
        weight: count,
        shares: z.strictObject({ none: share, city: share, national: share }),
      }),
      offline: z.strictObject({
        weight: count,
        shares: z.strictObject({ none: share, calledFor: share, happening: share }),
      }),
    })
    .refine((c) => Object.values(c).reduce((sum, { weight }) => sum + weight, 0) === 100, 'weights must add up to 100'),
  levels: z
    .strictObject({ I: z.number(), II: z.number(), III: z.number() })
    .refine(({ I, II, III }) => I > II && II > III, 'levels must descend from I to III'),
  minKnownWeight: z.number().min(0).max(100),
  floors: z.strictObject({ spreadItems: count }),
  growth: z.strictObject({ meanHours: count, minMeanPerHour: z.number().positive() }),
  alarm: z.strictObject({
    windowHours: z.number().positive(),
    items: count,
    growthFactor: z.number().positive(),
    growthItems: count,
    rearmShare: share,
  }),
});

/** Reads `heat.yaml` of the configuration folder. Throws `ConfigError` that names file, line and field. */
export function loadHeatPolicy(configDir: string): HeatPolicy {
  return readYaml(path.join(configDir, 'heat.yaml'), heatSchema);
}
