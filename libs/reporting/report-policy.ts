import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#platform/config/read-yaml.js';

const days = z.int().min(1).max(90);
const schema = z.strictObject({ version: z.int().positive(), objectionDays: days, rectificationDays: days });

/** Spans of a bulletin, in days. */
export type ReportTerms = z.output<typeof schema>;

/** The terms of the configuration folder, as a thing that a service can ask for. */
export class ReportPolicy {
  constructor(readonly terms: ReportTerms) {}

  /** Throws `ConfigError` that names file, line and field. */
  static load(configDir: string): ReportPolicy {
    return new ReportPolicy(readYaml(path.join(configDir, 'reports.yaml'), schema));
  }
}
