/** The embedded default, what `npm start` runs: owns the private database, migrates, seeds, and forks the six processes. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import type { CityDirectory } from '#directory/contract.js';
import { loadCity } from '#directory/load-city.js';
import { LadderPolicies } from '#escalation/ladder-policies.js';
import { ConfigError } from '#kernel/error.js';
import { type Environment, readEnvironment } from '#platform/config/environment.js';
import { migrate } from '#platform/database/set-up.js';
import { connectQueue, migrateQueue } from '#platform/queue/backend.js';
import { ensurePersonalKey } from '#platform/seal/key-file.js';
import { Vault } from '#platform/seal/vault.js';
import { DATABASE_ROLES } from '../../migrations/security.js';
import { MIGRATIONS } from '../../migrations/all.js';
import { Children } from './children.js';
import { type DatabaseUrls, openDatabases } from './databases.js';
import { startDemonstration } from './demo/start.js';
import { seed } from './seed.js';

const WORKERS = ['ingest', 'triage', 'clocks', 'delivery'] as const;
const started = performance.now();
const log = (line: string): void =>
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);

/** What is running and must be ended, newest first. */
const running: (() => Promise<void>)[] = [];
let ending: Promise<void> | undefined;

function end(code: number): Promise<void> {
  ending ??= (async () => {
    for (const stop of running.reverse()) await stop().catch((error: unknown) => console.error(error));
    process.exit(code);
  })();
  return ending;
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const patience = setInterval(() => log(`… not yet: ${name}`), 15_000);
  try {
    const result = await work();
    log(`${name} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
    return result;
  } finally {
    clearInterval(patience);
  }
}

async function refuseUsedPort(environment: Environment): Promise<void> {
  if (environment.port === 0) return;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new ConfigError(
          'PORT',
          error.code === 'EADDRINUSE' ? `port ${environment.port} is in use; set another one` : error.message,
        ),
      ),
    );
    probe.listen(environment.port, environment.host, () => probe.close(() => resolve()));
  });
}

function openDataFolder(environment: Environment): void {
  try {
    mkdirSync(environment.dataDir, { recursive: true, mode: 0o750 });
    accessSync(environment.dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError('HUIYING_DATA_DIR', `can't use ${environment.dataDir}: ${(error as Error).message}`);
  }
}

/** Packs, city and ladder are read by every process; what is wrong in them is told before anything is started. */
function checkConfiguration({ configDir, city, policy, drillHourMs }: Environment): CityDirectory {
  const directory = loadCity(configDir, city);
  LoadedPolicies.load(configDir).packFor(policy ?? directory.policy, false);
  LadderPolicies.load(configDir, drillHourMs);
  return directory;
}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  openDataFolder(environment);
  await refuseUsedPort(environment);
  const personalKey = ensurePersonalKey(environment);
  Vault.of(personalKey);
  const city = await step('configuration checked', async () => checkConfiguration(environment));
  if (environment.redisUrl !== undefined)
    await step('Redis reached', async () => (await connectQueue(environment.redisUrl, '')).close());
  const databases = await step('database started', () => openDatabases(environment, log));
  running.push(databases.stop);
  const ran = await step('schema up to date', () => migrate(databases.owner, MIGRATIONS));
  if (ran.length > 0) log(`  ${ran.length} migrations ran`);
  await step('queue tables up to date', () => migrateQueue(databases.owner, DATABASE_ROLES));
  const demonstration = environment.demo
    ? await step('demonstration prepared', () => startDemonstration(environment))
    : undefined;
  if (demonstration !== undefined) running.push(demonstration.stop);
  await step('reference data and accounts in place', () => seed(environment, { urls: databases, city, demonstration }));
  const port = await step('processes started', () =>
    startProcesses({ ...environment, personalKey }, databases, demonstration?.address),
  );
  if (demonstration !== undefined) demonstration.begin(`http://127.0.0.1:${port}`);
  console.log(`Huiying ready: http://localhost:${port}`);
}

async function startProcesses(
  environment: Environment,
  databases: DatabaseUrls,
  demoAddress: string | undefined,
): Promise<number> {
  const children = new Children(log);
  running.push(() => children.stop());
  const shared = {
    // One line a request is for a log file; a terminal shows what somebody should look at.
    HUIYING_LOG: process.env.HUIYING_LOG ?? 'warn',
    HUIYING_DATA_DIR: environment.dataDir,
    HUIYING_CONFIG_DIR: environment.configDir,
    HUIYING_DEMO: environment.demo ? '1' : '0',
    HUIYING_DRILL_HOUR_SECONDS: String(environment.drillHourMs / 1000),
    HUIYING_INTRANET: [...environment.intranet, ...(demoAddress === undefined ? [] : [new URL(demoAddress).host])].join(
      ',',
    ),
    HUIYING_PERSONAL_KEY: environment.personalKey,
    DATABASE_URL: databases.app,
    DATABASE_WORKER_URL: databases.worker,
    DATABASE_AUDITOR_URL: databases.auditor,
    // Only this process migrates; nothing else connects as the owner (design, invariant 11).
    DATABASE_OWNER_URL: undefined,
  };
  const start = (name: string) => children.start({ name, env: { ...shared, PORT: String(environment.port) } });
  await Promise.all([...WORKERS, 'api'].map(start));
  // The auditor judges what the others do, so it comes when they are there.
  await start('auditor');
  return environment.port;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
// The command that started us is gone, however it ended; so are we.
process.on('disconnect', () => void end(0));
process.on('uncaughtException', (error) => {
  console.error(error);
  void end(1);
});

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? `Huiying can't start: ${error.message}` : error);
  void end(1);
});
