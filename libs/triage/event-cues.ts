import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#platform/config/read-yaml.js';
import { CIRCUMSTANCES } from './rules/grading/grade-model.js';
import { type EventCues, NEAR_MISSES } from './rules/event/event-model.js';

const words = z.array(z.string().min(1)).min(1);
const schema = z.strictObject({
  currentWithinDays: z.number().int().positive(),
  events: z.record(z.string().regex(/^[a-z_]+$/), words),
  consequences: words,
  notices: words,
  notCues: words,
  metaphorSubjects: words,
  metaphorEvents: words,
  nearMisses: z.strictObject(Object.fromEntries(NEAR_MISSES.map((kind) => [kind, words]))),
  currentCues: words,
  hearsay: words,
  elsewhere: words,
  circumstances: z.strictObject(Object.fromEntries(CIRCUMSTANCES.map((name) => [name, words]))),
});

/** Reads `<configDir>/event-cues.yaml`. Throws `ConfigError` with file, line of the fault and path. */
export function loadEventCues(configDir: string): EventCues {
  return readYaml(path.join(configDir, 'event-cues.yaml'), schema) as EventCues;
}
