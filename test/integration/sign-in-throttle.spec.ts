import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { makeBodies, outcome, PASSWORD, startApi, type TestApi, TestClient } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

let db: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  db = await createTestDatabase();
  await makeBodies(db, ['990121-ENV']);
  api = await startApi(db);
  await api.account('admin', [{ duty: 'administrator', jurisdiction: '990100' }]);
  await api.account('other', [{ duty: 'spokesperson', bodyId: '990121-ENV' }]);
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

const attempt = (username: string, password: string, address: string, client = new TestClient(api.url)) =>
  client.signIn(username, password, { 'x-forwarded-for': address });

describe('the throttle', () => {
  it('stops a stranger, but not the device that was in before', async () => {
    const owner = new TestClient(api.url);
    await attempt('other', PASSWORD, '203.0.113.1', owner);
    await owner.call('DELETE', '/api/v1/session');
    const guesses = [];
    for (let n = 0; n < 12; n += 1) guesses.push(await outcome(attempt('other', `guess ${n}`, '203.0.113.1')));
    expect(guesses.slice(0, 10)).toEqual(Array(10).fill('401 SIGN_IN_FAILED'));
    expect(guesses.slice(10)).toEqual(Array(2).fill('429 TOO_MANY_ATTEMPTS'));
    expect(await outcome(attempt('other', PASSWORD, '203.0.113.1'))).toBe('429 TOO_MANY_ATTEMPTS');
    expect(await outcome(attempt('other', PASSWORD, '203.0.113.1', owner))).toBe('200');
  });

  it('stops many strangers at many addresses, but not an address that was in before', async () => {
    await attempt('admin', PASSWORD, '203.0.113.20');
    const results = new Set<string>();
    for (let n = 0; n < 55; n += 1) results.add(await outcome(attempt('admin', 'guess', `198.18.0.${n}`)));
    expect(results).toEqual(new Set(['401 SIGN_IN_FAILED', '429 TOO_MANY_ATTEMPTS']));
    expect(await outcome(attempt('admin', PASSWORD, '198.18.1.1'))).toBe('429 TOO_MANY_ATTEMPTS');
    expect(await outcome(attempt('admin', PASSWORD, '203.0.113.20'))).toBe('200');
  });
});
