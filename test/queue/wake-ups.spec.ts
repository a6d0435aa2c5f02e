import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { pino } from 'pino';
import { withClient } from '#platform/database/set-up.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { sealBatch } from '#platform/ledger/sealer.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { StageLoop } from '#platform/process/stage-loop.js';
import { connectQueue, QUEUE_SCHEMA, type QueueConnection } from '#platform/queue/backend.js';
import { listenForWakeUps, type WakeJob, WakeUps } from '#platform/queue/wake-ups.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const log = pino({ level: 'silent' });
const redisUrl = process.env['TEST_REDIS_URL'];
/** A time of no clock: only distinct numbers matter here. */
const DUE = 1_795_000_000_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

interface BackEnd {
  name: string;
  connect(): Promise<QueueConnection>;
  /** Loses every job, as an operator may at any instant. */
  empty(): Promise<void>;
}

const postgres: BackEnd = {
  name: 'PostgreSQL',
  connect: () => connectQueue(undefined, db.urls.worker),
  empty: async () => {
    const tables = await db.asOwner<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename NOT LIKE '%migration%'`,
      [QUEUE_SCHEMA],
    );
    await db.asOwner(`TRUNCATE ${tables.map(({ name }) => `${QUEUE_SCHEMA}."${name}"`).join(', ')} CASCADE`);
  },
};
const onRedis = (url: string): BackEnd => ({
  name: 'Redis',
  connect: () => connectQueue(url, db.urls.worker),
  empty: async () => {
    const redis = new Redis(url);
    await redis.flushall();
    redis.disconnect();
  },
});

/** A promise for the n-th call, and what came until then. */
function arrivals(wanted: number) {
  const jobs: WakeJob[] = [];
  let done: () => void;
  const all = new Promise<void>((resolve) => (done = resolve));
  const take = async (job: WakeJob) => {
    if (jobs.push(job) === wanted) done();
  };
  return { jobs, all, take };
}

describe.each(redisUrl === undefined ? [postgres] : [postgres, onRedis(redisUrl)])('wake-ups on $name', (backEnd) => {
  let queue: QueueConnection;
  let wakeUps: WakeUps;
  beforeAll(async () => {
    queue = await backEnd.connect();
    wakeUps = new WakeUps(queue, log);
    await backEnd.empty();
  });
  afterAll(async () => {
    await wakeUps.close();
    await queue.close();
  });

  it('arrive, and so do timers, whose instants come along', async () => {
    const { jobs, all, take } = arrivals(2);
    const worker = listenForWakeUps(queue, 'clocks', log, take);
    await wakeUps.wake('clocks');
    await wakeUps.wakeAt('clocks', [{ dueMs: DUE, delayMs: 50 }]);
    await all;
    await worker.close();
    expect(jobs).toEqual(expect.arrayContaining([{ name: 'work' }, { name: 'look', dueMs: DUE }]));
  });

  it('are one for many within a tenth of a second', async () => {
    await Promise.all(Array.from({ length: 200 }, () => wakeUps.wake('ingest')));
    const { waiting } = await wakeUps.counts('ingest');
    // Every tenth of a second that the two hundred took may have its own.
    expect(waiting).toBeLessThan(100);
    expect(waiting).toBeGreaterThan(0);
  });

  it('are one for a timer that is armed twice', async () => {
    const timers = [DUE + 100, DUE + 200].map((dueMs) => ({ dueMs, delayMs: 3_600_000 }));
    await wakeUps.wakeAt('triage', timers);
    await wakeUps.wakeAt('triage', timers);
    expect((await wakeUps.counts('triage'))['delayed']).toBe(2);
  });

  it('may be lost: the next tick finds the work', async () => {
    const work = ['a', 'b', 'c'];
    await wakeUps.wake('delivery');
    await backEnd.empty();
    const done: string[] = [];
    const stage = new StageLoop(queue, 'delivery', log, {
      step: async () => {
        const next = work.shift();
        if (next !== undefined) done.push(next);
        return next === undefined ? 0 : 1;
      },
    });
    expect(done).toEqual([]);
    await stage.kick();
    expect(done).toEqual(['a', 'b', 'c']);
    await stage.stop();
  });

  it('may come twice, to two processes at once: each entry is handled once', async () => {
    const consumer = `twice-${backEnd.name}`;
    const type = `test.${backEnd.name}`;
    const entry = async () => {
      await db.worker.asSystem(async (tx) =>
        appendLedger(tx, [{ type, at: await tx.now(), actor: systemActor('test'), payload: {} }]),
      );
    };
    for (let n = 0; n < 20; n += 1) await entry();
    while ((await sealBatch(db.worker)) > 0);
    const handled: string[] = [];
    const subscription = {
      consumer,
      types: [type],
      handle: async (_tx: unknown, entries: { id: string }[]) => void handled.push(...entries.map(({ id }) => id)),
    };
    const follow = () => consumeLedger(db.worker, subscription);
    const stages = [1, 2].map(() => new StageLoop(queue, 'delivery', log, { follow }));
    await wakeUps.wake('delivery');
    await Promise.all([...stages, ...stages].map((stage) => stage.kick()));
    await Promise.all(stages.map((stage) => stage.kick()));
    expect(handled).toHaveLength(20);
    expect(new Set(handled).size).toBe(20);
    await Promise.all(stages.map((stage) => stage.stop()));
  });

  it('of a queue that is closed are given up, and nobody waits for them', async () => {
    const own = await backEnd.connect();
    const closed = new WakeUps(own, log);
    await closed.wake('ingest');
    await own.close();
    await expect(closed.wake('ingest')).resolves.toBeUndefined();
    await expect(closed.wakeAt('ingest', [{ dueMs: DUE, delayMs: 0 }])).rejects.toThrow();
    await closed.close().catch(() => undefined);
  });
});

it('a connection of the queue that the database ends while it is in use does not end the process', async () => {
  const queue = await connectQueue(undefined, db.urls.worker);
  const pool = queue.connection as unknown as pg.Pool;
  const client = await pool.connect();
  const ended = new Promise((resolve) => client.once('end', resolve));
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await withClient(db.urls.superuser, 'TEST', (admin) =>
    admin.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]),
  );
  await ended;
  client.release(true);
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await queue.close();
});
