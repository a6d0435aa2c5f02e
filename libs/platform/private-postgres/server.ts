import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Account } from './account.js';
import { serverEnvironment, SUPERUSER } from './cluster.js';

/** How to run a cluster; `port` 0 means any free one. */
export interface ServerPlan {
  binDir: string;
  dataFolder: string;
  logFile: string;
  account: Account | undefined;
  password: string;
  port: number;
  settings: Record<string, string>;
}

export interface RunningServer {
  process: ChildProcess;
  port: number;
  version: string;
}

const PORT_ATTEMPTS = 5;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const POLL_MS = 25;
/** Replaying the write-ahead log after a crash takes its time; a server that is doing it says so and is waited for. */
const RECOVERY_PATIENCE_MS = 10 * 60_000;
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // Socket paths end at about 100 bytes; the data folder's may be longer, and nobody needs one.
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Starts the server and waits until it answers. Throws with the server's own last words. */
export async function runServer(plan: ServerPlan): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = plan.port === 0 ? await freePort() : plan.port;
    try {
      return await runOn(plan, port);
    } catch (error) {
      const takenMeanwhile = /could not bind|Address already in use|could not create any TCP/.test(
        (error as Error).message,
      );
      const stillEnding = /pre-existing shared memory block|lock file .* already exists/.test((error as Error).message);
      if (attempt === PORT_ATTEMPTS || !(takenMeanwhile || stillEnding)) throw error;
      if (stillEnding) await wait(1_000);
    }
  }
}

async function runOn(plan: ServerPlan, port: number): Promise<RunningServer> {
  const settings = Object.entries({ ...SETTINGS, ...plan.settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  if (existsSync(plan.logFile) && statSync(plan.logFile).size > LOG_LIMIT_BYTES)
    renameSync(plan.logFile, `${plan.logFile}.1`);
  const output = openSync(plan.logFile, 'a', 0o600);
  const from = statSync(plan.logFile).size;
  // A session of its own: Ctrl-C in the terminal must reach the processes that use the database first, and it last.
  const server = spawn(path.join(plan.binDir, 'postgres'), ['-D', plan.dataFolder, ...settings], {
    cwd: '/',
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', output, output],
    ...plan.account,
  });
  closeSync(output);
  let failure: string | undefined;
  server.once('error', (error) => (failure = error.message));
  server.once('exit', () => (failure ??= lastWords(plan.logFile, from)));
  const url = superuserUrl(port, plan.password);
  for (let waited = 0; ; waited += POLL_MS) {
    if (failure !== undefined) throw new Error(failure);
    const answer = await ask(url);
    if (answer.version !== undefined) return { process: server, port, version: answer.version };
    if (answer.refused !== undefined || waited > RECOVERY_PATIENCE_MS) {
      server.kill('SIGQUIT');
      throw new Error(answer.refused ?? 'the server does not answer');
    }
    await wait(POLL_MS);
  }
}

export const superuserUrl = (port: number, password: string): string =>
  `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

/** Its version when it answers; why not when it answers but lets nobody in; neither while it is starting. */
async function ask(url: string): Promise<{ version?: string; refused?: string }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return { version: rows[0]!.server_version.split(' ')[0]! };
  } catch (error) {
    // Class 28: invalid authorisation; another program's server on our port, or a password file of other data.
    return (error as { code?: string }).code?.startsWith('28') ? { refused: (error as Error).message } : {};
  } finally {
    await client.end().catch(() => undefined);
  }
}

function lastWords(logFile: string, from: number): string {
  const lines = readFileSync(logFile).subarray(from).toString().trim().split('\n');
  const telling = lines.filter((line) => /FATAL|PANIC|error/.test(line));
  const bind = lines.find((line) => /could not bind/.test(line));
  return (bind ?? telling.at(-1) ?? lines.at(-1) ?? 'the server ended without a word').replace(
    /^.*?(FATAL|PANIC|LOG): +/,
    '',
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
