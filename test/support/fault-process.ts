import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import type { TestDatabase } from './test-database.js';
import { TEST_DRILL_HOUR_MS, TEST_KEY } from './settings.js';

/** Of the checkout, also when the benchmarks run this compiled. */
export const CONFIG_DIR = path.resolve('config');

export interface ProcessSettings {
  /** Which process of the product; the clocks when it is not said. */
  name?: 'clocks' | 'delivery' | 'api';
  /** A place of `libs/platform/process/crash-point.ts`, with `:SIGSTOP` to freeze there instead of dying. */
  crashAt?: string;
  redisUrl?: string | undefined;
  /** How it reaches the database when not directly: through a proxy. */
  databaseUrl?: string;
  environment?: Record<string, string>;
  /** A module that runs before the product does. */
  preload?: string;
  /** Collects the lines of its log from this level on. */
  log?: 'warn';
}

export interface RigProcess {
  child: ChildProcess;
  /** Resolves when it says that it works, or when it ends before. */
  ready: Promise<void>;
  /** Resolves with how it ended: a signal or an exit code. */
  ended: Promise<string>;
  /** Whether it still lives. */
  alive(): boolean;
  /** What it logged, if that was asked for, and its last words. */
  lines: string[];
  signal(name: NodeJS.Signals): void;
  kill(): Promise<string>;
}

/** A process of the product as it is compiled, over the test database. */
export function startProcess(db: TestDatabase, settings: ProcessSettings = {}): RigProcess {
  const { name = 'clocks', crashAt, redisUrl, preload, environment, log } = settings;
  const database = settings.databaseUrl ?? (name === 'api' ? db.urls.app : db.urls.worker);
  const child = fork(path.resolve(`dist/apps/${name}/main.js`), {
    execArgv: ['--enable-source-maps', ...(preload === undefined ? [] : ['--import', path.resolve(preload)])],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      [name === 'api' ? 'DATABASE_URL' : 'DATABASE_WORKER_URL']: database,
      HUIYING_CITY: 'nantong',
      HUIYING_CONFIG_DIR: CONFIG_DIR,
      HUIYING_LOG: log ?? 'silent',
      HUIYING_PERSONAL_KEY: TEST_KEY,
      HUIYING_DRILL_HOUR_SECONDS: String(TEST_DRILL_HOUR_MS / 1000),
      ...(crashAt === undefined ? {} : { CRASH_AT: crashAt }),
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      ...environment,
    },
  });
  const lines: string[] = [];
  const collect = (chunk: Buffer) => void lines.push(...chunk.toString().split('\n').filter(Boolean));
  child.stdout!.on('data', collect);
  child.stderr!.on('data', (chunk: Buffer) => {
    collect(chunk);
    process.stderr.write(chunk);
  });
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? code));
  const ready = Promise.race([once(child, 'message').then(() => undefined), ended.then(() => undefined)]);
  return {
    child,
    ready,
    ended,
    lines,
    alive: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => void child.kill(signal),
    // A stopped process dies of SIGKILL too.
    kill: () => (child.kill('SIGKILL'), ended),
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
