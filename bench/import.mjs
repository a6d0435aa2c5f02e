/**
 * The import of a large spreadsheet (CSV), on a database of its own:
 *   npm run build && TEST_DATABASE_SUPERUSER_URL=postgres://… node bench/import.mjs [rows]
 * Takes the file in as the api does, runs the import as the worker does, cancels it at a third, lets it go on, and prints rows a
 * second, the highest memory of the process and what was counted.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [rows = 1_000_000] = process.argv.slice(2).map(Number);
const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);
const { createTestDatabase } = await built('test/support/test-database.js');
const { ImportService } = await built('libs/ingest/import.service.js');
const { acceptImport, findImport, moveImport } = await built('libs/ingest/imports.store.js');
const { takeFile } = await built('libs/ingest/imports/take-file.js');
const { loadHotlineColumns } = await built('libs/ingest/imports/hotline-columns.js');
const { PersonalData } = await built('libs/ingest/personal-data.js');
const { Vault, newVaultKey } = await built('libs/platform/seal/vault.js');

const db = await createTestDatabase();
const scope = { purpose: 'case', jurisdictions: ['320600'], bodies: [] };
const [{ id: sourceId }] = await db.asOwner(
  `INSERT INTO sources (id, kind, name, jurisdiction, channel) VALUES (gen_random_uuid(), 'hotline', '12345', '320600', '12345热线') RETURNING id`,
);
async function* csv() {
  yield Buffer.from('工单编号,来电时间,诉求类型,诉求内容,来电人,联系电话,承办单位\r\n');
  for (let n = 0; n < rows;) {
    let text = '';
    for (let k = 0; k < 500 && n < rows; k += 1, n += 1)
      text += `20261120${String(n).padStart(9, '0')},2026-11-20 14:05:33,投诉,"第${n}号小区停水三天,物业没有答复,请尽快处理",李女士,138${String(n).padStart(8, '0')},市水利局\r\n`;
    yield Buffer.from(text);
  }
}
const peak = { mb: 0 };
const watch = setInterval(() => {
  peak.mb = Math.max(peak.mb, Math.round(process.memoryUsage().rss / 1_048_576));
}, 200);
const personal = new PersonalData(Vault.of(newVaultKey()), 180);
const imports = new ImportService(
  db.worker,
  { columns: loadHotlineColumns('config') },
  { wake: async () => undefined },
  personal,
);
const takeFrom = performance.now();
const file = await takeFile(csv(), { database: db.app, scope, vault: personal.vault, maxBytes: 1e9 });
const id = await db.app.inScope(scope, (tx) =>
  acceptImport(tx, file, { sourceId, fileName: 'bench.csv', dryRun: false, createdBy: 'bench' }),
);
console.log(`${file.size} bytes taken in ${((performance.now() - takeFrom) / 1_000).toFixed(1)} s`);
const read = () => db.app.inScope(scope, (tx) => findImport(tx, id));

const from = performance.now();
const running = imports.runWaiting();
const report = setInterval(async () => {
  const { rowCount, byteDone, byteTotal, state } = await read();
  console.log(`${state}: ${rowCount} rows, ${Math.round((byteDone / byteTotal) * 100)} %, peak ${peak.mb} MB`);
}, 10_000);
while ((await read()).rowCount < rows / 3) await new Promise((resolve) => setTimeout(resolve, 200));
await db.app.inScope(scope, (tx) => moveImport(tx, id, 'cancelled'));
await running;
const stopped = await read();
console.log(`cancelled at ${stopped.rowCount} rows`);
await db.app.inScope(scope, (tx) => moveImport(tx, id, 'received'));
await imports.runWaiting();
const seconds = (performance.now() - from) / 1_000;
clearInterval(watch);
clearInterval(report);
const { state, rowCount, acceptedCount, duplicateCount, rejectedCount } = await read();
const [{ n }] = await db.asOwner('SELECT count(*)::int AS n FROM items');
console.log(
  JSON.stringify({
    state,
    rowCount,
    acceptedCount,
    duplicateCount,
    rejectedCount,
    items: n,
    rowsPerSecond: Math.round(rows / seconds),
    peakMb: peak.mb,
  }),
);
await db.drop();
