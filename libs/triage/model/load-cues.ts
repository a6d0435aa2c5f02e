import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { readYaml } from './read-yaml.js';
import { type CueTables, REQUEST_KINDS, SCORED } from '../rules/category/cue-tables.js';

const words = z.array(z.string().min(1)).default([]);
const scores = z.partialRecord(z.enum(SCORED), z.number().min(-5).max(5)).default({});

const cueTables = z.strictObject({
  version: z.int().positive(),
  basis: z.literal('judgement'),
  groups: z.array(
    z.strictObject({
      id: z.string().min(1),
      about: z.string().min(1),
      scores,
      more: scores,
      most: z.int().positive().default(1),
      voidedBy: words,
      within: z.int().positive().nullable().default(null),
      words,
      patterns: words,
    }),
  ),
  tags: z.array(z.strictObject({ id: z.string().min(1), label: z.string().min(1), words })),
  requestKinds: z.array(z.strictObject({ kind: z.enum(REQUEST_KINDS), words })),
  evidence: z.array(z.strictObject({ category: z.enum(SCORED), anyOf: words, otherwise: z.number().min(0) })),
  thresholds: z.strictObject({
    abstainBelow: z.number(),
    tieWithin: z.number().min(0),
    secondaryAbove: z.number(),
    withoutConsequence: z.number().min(0),
    hearsayAlone: z.number().min(0),
    singleRequest: z.number().min(0),
    clusterSize: z.int().min(2),
  }),
});

/** The cue tables of `<configDir>/categories/cues.yaml`. Throws `ConfigError`. */
export function loadCues(configDir: string): CueTables {
  const file = path.join(configDir, 'categories', 'cues.yaml');
  const tables: CueTables = readYaml(file, cueTables);
  for (const group of tables.groups)
    for (const pattern of group.patterns)
      try {
        new RegExp(pattern, 'g');
      } catch (error) {
        throw new ConfigError(`${file}, groups.${group.id}.patterns`, (error as Error).message);
      }
  return tables;
}
