/**
 * The sweep over many armed clocks, on a database of its own:
 *   TEST_DATABASE_SUPERUSER_URL=postgres://… node --expose-gc bench/sweep.mjs
 * Prints: one look at a table at rest (100,000 and 1,000,000 rows), one due clock among them, and 10,000 and 100,000 clocks that
 * are due at one instant: when the first and the last of them is fired. Needs a build (`npm run build`).
 */
import pg from 'pg';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);
const { createTestDatabase } = await built('test/support/test-database.js');
const { SweepService } = await built('libs/clocks/sweep.service.js');

const SIZES = (process.env.BENCH_ROWS ?? '100000,1000000').split(',').map(Number);
const BURSTS = (process.env.BENCH_DUE ?? '10000,100000').split(',').map(Number);
/** Enough to see memory grow, if it did. */
const LOOKS = 1_000;
const WARM_UP = 100;
const PER_INCIDENT = 5;

const db = await createTestDatabase();
const owner = new pg.Client({ connectionString: db.urls.owner, statement_timeout: 0 });
await owner.connect();
const sweep = new SweepService(db.worker);

const plant = async (count, due) => {
  await owner.query(
    `WITH cases AS (
       INSERT INTO incidents (id, number, title, state, category, jurisdiction, policy_pack, detected_at)
       SELECT gen_random_uuid(), gen_random_uuid()::text, 'bench', 'confirmed', 'C3', '320600', 'nantong', huiying_now() FROM generate_series(1, $1) RETURNING id)
     INSERT INTO response_clocks (id, incident_id, clock_key, act, force, form, scope, label, state, started_at, due_at, policy_pack, policy_version, next_look_at)
     SELECT gen_random_uuid(), cases.id, 'bench.' || k, 'publicResponse', 'limit', 'deadline', 'public', 'bench', 'armed', huiying_now(), d.at, 'nantong', 'bench', d.at
       FROM cases, generate_series(1, ${PER_INCIDENT}) k, LATERAL (SELECT ${due} + random() * interval '1 microsecond' AS at) d`,
    [count / PER_INCIDENT],
  );
};
const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/** What the process holds of the machine; after a collection when it may ask for one (`node --expose-gc`). */
const memory = () => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().rss / 2 ** 20);
};

async function look() {
  const from = performance.now();
  const fired = await sweep.sweep('sweep', 'bench');
  return { ms: performance.now() - from, fired };
}

let armed = 0;
for (const rows of SIZES) {
  await plant(rows - armed, `huiying_now() + interval '30 days'`);
  armed = rows;
  await owner.query('ANALYZE response_clocks');
  const times = [];
  for (let n = 0; n < WARM_UP; n += 1) await look();
  const before = memory();
  for (let n = 0; n < LOOKS; n += 1) times.push((await look()).ms);
  const after = memory();
  await plant(PER_INCIDENT, `huiying_now() - interval '1 millisecond'`);
  const due = await look();
  console.log(
    `${rows} armed at rest: look p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms; ${due.fired} due among them ${due.ms.toFixed(1)} ms; memory over ${LOOKS} looks ${before} to ${after} MiB`,
  );
}
for (const count of BURSTS) {
  await plant(count, `huiying_now() - interval '1 millisecond'`);
  const from = performance.now();
  let first;
  let fired = 0;
  for (;;) {
    const step = await look();
    if (step.fired === 0) break;
    first ??= performance.now() - from;
    fired += step.fired;
  }
  const last = performance.now() - from;
  console.log(
    `${fired} due at one instant, statistics stale: first batch committed after ${first.toFixed(0)} ms, last after ${(last / 1000).toFixed(1)} s (${Math.round((fired / last) * 1000)} a second)`,
  );
}
await owner.end();
await db.drop();
