/**
 * Starting, re-grading and merging the clocks of 10,000 incidents in one batch, in the rules alone and to disk:
 *   npm run build && TEST_DATABASE_SUPERUSER_URL=postgres://… node bench/incidents.mjs      (BENCH_INCIDENTS=10000)
 * To disk means: the follower of the ledger computes them and commits clocks, deadlines and its own entries, in its batches.
 * Without TEST_DATABASE_SUPERUSER_URL a server of its own is started, which waits for the disk. Asserts nothing.
 */
import pg from 'pg';
import path from 'node:path';
import { built, machine, printTable } from './common.mjs';

const { loadPack } = await built('libs/clocks/policy/load-pack.js');
const { computeClocks } = await built('libs/clocks/rules/compute-clocks.js');
const { historyFromLedger } = await built('libs/clocks/rules/history-from-ledger.js');
const { loadCalendar } = await built('libs/directory/calendar.js');
const { ClockKeeper } = await built('libs/clocks/keeper.service.js');
const { LoadedPolicies } = await built('libs/clocks/loaded-policies.js');
const { appendLedger, systemActor } = await built('libs/platform/ledger/ledger.js');
const { sealBatch } = await built('libs/platform/ledger/sealer.js');
const { consumeLedger } = await built('libs/platform/ledger/subscription.js');
const { newId } = await built('libs/kernel/ids.js');
const { createTestDatabase } = await built('test/support/test-database.js');
const { startOwnPostgres } = await built('test/support/fault-servers.js');

const COUNT = Number(process.env.BENCH_INCIDENTS ?? 10_000);
const CONFIG = path.resolve('config');
const NOW = Date.now();
const START = new Date(NOW - 600_000).toISOString();
const ids = Array.from({ length: COUNT }, () => newId());
/** What the machine gave, and what a core would give that has nothing else to do. */
const rate = (seconds) => `${Math.round(COUNT / seconds).toLocaleString('en')} incidents/s`;
const rows = [];

const confirmed = { grade: 'II', basis: 'confirmed', heat: 'III', stamps: { occurredAt: START, detectedAt: START } };
const regraded = { grade: 'I', basis: 'confirmed' };
/** Each odd one goes into the even one before it. */
const mergeOf = (index) => ({
  type: 'incident.merged',
  incidentId: ids[index - 1],
  payload: { child: ids[index], into: ids[index - 1] },
});

/** What each step adds to the ledger. */
const STEPS = {
  'starting the clocks': () =>
    ids.map((incidentId) => ({ type: 'incident.confirmed', incidentId, payload: confirmed })),
  're-grading them': () => ids.map((incidentId) => ({ type: 'incident.regraded', incidentId, payload: regraded })),
  'merging each second one into its neighbour': () =>
    ids.flatMap((_, index) => (index % 2 === 1 ? [mergeOf(index)] : [])),
};

const before = machine();
function stopwatch() {
  const from = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return [rate((performance.now() - from) / 1_000), rate((user + system) / 1e6)];
  };
}

{
  const pack = loadPack(CONFIG, 'nantong');
  const calendar = loadCalendar(CONFIG);
  const lines = new Map(ids.map((id) => [id, []]));
  let n = 0;
  for (const [name, entries] of Object.entries(STEPS)) {
    for (const { type, incidentId, payload } of entries())
      lines.get(incidentId).push({
        id: `e${(n += 1)}`,
        at: new Date(NOW - 300_000 + n / 1_000),
        type,
        subjectId: incidentId,
        actorName: 'bench',
        reason: null,
        payload,
      });
    const related = (id) => historyFromLedger(id, lines.get(id) ?? [], () => undefined);
    const stop = stopwatch();
    let clocks = 0;
    for (const id of ids)
      clocks += computeClocks({ pack, calendar, history: historyFromLedger(id, lines.get(id), related), now: NOW })
        .clocks.length;
    rows.push([`${name}, in the rules`, ...stop(), `${clocks} clocks`]);
  }
}

const own = process.env.TEST_DATABASE_SUPERUSER_URL === undefined ? await startOwnPostgres() : undefined;
const db = await createTestDatabase(own?.superuserUrl);
const owner = new pg.Client({ connectionString: db.urls.owner });
await owner.connect();
await owner.query(
  `INSERT INTO incidents (id, number, title, state, category, grade, grade_basis, heat_level, jurisdiction, policy_pack, occurred_at, detected_at)
   SELECT id, id::text, 'bench', 'confirmed', 'C5', 'II', 'confirmed', 'III', '320600', 'nantong', $2, $2 FROM unnest($1::uuid[]) AS id`,
  [ids, START],
);
const keeper = new ClockKeeper(LoadedPolicies.load(CONFIG));
const seal = async () => {
  while ((await sealBatch(db.worker)) > 0);
};
for (const [name, entries] of Object.entries(STEPS)) {
  await db.worker.asSystem(async (tx) => {
    const at = await tx.now();
    await appendLedger(
      tx,
      entries().map((entry) => ({ ...entry, at, actor: systemActor('bench'), subjectId: entry.incidentId })),
    );
  });
  if (name.startsWith('merging'))
    await owner.query(
      `UPDATE incidents i SET merged_into = m.target, state = 'merged' FROM unnest($1::uuid[], $2::uuid[]) AS m(child, target) WHERE i.id = m.child`,
      [
        ids.filter((_, index) => index % 2 === 1),
        ids.filter((_, index) => index % 2 === 0).slice(0, Math.floor(COUNT / 2)),
      ],
    );
  await seal();
  const stop = stopwatch();
  while ((await consumeLedger(db.worker, keeper)) > 0);
  const speeds = stop();
  await seal();
  const written = await owner.query('SELECT count(*)::int AS n FROM response_clocks');
  rows.push([`${name}, to disk`, ...speeds, `${written.rows[0].n} rows of clocks`]);
}
await owner.end();
await db.drop();
await own?.remove();
console.log(
  `${COUNT} incidents, ${own === undefined ? 'the server of TEST_DATABASE_SUPERUSER_URL' : `PostgreSQL ${own.version} with fsync`}; ${before}; after: ${machine()}\n`,
);
printTable(['', 'by the clock on the wall', 'by the time of the processor in Node', 'of it'], rows);
