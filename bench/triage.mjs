/**
 * Triage of a flood, on a database of its own:
 *   TEST_DATABASE_SUPERUSER_URL=postgres://… BENCH_STORED=1000000 BENCH_ITEMS=60000 node bench/triage.mjs
 * First the analysis alone, in this one thread: segmentation and category, then everything that is said of an item. Then the whole
 * pipeline (claim, copies, analysis, clusters, incidents, ledger, routing) over real PostgreSQL, with so many items stored already.
 * Needs a build (`npm run build`).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { flood } from './flood.mjs';

const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);
const { createTestDatabase } = await built('test/support/test-database.js');
const { saveBodies } = await built('libs/directory/bodies.store.js');
const { loadCity } = await built('libs/directory/load-city.js');
const { PipelineService } = await built('libs/triage/pipeline.service.js');
const { IncidentsStore } = await built('libs/triage/incidents.store.js');
const { LoadedResources } = await built('libs/triage/loaded-resources.js');
const { RoutingService } = await built('libs/assignment/routing.service.js');
const { consumeLedger } = await built('libs/platform/ledger/subscription.js');
const { sealBatch } = await built('libs/platform/ledger/sealer.js');
const { loadCategoryModel } = await built('libs/triage/model/load-model.js');
const { RuleAnalyst } = await built('libs/triage/rule-analyst.js');
const { newId } = await built('libs/kernel/ids.js');

const STORED = Number(process.env.BENCH_STORED ?? 1_000_000);
const ITEMS = Number(process.env.BENCH_ITEMS ?? 60_000);
const TOWN = '如东县';
const take = (source, count) => Array.from({ length: count }, () => source.next().value);
const rate = (count, from) => Math.round((count / (performance.now() - from)) * 1000);
const texts = take(flood(11, TOWN), 20_000);

/** Processor seconds of this process: on a shared machine the only honest measure of what one core could do. */
const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
/** Processor seconds of the database's sessions, where it runs on this machine (/proc); NaN elsewhere. */
async function databaseSpent() {
  const { rows } = await owner.query('SELECT pid FROM pg_stat_activity WHERE datname = current_database()');
  const TICKS_PER_SECOND = 100;
  const ticks = rows.map(({ pid }) => {
    try {
      const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
      return Number(user) + Number(system);
    } catch {
      return NaN;
    }
  });
  return ticks.reduce((sum, value) => sum + value, 0) / TICKS_PER_SECOND;
}
const alone = (what, work) => {
  const from = performance.now();
  const before = spent();
  texts.forEach(work);
  console.log(
    `${what}: ${rate(texts.length, from)} items/s by the clock, ${Math.round(texts.length / (spent() - before))} by processor time`,
  );
};

let from = performance.now();
const { model } = loadCategoryModel(path.resolve('config'), path.resolve('.data/test/models'));
console.log(`model read in ${Math.round(performance.now() - from)} ms`);

texts.slice(0, 2_000).forEach(({ title, body }) => model.scores(`${title}\n${body}`));
alone('segmentation and category', ({ title, body }) => model.scores(`${title}\n${body}`));

const asItem = (text, at) => ({
  id: newId(),
  ...text,
  region: null,
  jurisdiction: '320600',
  drill: false,
  sourceRank: 'individual',
  occurredAt: null,
  publishedAt: at,
  receivedAt: at,
});
const city = loadCity(path.resolve('config'), 'nantong');
const analyst = RuleAnalyst.load(path.resolve('config'), path.resolve('.data/test'), city);
const now = new Date();
texts.slice(0, 500).forEach((text) => analyst.analyse(asItem(text, now)));
alone('everything that is said of an item', (text) => analyst.analyse(asItem(text, now)));

const db = await createTestDatabase();
await db.worker.asSystem((tx) => saveBodies(tx, [...city.bodies.values()]));
const pipeline = new PipelineService(
  db.worker,
  analyst,
  LoadedResources.load(path.resolve('config'), city, undefined),
  new IncidentsStore(),
);
const routing = new RoutingService({ city });
const sourceId = newId();
const owner = new pg.Client({ connectionString: db.urls.owner, statement_timeout: 0 });
await owner.connect();
await owner.query(
  `INSERT INTO sources (id, kind, name, jurisdiction, channel) VALUES ($1, 'feed', 'bench', '320600', 'media')`,
  [sourceId],
);
from = performance.now();
await plantStored(STORED);
console.log(`${STORED} stored items planted in ${Math.round((performance.now() - from) / 1000)} s`);
await plantReceived(ITEMS);
await owner.query('ANALYZE');

