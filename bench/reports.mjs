/**
 * Reports over a quarter of 100,000 incidents with their clocks, asked through the api on a database of its own:
 *   TEST_DATABASE_SUPERUSER_URL=postgres://… node bench/reports.mjs
 * Prints each report's time (the best and the worst of BENCH_RUNS, 5), then the ledger as CSV over BENCH_LEDGER rows
 * (default 1,000,000; 0 leaves it out) with the memory of the process. Needs a build (`npm run build`).
 */
import pg from 'pg';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { plantQuarter } from './reports-plant.mjs';

const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);
const { createTestDatabase } = await built('test/support/test-database.js');
const { startApi } = await built('test/support/api.js');

const COUNT = Number(process.env.BENCH_ROWS ?? 100_000);
const LEDGER = Number(process.env.BENCH_LEDGER ?? 1_000_000);
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const NOW = new Date('2026-12-28T10:00:00+08:00');
const QUARTER = new Date('2026-10-01T00:00:00+08:00');

const REPORTS = {
  'bulletin of the quarter': '/reports/bulletin?quarter=2026Q4',
  'bulletin as tables': '/reports/document?report=bulletin&quarter=2026Q4',
  'daily report': '/reports/daily?date=2026-12-20',
  'weekly report': '/reports/weekly?date=2026-12-20',
  'monthly report': '/reports/monthly?date=2026-11-20',
  'overdue list': '/reports/overdue',
  'next 60 minutes': '/reports/next-hour',
  'indicators of the quarter': '/reports/indicators?quarter=2026Q4',
  'public statistics of a month': '/reports/public?month=2026-11',
  'charts of a month': '/reports/document?report=charts&month=2026-11',
  'ledger, first page': '/reports/ledger?from=2026-10-01&to=2026-12-28',
  'rows behind the on-time rate of a county': '/reports/rows?figure=onTime.n&quarter=2026Q4&county=990121',
};

const db = await createTestDatabase();
await db.setNow(NOW);
const owner = new pg.Client({ connectionString: db.urls.owner, statement_timeout: 0 });
await owner.connect();
const planted = performance.now();
await plantQuarter(owner, { now: NOW, days: 88, count: COUNT });
await plantQuarter(owner, { now: QUARTER, days: 90, count: Math.round(COUNT / 5), offset: 10 * COUNT });
await owner.query('ANALYZE');
console.log(
  `planted ${COUNT} incidents of the quarter and ${Math.round(COUNT / 5)} of the one before in ${((performance.now() - planted) / 1000).toFixed(0)} s`,
);

const api = await startApi(db);
await api.account('bench', [{ duty: 'supervision', jurisdiction: '990100' }]);
let client = await api.signedIn('bench');

async function timed(address) {
  const from = performance.now();
  const answer = await client.call('GET', `/api/v1${address}`);
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return { ms: performance.now() - from, bytes };
}

const caught = await timed('/reports/rows?figure=total.closed&day=2026-12-20');
console.log(`first question after planting (takes ${COUNT} incidents anew): ${caught.ms.toFixed(0)} ms`);
for (const [name, address] of Object.entries(REPORTS)) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timed(address));
  const sorted = times.map(({ ms }) => ms).toSorted((a, b) => a - b);
  console.log(
    `${name}: ${sorted[0].toFixed(0)} to ${sorted.at(-1).toFixed(0)} ms, median ${sorted[RUNS >> 1].toFixed(0)} ms, ${Math.round(times[0].bytes / 1024)} kB`,
  );
}

if (LEDGER > 0) {
  const more = LEDGER - COUNT;
  for (let done = 0; done < more; done += COUNT)
    await plantQuarter(owner, { now: NOW, days: 88, count: Math.min(COUNT, more - done), offset: 20 * COUNT + done });
  await owner.query('ANALYZE');
  client = await api.signedIn('bench');
  const from = performance.now();
  const answer = await client.call('GET', '/api/v1/reports/ledger?from=2026-10-01&to=2026-12-28&format=csv');
  let [bytes, lines, peak, first] = [0, 0, 0, undefined];
  for await (const chunk of answer.body) {
    first ??= performance.now() - from;
    bytes += chunk.byteLength;
    for (const byte of chunk) if (byte === 10) lines += 1;
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - from) / 1000;
  console.log(
    `ledger as CSV: ${lines} lines, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(0)} s (${Math.round(lines / seconds)} lines a second), first byte after ${first.toFixed(0)} ms, resident at most ${(peak / 1e6).toFixed(0)} MB (api and reader in one process)`,
  );
}
await api.stop();
await owner.end();
await db.drop();
