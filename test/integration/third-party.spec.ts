import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sha256 } from '#kernel/hash.js';
import { makeBodies, startApi, type TestApi, type TestClient } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(120_000);

let db: TestDatabase;
let api: TestApi;
let county: TestClient;
let other: TestClient;
let spokesperson: TestClient;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.setNow(new Date('2026-11-27T09:00:00+08:00'));
  await makeBodies(db, ['990121-WSUP', '990121-ENV', '990122-ENV']);
  api = await startApi(db);
  const client = async (name: string, held: Parameters<TestApi['account']>[1]) => {
    await api.account(name, held);
    return api.signedIn(name);
  };
  county = await client('county', [{ duty: 'statistician', jurisdiction: '990121' }]);
  other = await client('other', [{ duty: 'statistician', jurisdiction: '990122' }]);
  spokesperson = await client('speaker', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

const EVALUATOR = '省社科院';
const HEADING = '对象,指标,分子,分母,结果,权重,说明';
const csv = (...rows: string[]) => Buffer.from([HEADING, ...rows].join('\r\n'));
interface Taken {
  code?: string;
  applied: boolean;
  values: number;
  replaced: number;
  faults: { row: number; column: string; code: string }[];
}
const take = async (who: TestClient, bytes: Buffer, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({ evaluator: EVALUATOR, period: '2026Q3', apply: 'true', ...more });
  const answer = await who.call('POST', `/api/v1/reports/third-party?${query.toString()}`, {
    body: bytes,
    headers: { 'content-type': 'text/csv' },
  });
  return { status: answer.status, ...((await answer.json()) as Taken) };
};
const read = async (who: TestClient, query = '') =>
  (await (await who.call('GET', `/api/v1/reports/third-party${query}`)).json()) as {
    items: {
      bodyId: string;
      indicator: string;
      numerator: string;
      denominator: string;
      result: string;
      row: number;
      sha256: string;
    }[];
  };

describe('evaluations of a third party (R60, NT19 Art.42)', () => {
  const good = csv('990121-WSUP,按时回应率,792,839,94.40%,4,一季度', '990121-ENV,信息发布,8.75,10,87.5%,,=1+1');

  it('are tried first, taken with their raw counts, and said in the ledger', async () => {
    expect(await take(county, good, { apply: 'false' })).toMatchObject({ status: 200, applied: false, values: 2, faults: [] }); // prettier-ignore
    expect((await read(county)).items).toEqual([]);
    expect(await take(county, good)).toMatchObject({ status: 200, applied: true, values: 2, replaced: 0 });
    const { items } = await read(county, '?period=2026Q3');
    const told = items.map(({ bodyId, numerator, denominator, result, row }) => [
      bodyId,
      numerator,
      denominator,
      result,
      row,
    ]);
    expect(told.sort()).toEqual([
      ['990121-ENV', '8.75', '10', '87.50', 3],
      ['990121-WSUP', '792', '839', '94.40', 2],
    ]);
    expect(items[0]!.sha256).toBe(sha256(good));
    const [entry] = await db.asOwner<{ payload: object }>(
      `SELECT payload FROM ledger_entries WHERE type = 'report.evaluationImported'`,
    );
    expect(entry!.payload).toMatchObject({ evaluator: EVALUATOR, period: '2026Q3', values: 2, sha256: sha256(good) });
  });

  it('are seen by whom they are of, and by nobody of another county', async () => {
    expect((await read(spokesperson)).items.map(({ bodyId }) => bodyId)).toEqual(['990121-ENV']);
    expect((await read(other)).items).toEqual([]);
  });

  it('leave as a file in which nothing is a formula', async () => {
    const file = await county.call('GET', '/api/v1/reports/third-party?period=2026Q3&format=csv');
    const text = await file.text();
    expect([file.status, text.includes("'=1+1"), text.includes(',=1+1'), text.includes('94.40%')]).toEqual([
      200,
      true,
      false,
      true,
    ]);
  });

  it('are refused whole, each fault with row and column', async () => {
    const bad = csv(
      '990121-WSUP,按时回应率,6,7,85.72%,,',
      '990122-ENV,按时回应率,1,2,,,',
      '990121-ENV,按时回应率,1,2,,,',
    );
    const { applied, faults } = await take(county, bad, { period: '2026Q2' });
    expect([applied, faults.map(({ row, column, code }) => [row, column, code])]).toEqual([
      false,
      [
        [2, '结果', 'RESULT_DIFFERS'],
        [3, '对象', 'OUT_OF_REACH'],
      ],
    ]);
    expect((await read(county, '?period=2026Q2')).items).toEqual([]);
  });

  it('are bounded, and refused for a time to come, for nothing, and twice', async () => {
    const code = async (bytes: Buffer, more = {}) => {
      const answer = await take(county, bytes, more);
      return [answer.status, answer.code];
    };
    expect(await code(good)).toEqual([409, 'EVALUATION_KNOWN']);
    expect(await code(good, { period: '2027' })).toEqual([422, 'PERIOD_IN_FUTURE']);
    expect(await code(Buffer.alloc(0))).toEqual([422, 'IMPORT_EMPTY']);
    const many = Array.from({ length: 5_000 }, (_, n) => `990121-ENV,指标${n},1,2,,,`);
    expect(await code(csv(...many))).toEqual([413, 'IMPORT_TOO_LARGE']);
    const forbidden = await take(spokesperson, good);
    expect([forbidden.status, forbidden.code]).toEqual([403, 'PERMISSION_MISSING']);
  });

  it('of a newer file of the same evaluator and period take the place of the older, which stays', async () => {
    const newer = csv('990121-WSUP,按时回应率,793,839,94.52%,4,更正');
    expect(await take(county, newer)).toMatchObject({ applied: true, values: 1, replaced: 2 });
    expect((await read(county, '?period=2026Q3')).items.map(({ numerator }) => numerator)).toEqual(['793']);
    const [kept] = await db.asOwner<{ n: number }>(
      'SELECT count(*)::int AS n FROM third_party_values WHERE replaced_by IS NOT NULL',
    );
    expect(kept!.n).toBe(2);
  });
});
