import path from 'node:path';
import { z } from 'zod';
import { readYaml } from '#platform/config/read-yaml.js';

const count = (maximum: number) => z.number().int().min(1).max(maximum);

const schema = z.strictObject({
  session: z.strictObject({ idleMinutes: count(1_440), absoluteHours: count(168) }),
  password: z.strictObject({
    minimumLength: z.number().int().min(8).max(64),
    maximumLength: z.number().int().min(64).max(4_096),
    memoryKib: z.number().int().min(19_456).max(1_048_576),
    iterations: z.number().int().min(2).max(20),
    parallelism: count(16),
    concurrentHashes: count(16),
    queueLength: count(10_000),
    forbidden: z.array(z.union([z.string(), z.number()]).transform(String)),
  }),
  throttle: z.strictObject({
    windowMinutes: count(1_440),
    perAccountAndAddress: count(1_000),
    perAddress: count(100_000),
    perAccount: count(10_000),
    perDevice: count(1_000),
    knownDays: count(3_650),
  }),
});

/** Limits of sessions, passwords and sign-in. */
export type SignInPolicy = z.output<typeof schema>;

/** Reads `sign-in.yaml` of the configuration folder. Throws `ConfigError` with file and line. */
export const loadSignInPolicy = (configDir: string): SignInPolicy =>
  readYaml(path.join(configDir, 'sign-in.yaml'), schema);
