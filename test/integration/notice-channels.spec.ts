import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DeliveryService } from '#notification/delivery.service.js';
import { InAppChannel, type NoticeChannel, type Receipt, type WaitingNotice } from '#notification/notice-channel.js';
import { outcome, startApi, type TestApi, type TestClient } from '../support/api.js';
import { startProcess } from '../support/fault-process.js';
import { until } from '../support/fault-rig.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// A busy machine must not make a test fail that asserts no time.
jest.setTimeout(240_000);

const ADDRESS = '/api/v1/notification-channels';
const TEN_MINUTES_MS = 600_000;

interface Channel {
  id: string;
  reaches: string[];
  pendingCount: number;
  oldestPendingAt: string | null;
  deliveredCount: number;
  failedCount: number;
  lastDeliveredAt: string | null;
  lastError: string | null;
  tests: { id: string; state: string; deliveredAt: string | null; attempts: number; error: string | null }[];
}

let db: TestDatabase;
let api: TestApi;
let admin: TestClient;
let neighbour: TestClient;
beforeAll(async () => {
  db = await createTestDatabase();
  api = await startApi(db);
  await api.account('admin', [{ duty: 'administrator', jurisdiction: '990121' }]);
  await api.account('neighbour', [{ duty: 'administrator', jurisdiction: '990122' }]);
  await api.account('analyst', [{ duty: 'analyst', jurisdiction: '990121' }]);
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});
beforeEach(async () => {
  admin = await api.signedIn('admin');
  neighbour = await api.signedIn('neighbour');
});
afterEach(async () => {
  await db.asOwner(`DELETE FROM deliveries`);
});

const ask = (client: TestClient, headers: Record<string, string> = {}, id = 'inApp') =>
  client.call('POST', `${ADDRESS}/${id}/test`, { body: {}, headers });
const channels = async (client: TestClient) =>
  ((await (await client.call('GET', ADDRESS)).json()) as { items: Channel[] }).items;
const inApp = async (client = admin) => (await channels(client)).find(({ id }) => id === 'inApp')!;

describe('a test of a channel', () => {
  it('goes the way of every notice: written down, taken by the delivery process, and its receipt is listed', async () => {
    const { id } = (await (await ask(admin)).json()) as { id: string };
    expect(await inApp()).toMatchObject({
      reaches: ['bodies', 'persons'],
      pendingCount: 1,
      deliveredCount: 0,
      lastDeliveredAt: null,
      tests: [{ id, state: 'pending', deliveredAt: null, attempts: 0 }],
    });
    const delivery = startProcess(db, { name: 'delivery' });
    try {
      await until(async () => (await inApp()).tests[0]!.state === 'delivered', 'the receipt');
    } finally {
      await delivery.kill();
    }
    const after = await inApp();
    expect(after).toMatchObject({ pendingCount: 0, oldestPendingAt: null, deliveredCount: 1, failedCount: 0 });
    expect(after.tests[0]).toMatchObject({ id, attempts: 1, deliveredAt: after.lastDeliveredAt });
    const [entry] = await db.asOwner<{ subject: string; name: string }>(
      `SELECT subject_id AS subject, actor_name AS name FROM ledger_entries WHERE type = 'notice.testAsked'`,
    );
    expect(entry).toEqual({ subject: id, name: '测试admin' });
  });

  it('is one notice under one Idempotency-Key, also when it is asked for ten times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(admin, { 'idempotency-key': 'test-1' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect((await inApp()).tests).toHaveLength(1);
  });

  it('may be asked for five times in ten minutes, also all at once; each person counts alone', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => outcome(ask(admin))));
    expect(answers.sort()).toEqual([
      ...Array<string>(5).fill('202'),
      ...Array<string>(3).fill('429 TOO_MANY_CHANNEL_TESTS'),
    ]);
    const refused = await ask(admin);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await outcome(ask(neighbour))).toBe('202');
    await db.advance(TEN_MINUTES_MS);
    admin = await api.signedIn('admin');
    expect(await outcome(ask(admin))).toBe('202');
  });

  it('is seen by whoever asked for it alone, and is for administrators', async () => {
    await ask(admin);
    expect(await inApp(neighbour)).toMatchObject({ pendingCount: 0, tests: [] });
    const analyst = await api.signedIn('analyst');
    expect(await outcome(analyst.call('GET', ADDRESS))).toBe('403 PERMISSION_MISSING');
    expect(await outcome(ask(analyst))).toBe('403 PERMISSION_MISSING');
    expect(await outcome(ask(admin, {}, 'fax'))).toBe('404 NOTICE_CHANNEL_NOT_FOUND');
  });
});

/** A channel that answers what the test says, and keeps what it was handed. */
class ScriptedChannel implements NoticeChannel {
  readonly id = 'inApp';
  readonly handed: WaitingNotice[] = [];
  constructor(private readonly answers: (Receipt | Error)[]) {}

  send(notice: WaitingNotice): Promise<Receipt> {
    this.handed.push(notice);
    const answer = this.answers.shift()!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }
}

describe('a channel that does not take a notice', () => {
  it('is asked again later with the same key, and the page says why', async () => {
    await ask(admin);
    const channel = new ScriptedChannel([
      new Error('connection refused'),
      { taken: false, reason: 'busy' },
      { taken: true },
    ]);
    const service = new DeliveryService(db.worker, [channel]);
    expect([await service.deliverBatch(), await service.deliverBatch()]).toEqual([1, 0]);
    expect(await inApp()).toMatchObject({ pendingCount: 1, lastError: 'connection refused', lastDeliveredAt: null });
    await db.advance(5_000);
    expect([await service.deliverBatch(), await service.deliverBatch()]).toEqual([1, 0]);
    await db.advance(10_000);
    expect(await service.deliverBatch()).toBe(1);
    expect(new Set(channel.handed.map(({ key }) => key)).size).toBe(1);
    expect((await inApp()).tests).toMatchObject([{ state: 'delivered', attempts: 3, error: 'busy' }]);
  });

  it('is not asked again when it would refuse again', async () => {
    await ask(admin);
    const service = new DeliveryService(db.worker, [
      new ScriptedChannel([{ taken: false, reason: 'no such person', final: true }]),
    ]);
    await service.deliverBatch();
    await db.advance(TEN_MINUTES_MS);
    admin = await api.signedIn('admin');
    expect(await service.deliverBatch()).toBe(0);
    expect(await inApp()).toMatchObject({ pendingCount: 0, failedCount: 1, lastError: 'no such person' });
  });

  it('that died with a notice in hand leaves it to the next, whose receipt alone counts', async () => {
    await ask(admin);
    let handOver: (receipt: Receipt) => void = () => undefined;
    const taken = new Promise<Receipt>((resolve) => (handOver = resolve));
    const slow: NoticeChannel = { id: 'inApp', send: () => taken };
    const stuck = new DeliveryService(db.worker, [slow]).deliverBatch();
    const next = new DeliveryService(db.worker, [new InAppChannel()]);
    await until(async () => (await inApp()).tests[0]!.attempts === 1, 'the first to take it');
    expect(await next.deliverBatch()).toBe(0);
    await db.advance(60_000);
    expect(await next.deliverBatch()).toBe(1);
    handOver({ taken: false, reason: 'too late', final: true });
    await stuck;
    expect((await inApp()).tests).toMatchObject([{ state: 'delivered', attempts: 2, error: null }]);
  });
});