if (process.env.BENCH_PROFILE) await profile();
from = performance.now();
const before = { own: spent(), database: await databaseSpent() };
let done = 0;
let slowest = 0;
for (;;) {
  const start = performance.now();
  const taken = await pipeline.triageBatch();
  if (taken === 0) break;
  slowest = Math.max(slowest, performance.now() - start);
  done += taken;
}
const triaged = rate(done, from);
const each = (seconds) => ((seconds / done) * 1000).toFixed(2);
console.log(
  `processor time of one item: ${each(spent() - before.own)} ms here, ${each((await databaseSpent()) - before.database)} ms in the sessions of the database`,
);
while ((await sealBatch(db.worker)) > 0);
while ((await consumeLedger(db.worker, routing)) > 0);
console.log(
  `${done} items triaged at ${triaged} items/s (with sealing and routing ${rate(done, from)}), slowest batch ${Math.round(slowest)} ms, rss ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
const { rows } = await owner.query(
  `SELECT (SELECT count(*) FROM incidents)::int AS incidents, (SELECT count(*) FROM item_analyses WHERE duplicate_of IS NOT NULL)::int AS copies,
          (SELECT count(*) FROM dead_letters)::int AS failed`,
);
console.log(JSON.stringify(rows[0]));
await owner.end();
await db.drop();

/** Stored items with random prints: what a new one is compared with must be found among them, and almost nothing matches. */
async function plantStored(count) {
  await owner.query('SET synchronous_commit = off');
  for (let start = 0; start < count; start += 100_000) {
    const step = Math.min(100_000, count - start);
    await owner.query(
      `WITH new AS (
         INSERT INTO items (id, source_id, identity_key, kind, title, body, normalised, content_sha256, fetched_at, received_at, triaged_at, jurisdiction, state)
         SELECT gen_random_uuid(), $1, 'old' || ($2 + n), 'post', 'old', 'old ' || ($2 + n), '', md5(($2 + n)::text), t.at, t.at, t.at, '320600', 'triaged'
           FROM generate_series(1, $3::int) n, LATERAL (SELECT huiying_now() - interval '100 days' + n * interval '1 second' AS at) t RETURNING id, received_at),
       judged AS (
         INSERT INTO item_analyses (item_id, model_version, rule_version, category, categories, figures, grade, event, places, reasons, relevant, decision, signature, at)
         SELECT id, 'old', 'old', 'NONE', '{}', '[]', '{}', '{}', '[]', '[]', false, 'noCategory', ARRAY(SELECT (random() * 2000000000)::int FROM generate_series(1, 80) WHERE id IS NOT NULL), received_at FROM new)
       INSERT INTO item_bands (band, hash, item_id) SELECT b, ((random() - 0.5) * 4294967294)::bigint::int, id FROM new, generate_series(0, 15) b`,
      [sourceId, start, step],
    );
  }
}

async function plantReceived(count) {
  const source = flood(7, TOWN);
  for (let start = 0; start < count; start += 5_000) {
    const texts = take(source, Math.min(5_000, count - start));
    await owner.query(
      `INSERT INTO items (id, source_id, identity_key, kind, title, body, normalised, content_sha256, fetched_at, received_at, published_at, jurisdiction, channel, area, source_name)
       SELECT r.id, $1, r.id::text, r.kind, r.title, r.body, r.body, md5(r.id::text), huiying_now(), huiying_now() + n * interval '1 millisecond', huiying_now(), '320600', r.channel, r.area, 'bench'
         FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY AS r(id, kind, title, body, channel, area, n)`,
      [
        sourceId,
        texts.map(() => newId()),
        ...['kind', 'title', 'body', 'channel', 'area'].map((key) => texts.map((text) => text[key])),
      ],
    );
  }
}

/** Milliseconds of each kind of statement. */
async function profile() {
  const { Transaction } = await built('libs/platform/database/database.js');
  const original = Transaction.prototype.query;
  const spent = new Map();
  Transaction.prototype.query = async function (sql, parameters) {
    const start = performance.now();
    const rows = await original.call(this, sql, parameters);
    const key = sql.trim().slice(0, 60).replace(/\s+/g, ' ');
    const entry = spent.get(key) ?? { ms: 0, n: 0 };
    entry.ms += performance.now() - start;
    entry.n += 1;
    spent.set(key, entry);
    return rows;
  };
  process.on('exit', () => {
    for (const [key, { ms, n }] of [...spent].sort((a, b) => b[1].ms - a[1].ms).slice(0, 16))
      console.log(`${Math.round(ms)} ms in ${n}: ${key}`);
  });
}
