/**
 * 100,000 clocks that are due at one instant, with the real processes: two clocks processes fire, one delivery process seals
 * and writes notices, and a signed-in person asks the api all the while.
 *   npm run build && node bench/burst.mjs          (BENCH_DUE=100000, BENCH_CLOCKS=2, BENCH_FSYNC=on|off)
 * Times are those of the commits, by the database. Asserts nothing.
 */
import pg from 'pg';
import { built, machine, plantClocks, printTable, quantile, until } from './common.mjs';

const { startOwnPostgres } = await built('test/support/fault-servers.js');
const { createTestDatabase } = await built('test/support/test-database.js');
const { freePort, startProcess } = await built('test/support/fault-process.js');
const { startApi, TestClient } = await built('test/support/api.js');

const DUE = Number(process.env.BENCH_DUE ?? 100_000);
const CLOCKS = Number(process.env.BENCH_CLOCKS ?? 2);
const FSYNC = process.env.BENCH_FSYNC ?? 'on';
const LEAD_MS = 30_000;
const ASK_EVERY_MS = 100;
const PATHS = ['/api/v1/incidents', '/api/v1/session', '/api/v1/punctuality'];

const server = await startOwnPostgres({ track_commit_timestamp: 'on', fsync: FSYNC });
const db = await createTestDatabase(server.superuserUrl);
const owner = new pg.Client({ connectionString: db.urls.superuser });
await owner.connect();
const number = async (sql) => Number(Object.values((await owner.query(sql)).rows[0])[0]);

const setUp = await startApi(db);
await setUp.account('leader', [{ duty: 'shift_leader', jurisdiction: '320600' }]);
await setUp.stop();
const port = await freePort();
const processes = [
  startProcess(db, { name: 'api', environment: { PORT: String(port) } }),
  startProcess(db, { name: 'delivery' }),
  ...Array.from({ length: CLOCKS }, () => startProcess(db)),
];
await Promise.all(processes.map(({ ready }) => ready));
const client = new TestClient(`http://127.0.0.1:${port}`);
const signedIn = await client.signIn('leader');
if (!signedIn.ok) throw new Error(`sign-in answered ${signedIn.status}`);
const before = machine();

const planting = performance.now();
const due = Date.now() + LEAD_MS + DUE / 4;
await plantClocks(
  owner,
  Array.from({ length: DUE }, () => due),
  '320600-WXB',
);
console.error(
  `planted in ${((performance.now() - planting) / 1_000).toFixed(1)} s, due in ${((due - Date.now()) / 1_000).toFixed(1)} s`,
);
if (Date.now() > due) throw new Error('planting took longer than the lead: set BENCH_DUE lower');
await until(() => Date.now() >= due - 1_000, 20);

/** Asks one path after the other until it is told to stop; every answer's time counts. */
const answers = { quiet: [], busy: [], wrong: new Map() };
let asking = true;
const asker = (async () => {
  for (let n = 0; asking; n += 1) {
    const from = performance.now();
    const answer = await client.call('GET', PATHS[n % PATHS.length]);
    await answer.arrayBuffer();
    const ms = performance.now() - from;
    if (!answer.ok) answers.wrong.set(`${PATHS[n % PATHS.length]} ${answer.status}`, ms);
    (Date.now() < due ? answers.quiet : answers.busy).push(ms);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, ASK_EVERY_MS - ms)));
  }
})();
const memory = async () => {
  const { readFileSync } = await import('node:fs');
  return processes
    .slice(2)
    .map(({ child }) =>
      Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024),
    );
};
const memoryBefore = await memory();
await until(async () => (await number(`SELECT count(*) FROM response_clocks WHERE state = 'armed'`)) === 0);
asking = false;
await asker;
const memoryAfter = await memory();
const fired = (
  await owner.query(`SELECT extract(epoch FROM min(pg_xact_commit_timestamp(xmin)) - min(due_at))::float8 AS first, extract(epoch FROM max(pg_xact_commit_timestamp(xmin)) - min(due_at))::float8 AS last,
  count(*)::int AS n, count(DISTINCT process)::int AS processes, count(*) FILTER (WHERE fired_at <= due_at)::int AS early FROM clock_firings`)
).rows[0];
const told = await number(`SELECT count(*) FROM ledger_entries WHERE type = 'clock.overdue'`);
const seconds = (value) => `${value.toFixed(2)} s`;
const rows = [
  [
    `${fired.n} fired by ${fired.processes} processes, ${told} in the ledger, ${fired.early} early`,
    `first ${seconds(fired.first)}, last ${seconds(fired.last)}`,
  ],
  [
    `the api meanwhile, ${answers.busy.length} answers`,
    `p50 ${Math.round(quantile(answers.busy, 0.5))} ms, p95 ${Math.round(quantile(answers.busy, 0.95))} ms, max ${Math.round(Math.max(...answers.busy))} ms`,
  ],
  [
    `memory of the clocks processes before and after`,
    `${memoryBefore.join(' and ')} MiB, ${memoryAfter.join(' and ')} MiB`,
  ],
];
if (answers.wrong.size > 0) rows.push(['answers that were not 2xx', [...answers.wrong.keys()].join(', ')]);
// The seals and the notices follow; nothing of a deadline waits for them.
const following = performance.now();
await until(
  async () => (await number('SELECT count(*) FROM ledger_unsealed')) === 0 || performance.now() - following > 120_000,
);
const sealed = await number('SELECT extract(epoch FROM max(sealed_at)) * 1000 FROM ledger_seals');
rows.push(['the last of them sealed', seconds((sealed - due) / 1_000)]);
await until(
  async () =>
    (await number(`SELECT count(*) FROM deliveries WHERE topic = 'overdue'`)) >= DUE ||
    performance.now() - following > 240_000,
);
const notices = (
  await owner.query(
    `SELECT count(*)::int AS n, extract(epoch FROM max(pg_xact_commit_timestamp(xmin))) * 1000 AS last FROM deliveries WHERE topic = 'overdue'`,
  )
).rows[0];
rows.push([`${notices.n} notices, the last of them`, seconds((Number(notices.last) - due) / 1_000)]);
await Promise.all(processes.map((one) => one.kill()));
await owner.end();
await db.drop();
await server.remove();
console.log(
  `${DUE} due at one instant, PostgreSQL ${server.version}, fsync ${FSYNC}; ${before}; after: ${machine()}\n`,
);
printTable(['', ''], rows);
