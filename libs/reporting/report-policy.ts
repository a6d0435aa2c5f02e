import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#platform/config/read-yaml.js';

const days = z.int().min(1).max(90);
const score = z.number().min(0).max(100);
const schema = z.strictObject({
  version: z.int().positive(),
  objectionDays: days,
  examples: z.strictObject({ count: z.int().min(0).max(20), goodFrom: score, badBelow: score }),
  rectificationDays: days,
});

/** Spans of a bulletin in days, and which cases it names. */
export type ReportTerms = z.output<typeof schema>;

/** The terms of the configuration folder, as a thing that a service can ask for. */
export class ReportPolicy {
  constructor(readonly terms: ReportTerms) {}

  /** Throws `ConfigError` that names file, line and field. */
  static load(configDir: string): ReportPolicy {
    return new ReportPolicy(readYaml(path.join(configDir, 'reports.yaml'), schema));
  }
}
