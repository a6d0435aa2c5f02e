import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { makeBodies, outcome, startApi, type TestApi, type TestClient } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
const ANALYST = { duty: 'analyst', jurisdiction: '990121' };

let db: TestDatabase;
let api: TestApi;
let admin: TestClient;
let person: string;
beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, ['990121-ENV', '990122-ENV']);
  api = await startApi(db);
  await api.account('admin', [{ duty: 'administrator', jurisdiction: '990121' }]);
  person = await api.account('person', []);
  admin = await api.signedIn('admin');
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

const grant = (body: object, headers: Record<string, string> = {}, id = person) =>
  admin.call('POST', `/api/v1/accounts/${id}/duties`, { body, headers });

describe('a duty', () => {
  it('of a deputy has an end, holds while the other holds it, and is named in the ledger', async () => {
    const [holder, deputy] = [
      await api.account('holder', [{ duty: 'approver', bodyId: '990121-ENV' }]),
      await api.account('deputy', []),
    ];
    const approver = { duty: 'approver', bodyId: '990121-ENV', deputyFor: holder };
    expect(await outcome(grant(approver, {}, deputy))).toBe('422 DEPUTY_WITHOUT_END');
    const now = await db.app.inScope({ purpose: 'case', jurisdictions: [], bodies: [] }, (tx) => tx.now());
    expect(
      await outcome(grant({ ...approver, validTo: new Date(now.getTime() + DAY_MS).toISOString() }, {}, deputy)),
    ).toBe('201');
    const client = await api.signedIn('deputy');
    const may = async () =>
      ((await (await client.call('GET', '/api/v1/session')).json()) as { permissions: string[] }).permissions.includes(
        'statement.approve',
      );
    expect(await may()).toBe(true);
    await db.asOwner('UPDATE duties SET valid_to = huiying_now() WHERE user_id = $1', [holder]);
    expect(await may()).toBe(false);
  });

  it('is granted by others only, where they administer, and in the kind of place that it is held in', async () => {
    const [me] = await db.asOwner<{ id: string }>(`SELECT id FROM users WHERE username = 'admin'`);
    expect(await outcome(grant(ANALYST, {}, me!.id))).toBe('403 OWN_ACCOUNT');
    expect(await outcome(grant({ duty: 'analyst', jurisdiction: '990100' }))).toBe('403 OUT_OF_REACH');
    expect(await outcome(grant({ duty: 'drafter', bodyId: '990122-ENV' }))).toBe('403 OUT_OF_REACH');
    expect(await outcome(grant({ duty: 'drafter', jurisdiction: '990121' }))).toBe('422 BODY_NEEDED');
  });
});
