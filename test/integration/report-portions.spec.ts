import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeBodies, makeIncident } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, ['990121-ENV']);
});
afterAll(() => db.drop());

test('what changed is taken anew for the reports in portions, until nothing is left', async () => {
  for (let n = 0; n < 5; n += 1) await makeIncident(db, { jurisdiction: '990121', bodies: ['990121-ENV'] });
  const portion = () =>
    db.app.inScope({ purpose: 'case', jurisdictions: ['990121'], bodies: [] }, (tx) =>
      tx.one<{ more: boolean }>('SELECT report_refresh(2) AS more'),
    );
  const taken = async () => (await db.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM report_cases'))[0]!.n;
  const steps: [boolean, number][] = [];
  for (let more = true; more;) {
    more = (await portion())!.more;
    steps.push([more, await taken()]);
  }
  expect(steps).toEqual([
    [true, 2],
    [true, 4],
    [false, 5],
  ]);
  expect((await portion())!.more).toBe(false);
});
