import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { responseRates, type ResponseLimits } from '#reporting/rules/response-rates.js';
import { makeBodies, outcome, startApi, type TestApi, type TestClient } from '../support/api.js';
import { plantCase, REPORT_START, type ReportCase } from '../support/report-cases.js';
import { insertRow } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(180_000);

const HOUR_MS = 3_600_000;
const NOW = new Date(REPORT_START.getTime() + 100 * HOUR_MS);
const LIMITS: ResponseLimits = { targetMs: 3 * HOUR_MS, releaseMs: 5 * HOUR_MS, conferenceMs: 24 * HOUR_MS, responseMs: 48 * HOUR_MS }; // prettier-ignore

/** Cases around every edge of every limit, from a fixed series: some kept to the millisecond, some broken by one, some open. */
function edgeCases(count: number): (ReportCase & { fast: boolean; startedAt: Date })[] {
  let seed = 20_261_126;
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const around = (hours: number) => [hours, hours + 1 / HOUR_MS, hours - 1 / HOUR_MS, hours * 2, null][next(5)]!;
  return Array.from({ length: count }, (_, n) => {
    const fast = next(2) === 0;
    const startedAt = new Date(REPORT_START.getTime() + next(96) * HOUR_MS);
    return { title: `例 ${n}`, fast, startedAt, released: around(fast ? [3, 5][next(2)]! : 48), held: fast ? around(24) : null }; // prettier-ignore
  });
}

