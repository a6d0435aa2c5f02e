import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { withClient } from '#platform/database/set-up.js';
import { type PrivatePostgres, startPrivatePostgres } from '#platform/private-postgres/start-private-postgres.js';
import { freePort } from './fault-process.js';
import { until } from './fault-rig.js';

/** A PostgreSQL of one suite, with the waiting for the disk that the others do without, and started again when it dies. */
export interface OwnPostgres extends PrivatePostgres {
  /** Kills the server and every backend of it, as a machine that loses its current would. */
  killAll(): Promise<void>;
  /** An orderly restart: every connection is ended, the server comes back on the same port. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

export async function startOwnPostgres(settings: Record<string, string> = {}): Promise<OwnPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'huiying-faults-'));
  const server = await startPrivatePostgres({ dataDir: folder, log: () => undefined, settings });
  const ask = <Row extends object>(sql: string) =>
    withClient(server.superuserUrl, 'TEST', async (client) => (await client.query<Row>(sql)).rows);
  const postmaster = () =>
    ask<{ pid: number }>(`SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid`);
  const backends = () => ask<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
  return {
    ...server,
    killAll: async () => {
      for (const { pid } of [...(await postmaster()), ...(await backends())]) send(pid, 'SIGKILL');
    },
    restart: async () => {
      for (const { pid } of await postmaster()) send(pid, 'SIGINT');
    },
    remove: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What has ended by itself in between is no matter. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone.
  }
}

/** A Redis of one row: it may be stopped, filled, killed and brought back on the same port and folder. */
export class OwnRedis {
  private child: ChildProcess | undefined;
  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly settings: Record<string, string>,
  ) {}

  static readonly program = process.env['TEST_REDIS_SERVER'];

  static async start(settings: Record<string, string> = {}): Promise<OwnRedis> {
    const folder = mkdtempSync(path.join(tmpdir(), 'huiying-faults-redis-'));
    mkdirSync(folder, { recursive: true });
    const own = new OwnRedis(await freePort(), folder, settings);
    await own.up();
    return own;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts the server and waits until it answers. */
  async up(): Promise<void> {
    const settings = { bind: '127.0.0.1', port: String(this.port), dir: this.folder, save: '', ...this.settings };
    const given = { 'maxmemory-policy': 'noeviction', ...settings };
    const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
    this.child = spawn(OwnRedis.program!, args, { stdio: 'ignore' });
    await until(() => this.ask((redis) => redis.ping()).then((answer) => answer === 'PONG'), 'Redis to answer');
  }

  async down(): Promise<void> {
    if (this.child === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.child!.kill(name);
  }

  /** One connection for one question. */
  async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  async remove(): Promise<void> {
    await this.down();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
