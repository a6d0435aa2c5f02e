import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { QueryRunner } from 'typeorm';
import { WebhookKeys } from '#ingest/webhook-keys.js';
import { newId } from '#kernel/ids.js';
import { newVaultKey, Vault } from '#platform/seal/vault.js';
import { WebhookKeys1764000000045 } from '../../migrations/0045-webhook-keys.js';
import { outcome, startApi, type TestApi } from '../support/api.js';
import { insertRow } from '../support/rows.js';
import { TEST_KEY } from '../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(120_000);

const SOURCE = newId();
let db: TestDatabase;
let api: TestApi;
let key: string;
const makeKey = async () => {
  const leader = await api.signedIn('leader');
  const answer = await leader.call('POST', `/api/v1/sources/${SOURCE}/webhook-key`, { body: {} });
  return ((await answer.json()) as { key: string }).key;
};
beforeAll(async () => {
  db = await createTestDatabase();
  api = await startApi(db);
  await api.account('leader', [{ duty: 'shift_leader', jurisdiction: '990121' }]);
  await insertRow(db, 'sources', { id: SOURCE, kind: 'hotline', jurisdiction: '990121', channel: '12345' });
  key = await makeKey();
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

const order = (number: string) =>
  JSON.stringify({ number, occurredAt: '2026-11-26T08:00:00+08:00', content: '银杏苑小区停水两天无人处理' });

/** Hands in a body that was signed as another one, when `sent` is given. */
const handIn = (body: string, how: { key?: string; at?: Date; id?: string; sent?: string; source?: string } = {}) => {
  const at = how.at ?? new Date();
  const id = how.id ?? newId();
  const signature = new Webhook(how.key ?? key).sign(id, at, body);
  return fetch(`${api.url}/api/v1/hotline/messages?source=${how.source ?? SOURCE}`, {
    method: 'POST',
    body: how.sent ?? body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': signature,
    },
  });
};
const receipts = async (answer: Response) =>
  ((await answer.json()) as { receipts: { result: string }[] }).receipts.map((receipt) => receipt.result);

describe('signed messages', () => {
  it('are taken from the source that signed them, once, however often they are sent', async () => {
    const id = newId();
    const first = await handIn(order('W-1'), { id });
    const again = await handIn(order('W-1'), { id });
    expect(await receipts(first)).toEqual(['accepted']);
    expect([again.headers.get('idempotency-replayed'), await receipts(again)]).toEqual(['true', ['accepted']]);
    const [count] = await db.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM items');
    expect(count!.n).toBe(1);
  });

  it('are refused when they were changed, are old or early, or were signed with another key or for another source', async () => {
    const minutes = (n: number) => new Date(Date.now() + n * 60_000);
    const refused = '401 SIGNATURE_INVALID';
    expect(await outcome(handIn(order('W-2'), { sent: order('W-3') }))).toBe(refused);
    expect(await outcome(handIn(order('W-2'), { at: minutes(-6) }))).toBe(refused);
    expect(await outcome(handIn(order('W-2'), { at: minutes(6) }))).toBe(refused);
    expect(await outcome(handIn(order('W-2'), { key: `whsec_${Buffer.alloc(32).toString('base64')}` }))).toBe(refused);
    expect(await outcome(handIn(order('W-2'), { source: newId() }))).toBe(refused);
  });

  it('hold with the key before the newest, so that a sender can change over', async () => {
    const newer = await makeKey();
    expect(await outcome(handIn(order('W-4')))).toBe('200');
    expect(await outcome(handIn(order('W-5'), { key: newer }))).toBe('200');
    await makeKey();
    expect(await outcome(handIn(order('W-6')))).toBe('401 SIGNATURE_INVALID');
  });

  it('open no other route', async () => {
    const at = new Date();
    const headers = {
      'webhook-id': 'x',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(key).sign('x', at, ''),
    };
    expect(await outcome(fetch(`${api.url}/api/v1/items?source=${SOURCE}`, { headers }))).toBe('401 UNAUTHENTICATED');
  });
});

describe('the keys of a source', () => {
  const kept = async () => {
    const [row] = await db.asOwner<{ kept: Buffer }>('SELECT webhook_keys AS kept FROM sources WHERE id = $1', [
      SOURCE,
    ]);
    return row!.kept;
  };
  const sealAnew = (setting: string) => new WebhookKeys(Vault.of(setting)).sealAnew(db.worker);

  it('stand nowhere in the clear', async () => {
    const shown = (await makeKey()).replace('whsec_', '');
    const bytes = await kept();
    expect(bytes.includes(shown) || bytes.includes(Buffer.from(shown, 'base64'))).toBe(false);
    const leader = await api.signedIn('leader');
    const read = await (await leader.call('GET', `/api/v1/sources/${SOURCE}`)).text();
    const ledger = await db.asOwner('SELECT payload::text FROM ledger_entries');
    const answers = await db.asOwner('SELECT response::text FROM idempotency_keys');
    expect(`${read}${JSON.stringify([ledger, answers])}`).not.toContain(shown);
  });

  it('that were kept before they were sealed hold on, and are sealed once', async () => {
    const [older, newer] = [1, 2].map((n) => `whsec_${Buffer.alloc(32, n).toString('base64')}`) as [string, string];
    await db.asOwner('ALTER TABLE sources DROP COLUMN webhook_keys, ADD COLUMN secret text');
    await db.asOwner('UPDATE sources SET secret = $2 WHERE id = $1', [SOURCE, `${newer} ${older}`]);
    await new WebhookKeys1764000000045().up({ query: (sql: string) => db.asOwner(sql) } as QueryRunner);
    expect(await outcome(handIn(order('W-7'), { key: newer }))).toBe('200');
    expect([await sealAnew(TEST_KEY), await sealAnew(TEST_KEY)]).toEqual([1, 0]);
    expect((await kept()).includes('whsec')).toBe(false);
    for (const held of [older, newer]) expect(await outcome(handIn(order('W-8'), { key: held }))).toBe('200');
    const next = await makeKey();
    expect(await outcome(handIn(order('W-9'), { key: next }))).toBe('200');
    expect(await outcome(handIn(order('W-9'), { key: newer }))).toBe('200');
    expect(await outcome(handIn(order('W-9'), { key: older }))).toBe('401 SIGNATURE_INVALID');
  });

  it('follow a change of the key that seals them, and open in no other source', async () => {
    const signing = await makeKey();
    const [own, moved] = [newVaultKey(), newId()];
    const read = (setting: string, id: string) =>
      db.worker.asSystem((tx) => new WebhookKeys(Vault.of(setting)).signingSource(tx, id));
    expect(await sealAnew(`${own},${TEST_KEY}`)).toBe(1);
    expect((await read(own, SOURCE))!.keys[0]).toBe(signing);
    await expect(read(TEST_KEY, SOURCE)).rejects.toThrow(/does not hold/);
    await insertRow(db, 'sources', { id: moved, kind: 'hotline', jurisdiction: '990121', channel: '12345' });
    await db.asOwner(
      `UPDATE sources SET state = 'active', webhook_keys = (SELECT webhook_keys FROM sources WHERE id = $2) WHERE id = $1`,
      [moved, SOURCE],
    );
    await expect(read(own, moved)).rejects.toThrow();
    // Without the key that sealed them nothing is sealed anew, and the source gets a new key all the same.
    expect(await sealAnew(TEST_KEY)).toBe(0);
    expect(await makeKey()).toMatch(/^whsec_/);
    expect((await read(TEST_KEY, SOURCE))!.keys).toHaveLength(1);
  });
});