let db: TestDatabase;
let api: TestApi;
let city: TestClient;
let office: TestClient;
const cases = edgeCases(60);
const ids: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  await db.setNow(NOW);
  await makeBodies(db, ['990121-ENV', '990122-ENV']);
  for (const given of cases) ids.push(await plantCase(db, NOW, given));
  await insertRow(db, 'escalations', { incident_id: ids[0], step: 'reminder', ordinal: 1, number: '云舆催〔2026〕1号', addressee_body_id: '990121-ENV', state: 'issued', at: NOW, issued_at: NOW }); // prettier-ignore
  await insertRow(db, 'response_clocks', { incident_id: ids[0], clock_key: 'signFor', act: 'signFor', force: 'limit', form: 'deadline', scope: 'inner', state: 'met', body_id: '990121-ENV', started_at: REPORT_START, due_at: new Date(REPORT_START.getTime() + HOUR_MS), state_at: REPORT_START }); // prettier-ignore
  const source = newId();
  await insertRow(db, 'sources', { id: source, jurisdiction: '990121', kind: 'hotline', channel: '12345' });
  for (const [index, satisfaction] of ['满意', '不满意', '未表态'].entries())
    await insertRow(db, 'items', { source_id: source, jurisdiction: '990121', kind: 'call', work_order_number: `W${index}`, request_type: '投诉', channel: '12345', received_at: REPORT_START, occurred_at: REPORT_START, raw: JSON.stringify({ satisfaction, solved: '已解决' }) }); // prettier-ignore
  api = await startApi(db);
  await api.account('city', [{ duty: 'supervision', jurisdiction: '990100' }]);
  await api.account('office', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
  [city, office] = [await api.signedIn('city'), await api.signedIn('office')];
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked into, their shape is checked by the api itself
const read = async (address: string, who = city): Promise<any> => {
  const answer = await who.call('GET', `/api/v1${address}`);
  expect([address, answer.status]).toEqual([address, 200]);
  return answer.json();
};

it('judges in SQL as the rule does, to the millisecond, over cases around every edge', async () => {
  const judged = cases.map((given, index) => {
    const at = (hours: number | null | undefined) => (hours == null ? null : given.startedAt.getTime() + Math.round(hours * HOUR_MS)); // prettier-ignore
    const known = (instant: number | null) => (instant !== null && instant <= NOW.getTime() ? instant : null);
    return {
      id: ids[index]!,
      class: given.fast ? ('fast' as const) : ('other' as const),
      startedAt: given.startedAt.getTime(),
      firstReleaseAt: known(at(given.released)),
      conferenceAt: known(at(given.held)),
    };
  });
  const rule = responseRates(judged, LIMITS, NOW.getTime());
  const { whole } = await read(`/reports/bulletin?quarter=2026Q4`);
  expect({ responded: whole.responded, onTime: whole.onTime, targetMet: whole.targetMet, conferenceOnTime: whole.conferenceOnTime, spans: whole.firstResponseMs }).toEqual({ responded: rule.responded, onTime: rule.onTime, targetMet: rule.targetMet, conferenceOnTime: rule.conferenceOnTime, spans: rule.firstResponseMs }); // prettier-ignore
  const listed = await read('/reports/rows?figure=onTime.n&quarter=2026Q4&limit=200');
  expect(listed.items.map((row: { incidentId: string }) => row.incidentId).sort()).toEqual([...rule.onTimeIds].sort());
});

interface Cell {
  kind: string;
  value: unknown;
  n?: number;
  d?: number;
  rows?: string;
  base?: string;
}

it.each(['daily&date=2026-11-17', 'monthly&month=2026-11', 'bulletin&quarter=2026Q4', 'indicators&quarter=2026Q4', 'public&month=2026-11', 'charts&month=2026-11'])('every number of %s lists exactly as many rows as it says', async (question) => {
  const document = await read(`/reports/document?report=${question}`);
  const cells: Cell[] = document.tables.flatMap((table: { rows: Cell[][] }) => table.rows.flat());
  const asked = new Map<string, number>();
  for (const cell of cells) {
    if (cell.kind === 'number' && cell.rows !== undefined) asked.set(cell.rows, cell.value as number);
    if (cell.kind === 'rate' && cell.rows !== undefined) asked.set(cell.rows, cell.n!).set(cell.base!, cell.d!);
  }
  expect(asked.size).toBeGreaterThan(5);
  for (const [rows, expected] of asked) {
    const { total, items } = await read(`/reports/rows?${rows}&limit=200`);
    expect([rows, total, items.length]).toEqual([rows, expected, Math.min(expected, 200)]);
  }
}); // prettier-ignore

describe('files and paper', () => {
  it.each(['csv', 'xlsx', 'print'])('every report leaves as %s', async (format) => {
    for (const report of ['daily', 'weekly', 'monthly', 'bulletin', 'indicators', 'overdue', 'nextHour', 'public', 'charts']) {
      const answer = await city.call('GET', `/api/v1/reports/document?report=${report}&format=${format}`);
      expect([report, answer.status]).toEqual([report, 200]);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (format === 'xlsx') expect(bytes.subarray(0, 2).toString()).toBe('PK');
      if (format === 'print') expect(bytes.toString()).not.toMatch(/<script|<img/i);
    }
  }); // prettier-ignore

  it('prints the flash and the special report of one incident, escaped', async () => {
    await db.asOwner(`UPDATE incidents SET title = '<b>=1+1</b>' WHERE id = $1`, [ids[0]]);
    const paper = await city.call('GET', `/api/v1/incidents/${ids[0]}/flash?format=print`);
    expect(await paper.text()).toContain('&lt;b&gt;=1+1&lt;/b&gt;');
    const special = await read(`/incidents/${ids[0]}/special-report`);
    expect(special.tables.map((table: { key: string }) => table.key)).toEqual(['conclusion', 'course', 'channels', 'curve', 'voices', 'outlook', 'suggestions', 'clocks']); // prettier-ignore
  });
});

describe('a frozen bulletin', () => {
  it('is objected to once by a body that it names, in time, and decided by the office', async () => {
    const frozen = await city.call('POST', '/api/v1/reports/bulletin/freeze', { body: { quarter: '2026Q4' } });
    const { id, standing, objectionsUntil } = (await frozen.json()) as { id: string; standing: string; objectionsUntil: string }; // prettier-ignore
    expect([standing, objectionsUntil]).toEqual(['objections', '2026-11-27T16:00:00.000Z']);
    const object = (bodyId: string) => office.call('POST', `/api/v1/reports/bulletins/${id}/objections`, { body: { bodyId, figure: 'onTime', text: '系统故障期间已按时发布' } }); // prettier-ignore
    expect(await outcome(object('990122-ENV'))).toMatch(/^403/);
    const filed = await object('990121-ENV');
    expect(filed.status).toBe(201);
    expect(await outcome(object('990121-ENV'))).toBe('409 OBJECTION_MADE');
    const objection = ((await filed.json()) as { id: string }).id;
    const decide = () => city.call('POST', `/api/v1/bulletin-objections/${objection}/decide`, { body: { state: 'dismissed', decision: '证据链接晚于时限' } }); // prettier-ignore
    expect((await decide()).status).toBe(204);
    expect(await outcome(decide())).toBe('409 OBJECTION_DECIDED');
    expect((await read(`/reports/bulletins/${id}/objections`, office)).items).toMatchObject([{ state: 'dismissed', decision: '证据链接晚于时限' }]); // prettier-ignore
    await db.advance(8 * 24 * HOUR_MS);
    [city, office] = [await api.signedIn('city'), await api.signedIn('office')];
    expect((await read(`/reports/bulletins/${id}`)).standing).toBe('final');
    expect(await outcome(object('990121-ENV'))).toBe('409 OBJECTIONS_CLOSED');
    await city.call('POST', '/api/v1/reports/bulletin/freeze', { body: { quarter: '2026Q4' } });
    expect((await read(`/reports/bulletins/${id}`)).standing).toBe('superseded');
  });
});

describe('events known otherwise', () => {
  it('count as missed unless we had detected them by then', async () => {
    const [{ number }] = await db.asOwner<{ number: string }>('SELECT number FROM incidents WHERE id = $1', [ids[1]]) as [{ number: string }]; // prettier-ignore
    const event = { jurisdiction: '990121', origin: '省网信办', knownAt: NOW.toISOString() };
    const enter = (more: object) => city.call('POST', '/api/v1/known-events', { body: { events: [{ ...event, title: '夜间异味', ...more }] } }); // prettier-ignore
    expect((await enter({})).status).toBe(201);
    expect((await enter({ incidentNumber: number })).status).toBe(201);
    expect(await outcome(enter({ knownAt: '2030-01-01T00:00:00+08:00' }))).toBe('422 KNOWN_IN_FUTURE');
    expect(await outcome(enter({ jurisdiction: '110000' }))).toBe('403 OUT_OF_REACH');
    const { items } = await read('/reports/indicators?quarter=2026Q4');
    expect(items).toContainEqual(expect.objectContaining({ key: 'missed', ratio: { n: 1, d: 2, pct: '50.00' } }));
  });
});
