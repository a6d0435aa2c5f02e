import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { readTableRows } from '#ingest/imports/hotline-table.js';
import { bufferSource } from '#ingest/imports/zip-archive.js';
import { makeBodies, startApi, type TestApi, type TestClient } from '../support/api.js';
import { plantCase } from '../support/report-cases.js';
import { insertRow } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(300_000);

const NOW = new Date('2026-11-22T09:20:00+08:00');
const STARTED = new Date('2026-11-20T09:00:00+08:00');
/** Reads a file and runs a program in a careless spreadsheet, in every way in which a text may begin. */
const ATTACKS = ['=cmd|" /C calc"!A0', '+1+1', '-1+1', '@SUM(A1)', '＝1+1', '\u200b=1+1', '\t=1+1'];
const BEGINS = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;

let db: TestDatabase;
let api: TestApi;
let city: TestClient;
const addresses: Record<string, string> = {};

beforeAll(async () => {
  db = await createTestDatabase();
  await db.setNow(NOW);
  await makeBodies(db, ['990121-ENV']);
  await db.asOwner(`UPDATE bodies SET name = '=1+1局' WHERE id = '990121-ENV'`);
  const source = newId();
  await insertRow(db, 'sources', { id: source, jurisdiction: '990121', kind: 'hotline', channel: '=channel', name: '@source' }); // prettier-ignore
  let incident = '';
  for (const title of ATTACKS) {
    const planted = await plantCase(db, NOW, { title, startedAt: STARTED, category: 'C7', fast: true, released: 2, held: null }); // prettier-ignore
    const item = newId();
    await insertRow(db, 'items', { id: item, source_id: source, source_name: '@source', jurisdiction: '990121', kind: 'call', work_order_number: item, request_type: title, channel: '=channel', title, body: title, received_at: STARTED }); // prettier-ignore
    await insertRow(db, 'incident_items', { incident_id: planted, item_id: item, relation: 'confirmed' });
    await db.asOwner('UPDATE incidents SET representative_item_id = $2 WHERE id = $1', [planted, item]);
    await db.asOwner('UPDATE assignments SET task = $2 WHERE incident_id = $1', [planted, title]);
    await db.asOwner('UPDATE response_clocks SET label = $2 WHERE incident_id = $1', [planted, title]);
    incident = planted;
  }
  const step = newId();
  await insertRow(db, 'escalations', { id: step, incident_id: incident, body_id: '990121-ENV', step: 'supervision', ordinal: 1, number: '=1', reason: 'response', trigger_key: 'supervision', addressee_body_id: '990121-ENV', at: STARTED, issued_at: STARTED, state: 'issued', grounds: ['=1+1'] }); // prettier-ignore
  const one = async (sql: string) => (await db.asOwner<{ id: string }>(sql, [incident]))[0]!.id;
  const order = await one('SELECT id FROM assignments WHERE incident_id = $1');
  const clock = await one('SELECT id FROM response_clocks WHERE incident_id = $1 LIMIT 1');
  const day = '?date=2026-11-20';
  Object.assign(addresses, {
    交办单: `/assignments/${order}/sheet?`,
    督办单: `/escalations/${step}/sheet?`,
    时限计算单: `/clocks/${clock}/sheet?`,
    快报: `/incidents/${incident}/flash?`,
    专报: `/incidents/${incident}/special-report?`,
    日报: `/reports/daily${day}&`,
    周报: `/reports/weekly${day}&`,
    月报: `/reports/monthly${day}&`,
    季度通报: '/reports/bulletin?quarter=2026Q4&',
    台账: '/reports/ledger?from=2026-11-01&to=2026-11-22&',
    逾期清单: '/reports/overdue?',
    公开统计: '/reports/public?month=2026-11&',
    图表: '/reports/document?report=charts&month=2026-11&',
  });
  api = await startApi(db);
  await api.account('city', [{ duty: 'supervision', jurisdiction: '990121' }]);
  city = await api.signedIn('city');
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

it.each(['csv', 'xlsx'])('no cell of any sheet begins like a formula in %s', async (format) => {
  for (const [name, address] of Object.entries(addresses)) {
    const answer = await city.call('GET', `/api/v1${address}format=${format}`);
    expect([name, answer.status]).toEqual([name, 200]);
    const cells: string[] = [];
    for await (const row of readTableRows(bufferSource(Buffer.from(await answer.arrayBuffer()))))
      cells.push(...row.cells);
    expect([name, cells.filter((cell) => BEGINS.test(cell))]).toEqual([name, []]);
    // The texts are there, only plain: else nothing was looked at.
    expect([name, cells.some((cell) => cell.startsWith(`'`))]).toEqual([name, true]);
  }
});
