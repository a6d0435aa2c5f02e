import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sha256 } from '#kernel/hash.js';
import { makeBodies, outcome, startApi, type TestApi, type TestClient } from '../support/api.js';
import { K08, K08_NOW, plantCase, REPORT_START } from '../support/report-cases.js';
import { insertRow } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

const HOUR_MS = 3_600_000;
let db: TestDatabase;
let api: TestApi;
let city: TestClient;
let county: TestClient;
let department: TestClient;
let empty: TestClient;
const ids: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  await db.setNow(K08_NOW);
  await makeBodies(db, ['990121-ENV', '990121-EDU', '990122-ENV']);
  for (const given of K08) ids.push(await plantCase(db, K08_NOW, given));
  await plantCase(db, K08_NOW, { title: '演练一', drill: true, released: 1 });
  await plantCase(db, K08_NOW, { title: '排除一', state: 'rejected', released: 1 });
  await plantCase(db, K08_NOW, { title: '=HYPERLINK("http://x")', jurisdiction: '990122', released: 60 });
  await plantCase(db, K08_NOW, { title: '校车停运', body: '990121-EDU', released: 5, startedAt: new Date(REPORT_START.getTime() + HOUR_MS), jurisdiction: '990121' }); // prettier-ignore
  api = await startApi(db);
  await api.account('city', [{ duty: 'supervision', jurisdiction: '990100' }]);
  await api.account('county', [{ duty: 'statistician', jurisdiction: '990121' }]);
  await api.account('env', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
  await api.account('empty', [{ duty: 'statistician', jurisdiction: '990181' }]);
  [city, county, department, empty] = await Promise.all(['city', 'county', 'env', 'empty'].map(api.signedIn)) as [TestClient, TestClient, TestClient, TestClient]; // prettier-ignore
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked into, their shape is checked by the api itself
const read = async (who: TestClient, address: string): Promise<any> => {
  const answer = await who.call('GET', `/api/v1/reports/${address}`);
  expect([address, answer.status]).toEqual([address, 200]);
  return answer.json();
};

describe('the quarterly bulletin', () => {
  it('K-08: gives the known answers from the rows of the database, in the scope of the one department', async () => {
    const bulletin = await read(department, 'bulletin?quarter=2026Q4');
    expect(bulletin.whole).toMatchObject({
      dispatched: 10,
      responded: { n: 8, d: 9, pct: '88.89' },
      onTime: { n: 6, d: 9, pct: '66.67' },
      targetMet: { n: 1, d: 4, pct: '25.00' },
      conferenceOnTime: { n: 3, d: 4, pct: '75.00' },
      firstResponseMs: { count: 8, median: 7 * HOUR_MS + 30 * 60_000 + 500, p90: 50 * HOUR_MS },
    });
    const rows = await read(department, 'rows?figure=onTime.n&quarter=2026Q4');
    expect([rows.total, ...rows.items.map((row: { incidentId: string }) => row.incidentId).sort()]).toEqual([6, ...ids.filter((_, index) => 'ABCEFG'.includes(K08[index]!.title!)).sort()]); // prettier-ignore
    expect(Object.keys(bulletin.rules)).toEqual(expect.arrayContaining(['responded', 'onTime', 'targetMet', 'conferenceOnTime'])); // prettier-ignore
    expect(bulletin.departments.rows.map((row: { id: string }) => row.id)).toEqual(['990121-ENV']);
  });

  it('counts for each what it sees: the department, its county, the city', async () => {
    const dispatched = async (who: TestClient) => (await read(who, 'bulletin?quarter=2026Q4')).whole.dispatched;
    expect([await dispatched(department), await dispatched(county), await dispatched(city), await dispatched(empty)]).toEqual([10, 11, 12, 0]); // prettier-ignore
    const { counties, departments } = await read(city, 'bulletin?quarter=2026Q4');
    expect(counties.rows.map((row: { id: string; name: string }) => [row.id, row.name])).toEqual([
      ['990121', '白塔县'],
      ['990122', '青禾县'],
    ]);
    expect(departments.rows).toHaveLength(3);
  });

  it('gives the mean effect score of each unit and names the best and the worst case by the score', async () => {
    const at = K08_NOW;
    const scores = [92.4, 40.1, 70];
    for (const [index, score] of scores.entries())
      await insertRow(db, 'effect_evaluations', {
        incident_id: ids[index],
        evaluated_at: at,
        result: JSON.stringify({ score, missingElements: score < 50 ? ['cause'] : [] }),
        grounds: JSON.stringify(score < 50 ? [{ ground: '处置不得力', decision: 'upheld' }] : []),
      });
    const { whole, departments, examples } = await read(city, 'bulletin?quarter=2026Q4');
    expect([whole.effect, departments.rows.find(({ id }: { id: string }) => id === '990121-ENV').effect]).toEqual([
      { mean: 67.5, count: 3 },
      { mean: 67.5, count: 3 },
    ]);
    expect(examples.good).toMatchObject([{ incidentId: ids[0], score: 92.4 }]);
    expect(examples.bad).toMatchObject([
      { incidentId: ids[1], score: 40.1, missing: ['cause'], grounds: ['处置不得力'] },
    ]);
    const rows = await read(city, 'rows?figure=effect&quarter=2026Q4');
    expect([rows.total, whole.effect.count]).toEqual([3, 3]);
    const paper = await (await city.call('GET', '/api/v1/reports/bulletin?quarter=2026Q4&format=print')).text();
    expect(paper).toMatch(/反面典型[\s\S]*40\.1 分，缺少问题成因；认定处置不得力/);
  });

  it('shows a dash where there is no denominator, and never 100 %', async () => {
    const { whole } = await read(empty, 'bulletin?quarter=2026Q4');
    expect(whole).toMatchObject({ onTime: { n: 0, d: 0, pct: '—' }, signedInTime: { d: 0, pct: '—' }, changePct: '—' });
    expect(whole.firstResponseMs).toEqual({ count: 0, median: null, p90: null, max: null });
  });

  it('refuses periods that are malformed or have not begun', async () => {
    const asked = async (address: string) => outcome(city.call('GET', `/api/v1/reports/${address}`));
    expect(await asked('bulletin?quarter=2026Q5')).toBe('400 INVALID_REQUEST');
    expect(await asked('bulletin?quarter=2027Q1')).toBe('422 PERIOD_IN_FUTURE');
    expect(await asked('ledger?from=2026-11-31')).toBe('400 INVALID_REQUEST');
    expect(await asked('ledger?from=2027-01-01')).toBe('422 PERIOD_IN_FUTURE');
    expect(await asked('ledger?from=2026-11-02&to=2026-11-01')).toBe('422 PERIOD_REVERSED');
    expect(await asked('ledger?from=2020-01-01&to=2026-11-01')).toBe('422 PERIOD_TOO_LONG');
  });

  it('is frozen under number and hash, never changed, and shows later corrections', async () => {
    const answer = await county.call('POST', '/api/v1/reports/bulletin/freeze', { body: { quarter: '2026Q4' } });
    expect(answer.status).toBe(201);
    const kept = (await answer.json()) as { id: string; number: string; sha256: string };
    expect(kept.number).toMatch(/^云舆通〔2026〕\d+号$/);
    const same = await read(city, `bulletins/${kept.id}`);
    expect(same).toMatchObject({ hashMatches: true, differences: [], jurisdiction: '990121' });
    const paper = await (await city.call('GET', `/api/v1/reports/bulletins/${kept.id}?format=print`)).text();
    expect(paper).toContain(kept.number);
    expect(paper).toContain(kept.sha256);
    await db.advance(200 * HOUR_MS);
    county = await api.signedIn('county');
    expect((await read(county, `bulletins/${kept.id}`)).differences).toEqual([]);
    await db.asOwner(`UPDATE response_clocks SET state = 'metLate', state_at = due_at + interval '1 hour' WHERE incident_id = $1`, [ids[8]]); // prettier-ignore
    const { differences } = await read(county, `bulletins/${kept.id}`);
    expect(differences).toContainEqual({ place: '/whole/responded/n', frozen: 9, now: 10 });
    department = await api.signedIn('env');
    expect(await read(department, `bulletins/${kept.id}`)).toMatchObject({ hashMatches: true, differences: null });
    empty = await api.signedIn('empty');
    expect(await outcome(empty.call('GET', `/api/v1/reports/bulletins/${kept.id}`))).toBe('404 SNAPSHOT_NOT_FOUND');
    await expect(db.asOwner(`UPDATE report_snapshots SET content = '{}'`)).rejects.toThrow('never changed');
    await db.setNow(new Date(K08_NOW.getTime() + HOUR_MS));
    await db.asOwner(`UPDATE response_clocks SET state = 'overdue', state_at = due_at WHERE incident_id = $1`, [
      ids[8],
    ]);
  });
});

describe('the ledger', () => {
  beforeAll(async () => {
    [city, department] = [await api.signedIn('city'), await api.signedIn('env')];
  });
  const ledger = 'ledger?from=2026-11-01&to=2026-11-30';

  it('has one row an incident and body, page by page, without drills and in scope', async () => {
    const first = await read(city, `${ledger}&limit=9`);
    const second = await read(city, `${ledger}&limit=9&cursor=${first.nextCursor}`);
    const titles = [...first.items, ...second.items].map((row: { title: string }) => row.title);
    expect(second.nextCursor).toBeNull();
    expect(new Set(titles).size).toBe(13);
    expect(titles).not.toContain('演练一');
    expect((await read(department, ledger)).items).toHaveLength(11);
  });

  it('leaves as CSV with a byte-order mark, without formulas, and with the hash of what stands before its last line', async () => {
    const answer = await city.call('GET', `/api/v1/reports/${ledger}&format=csv`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const bytes = Buffer.from(await answer.arrayBuffer());
    const last = bytes.lastIndexOf('校验');
    const [head, tail] = [bytes.subarray(0, last), bytes.subarray(last).toString('utf8')];
    expect([...head.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(tail.trim().split(',')[1]).toBe(sha256(head));
    expect(head.toString('utf8')).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(head.toString('utf8').trim().split('\r\n')).toHaveLength(14);
  });

  it('leaves as a workbook with its digest', async () => {
    const answer = await city.call('GET', `/api/v1/reports/${ledger}&format=xlsx`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('repr-digest')).toBe(`sha-256=:${Buffer.from(sha256(bytes), 'hex').toString('base64')}:`);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
  });
});
