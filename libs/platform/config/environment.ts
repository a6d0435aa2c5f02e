import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';

const url = (protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });
const postgresUrl = url(['postgres:', 'postgresql:']);
const flag = z.enum(['0', '1']).transform((value) => value === '1');

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HUIYING_HOST: z.string().default('127.0.0.1'),
  HUIYING_DATA_DIR: z.string().default('.data'),
  HUIYING_CONFIG_DIR: z.string().default('config'),
  HUIYING_CITY: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('yunjiang'),
  HUIYING_POLICY: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  HUIYING_DEMO: flag.optional(),
  HUIYING_DRILL_HOUR_SECONDS: z.coerce.number().min(1).max(3_600).optional(),
  HUIYING_PUBLIC_URL: url(['http:', 'https:']).optional(),
  HUIYING_PG_BIN: z.string().optional(),
  HUIYING_INTRANET: z.string().default(''),
  HUIYING_TRUSTED_PROXIES: z.string().default(''),
  HUIYING_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DATABASE_WORKER_URL: postgresUrl.optional(),
  DATABASE_AUDITOR_URL: postgresUrl.optional(),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  HUIYING_PERSONAL_KEY: z.string().optional(),
  HUIYING_RSSHUB_URL: url(['http:', 'https:']).optional(),
  HUIYING_RSSHUB_KEY: z.string().optional(),
  CRASH_AT: z.string().optional(),
});

/** An hour of a drill lasts a minute, and half of that in the demonstration, which somebody waits in front of. */
const DRILL_HOUR_SECONDS = 60;
const DEMO_HOUR_SECONDS = 30;

/** Every setting of a process, read once. Durations, thresholds and other numbers of the field are not settings; they live in `config/`. */
export interface Environment {
  port: number;
  host: string;
  dataDir: string;
  configDir: string;
  city: string;
  /** The clock pack, when it differs from the one that the city names. */
  policy: string | undefined;
  demo: boolean;
  /** How long an hour lasts in a drill. */
  drillHourMs: number;
  publicUrl: string | undefined;
  /** The folder of `postgres` and `initdb` for the private database; searched for when it is not set. */
  pgBin: string | undefined;
  /** CIDR ranges and hosts inside the office network that sources may be fetched from. */
  intranet: string[];
  /** Addresses or CIDR ranges of reverse proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  databaseWorkerUrl: string | undefined;
  databaseAuditorUrl: string | undefined;
  redisUrl: string | undefined;
  /** Keys that seal personal data (32 bytes in base64, the newest first); see `Vault`. */
  personalKey: string | undefined;
  /** A self-hosted RSSHub, from which sources may name routes; its key stands in no address that is stored. */
  rsshub: { url: string | undefined; key: string | undefined };
  /** The place at which this process shall die, for the proof that nothing is lost by it; never set in service. */
  crashAt: string | undefined;
}

const partsOf = (list: string): string[] =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Reads and checks the environment. Throws `ConfigError` that names every variable that is wrong. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError('environment', problems.join('; '));
  }
  const e = parsed.data;
  // The demonstration belongs to the private database: a served one is somebody's real data.
  const demo = e.HUIYING_DEMO ?? e.DATABASE_URL === undefined;
  return {
    port: e.PORT,
    host: e.HUIYING_HOST,
    dataDir: path.resolve(e.HUIYING_DATA_DIR),
    configDir: path.resolve(e.HUIYING_CONFIG_DIR),
    city: e.HUIYING_CITY,
    policy: e.HUIYING_POLICY,
    demo,
    drillHourMs: 1_000 * (e.HUIYING_DRILL_HOUR_SECONDS ?? (demo ? DEMO_HOUR_SECONDS : DRILL_HOUR_SECONDS)),
    publicUrl: e.HUIYING_PUBLIC_URL,
    pgBin: e.HUIYING_PG_BIN,
    intranet: partsOf(e.HUIYING_INTRANET),
    trustedProxies: partsOf(e.HUIYING_TRUSTED_PROXIES),
    logLevel: e.HUIYING_LOG,
    databaseUrl: e.DATABASE_URL,
    databaseOwnerUrl: e.DATABASE_OWNER_URL,
    databaseWorkerUrl: e.DATABASE_WORKER_URL,
    databaseAuditorUrl: e.DATABASE_AUDITOR_URL,
    redisUrl: e.REDIS_URL,
    personalKey: e.HUIYING_PERSONAL_KEY,
    rsshub: { url: e.HUIYING_RSSHUB_URL, key: e.HUIYING_RSSHUB_KEY },
    crashAt: e.CRASH_AT,
  };
}
