import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#platform/config/read-yaml.js';

const monitoring = z.strictObject({
  historyWeeks: z.int().min(1).max(52),
  minimumItems: z.int().min(1),
  minimumHours: z.int().min(1),
  silenceProbability: z.number().gt(0).lt(0.5),
  unreachedMinutes: z.number().gt(0),
  originalHours: z.number().gt(0),
  originalLaterHours: z.number().gt(0),
  originalDays: z.number().gt(0),
  goneConfirmMinutes: z.number().gt(0),
});
export type MonitoringPolicy = z.infer<typeof monitoring>;

export const loadMonitoringPolicy = (configDir: string): MonitoringPolicy =>
  readYaml(path.join(configDir, 'monitoring.yaml'), monitoring);

/** Days for which the clear form of personal data is kept. */
export const loadRetentionDays = (configDir: string): number =>
  readYaml(path.join(configDir, 'personal-data.yaml'), z.strictObject({ retentionDays: z.int().min(1).max(3_650) }))
    .retentionDays;
