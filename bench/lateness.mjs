/**
 * How late things fire under a steady load, beside graphile-worker and pg-boss on the same server in the same run:
 *   npm run build && npm --prefix bench ci && TEST_REDIS_SERVER=$(which redis-server) node bench/lateness.mjs
 * 100 things a second fall due at uniformly random milliseconds (BENCH_RATE, BENCH_SECONDS). Lateness is the commit of what was
 * done minus the due, both by the database (`track_commit_timestamp`). Asserts nothing.
 */
import pg from 'pg';
import { built, machine, plantClocks, printTable, quantile, seeded, until } from './common.mjs';

const { startOwnPostgres, OwnRedis } = await built('test/support/fault-servers.js');
const { createTestDatabase } = await built('test/support/test-database.js');
const { startProcess } = await built('test/support/fault-process.js');

const RATE = Number(process.env.BENCH_RATE ?? 100);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
/** The timers of the product are armed every ten seconds; everybody gets as long. */
const LEAD_MS = 15_000;
const offsets = (() => {
  const next = seeded(29);
  return Array.from({ length: RATE * SECONDS }, () => Math.floor(next() * SECONDS * 1_000)).sort((a, b) => a - b);
})();
const dues = () => {
  const from = Date.now() + LEAD_MS;
  return offsets.map((offset) => from + offset);
};

const server = await startOwnPostgres({ track_commit_timestamp: 'on' });
const rows = [];

const withDatabase = async (work) => {
  const db = await createTestDatabase(server.superuserUrl);
  const owner = new pg.Client({ connectionString: db.urls.superuser });
  await owner.connect();
  try {
    await work(db, owner);
  } finally {
    await owner.end();
    await db.drop();
  }
};

const report = (name, late, by = 'polling') => {
  const ms = (value) => `${Math.round(value)} ms`;
  const early = late.filter((value) => value < 0).length;
  rows.push([name, late.length, ms(quantile(late, 0.5)), ms(quantile(late, 0.99)), ms(Math.max(...late)), early, by]);
  console.error(rows.at(-1).join(' '));
};

async function huiying(name, redis) {
  await withDatabase(async (db, owner) => {
    const redisUrl = redis?.url;
    const processes = [startProcess(db, { redisUrl }), startProcess(db, { name: 'delivery', redisUrl })];
    await Promise.all(processes.map(({ ready }) => ready));
    const planted = dues();
    await plantClocks(owner, planted);
    const fired = async () => (await owner.query('SELECT count(*)::int AS n FROM clock_firings')).rows[0].n;
    await until(async () => Date.now() > planted.at(-1) && (await fired()) >= planted.length, 500);
    const late = await owner.query(
      'SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - due_at)::float8 * 1000 AS ms FROM clock_firings',
    );
    await Promise.all(processes.map((one) => one.kill()));
    const paths = await owner.query('SELECT path, count(*)::int AS n FROM clock_firings GROUP BY path ORDER BY path');
    report(
      name,
      late.rows.map(({ ms }) => ms),
      paths.rows.map(({ path, n }) => `${n} ${path}`).join(', '),
    );
  });
}

const FIRED = 'CREATE TABLE fired (due timestamptz NOT NULL)';
const fire = (client, due) => client.query('INSERT INTO fired (due) VALUES ($1)', [new Date(due)]);

async function peer(name, run) {
  await withDatabase(async (db, owner) => {
    await owner.query(FIRED);
    const stop = await run(db.urls.superuser, owner);
    const fired = async () => (await owner.query('SELECT count(*)::int AS n FROM fired')).rows[0].n;
    await until(async () => (await fired()) >= offsets.length, 500);
    const late = await owner.query(
      'SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - due)::float8 * 1000 AS ms FROM fired',
    );
    await stop();
    report(
      name,
      late.rows.map(({ ms }) => ms),
    );
  });
}

const graphile = async (url, owner) => {
  const { Logger, run } = await import('graphile-worker');
  const pgPool = new pg.Pool({ connectionString: url, max: 12 });
  pgPool.on('error', () => undefined);
  const runner = await run({
    pgPool,
    concurrency: 10,
    // Jobs of the future are found by polling; this is as often as it makes sense on one machine.
    pollInterval: 50,
    noHandleSignals: true,
    taskList: { fire: ({ due }, helpers) => helpers.withPgClient((client) => fire(client, due)).then(() => undefined) },
    logger: new Logger(() => () => undefined),
  });
  await owner.query(
    `SELECT graphile_worker.add_job('fire', json_build_object('due', due), run_at => to_timestamp(due / 1000)) FROM unnest($1::float8[]) AS d(due)`,
    [dues()],
  );
  return async () => {
    await runner.stop();
    await pgPool.end();
  };
};

const boss = async (url) => {
  const { default: PgBoss } = await import('pg-boss');
  const queue = new PgBoss({ connectionString: url, max: 12 });
  queue.on('error', () => undefined);
  await queue.start();
  await queue.createQueue('fire');
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // Half a second is its shortest interval; a batch is taken at once.
  await queue.work('fire', { pollingIntervalSeconds: 0.5, batchSize: 500 }, async (jobs) => {
    await Promise.all(jobs.map(({ data }) => fire(pool, data.due)));
  });
  await queue.insert(dues().map((due) => ({ name: 'fire', data: { due }, startAfter: new Date(due).toISOString() })));
  return async () => {
    await queue.stop({ graceful: false });
    await pool.end();
  };
};

const before = machine();
if (OwnRedis.program !== undefined) {
  const redis = await OwnRedis.start();
  await huiying('Huiying, timers on Redis', redis);
  await redis.ask((client) => client.flushall());
  // A full Redis takes no timer: what fires is the sweep of each second alone.
  await redis.ask((client) => client.config('SET', 'maxmemory', '1'));
  await huiying('Huiying, the sweep alone', redis);
  await redis.remove();
} else console.error('TEST_REDIS_SERVER is not set: no row with Redis');
await huiying('Huiying, timers on PostgreSQL');
await peer('graphile-worker 0.17.3, polling every 50 ms', graphile);
await peer('pg-boss 10.4.2, polling every 500 ms', boss);
await server.remove();
console.log(
  `${RATE} due a second for ${SECONDS} s, PostgreSQL ${server.version} with fsync; ${before}; after: ${machine()}\n`,
);
printTable(['', 'fired', 'p50', 'p99', 'max', 'early', 'found by'], rows);
