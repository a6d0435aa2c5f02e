import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sha256 } from '#kernel/hash.js';
import { IntakeOffice, order } from '../support/intake.js';

jest.setTimeout(120_000);

interface Kept {
  id: string;
  state: string;
  code: string;
  place: string;
  attempts: number;
  byteCount: number;
  itemId: string | null;
}

let office: IntakeOffice;
let server: Server;
let document: Buffer;
let hotline: string;
let feed: string;
beforeAll(async () => {
  server = createServer((_, response) => void response.end(document));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  office = await IntakeOffice.open([host]);
  hotline = await office.source();
  feed = await office.source({ kind: 'feed', name: '某市发布', url: `http://${host}/rss` });
});
afterAll(async () => {
  await office?.close();
  server?.close();
});

const kept = async (source: string) =>
  (await office.ask<{ items: Kept[] }>(office.leader, 'GET', `/sources/${source}/rejections`)).items;
const decide = (source: string, id: string, decision: string) =>
  office.ask(office.leader, 'POST', `/sources/${source}/rejections/${id}/decide`, { decision, reason: '规则已改' });
/** Puts other bytes in the place of kept ones: what a rule of tomorrow would read in those of today. */
const asReadTomorrow = async (id: string, bytes: Buffer) => {
  const { packed } = await import('#ingest/raw-documents.store.js');
  const digest = sha256(bytes);
  await office.db.asOwner('UPDATE rejections SET body = $2, sha256 = $3, sealed = true WHERE id = $1', [
    id,
    packed(bytes, `rejection ${digest}`, office.personal().vault),
    digest,
  ]);
};

describe('a message that is refused', () => {
  it('is kept with its bytes while its neighbours are accepted, and its bytes are shown on a ground only', async () => {
    const poison = order('20261126000002', { occurredAt: '前天下午' });
    const { receipts } = await office.send([order('20261126000001'), poison, order('20261126000003')]);
    expect(receipts.map(({ result }) => result)).toEqual(['accepted', 'rejected', 'accepted']);
    const [held] = await kept(hotline);
    const bytes = Buffer.from(JSON.stringify(poison));
    expect(held).toMatchObject({
      state: 'held',
      place: 'messages[1].occurredAt',
      attempts: 1,
      byteCount: bytes.length,
    });

    const address = `/sources/${hotline}/rejections/${held!.id}/reveal`;
    expect(await office.ask(office.leader, 'POST', address, { reason: '核对原文' })).toMatchObject({ status: 403 });
    const shown = await office.ask<{ bytes: string }>(office.operator, 'POST', address, { reason: '核对原文' });
    expect(Buffer.from(shown.bytes, 'base64')).toEqual(bytes);
    expect(await office.ledger('rejection.revealed')).toMatchObject([{ reason: '核对原文', subject: hotline }]);
  });

  it('is refused again by the same rules, and accepted once they read it', async () => {
    const [held] = await kept(hotline);
    expect(await decide(hotline, held!.id, 'replay')).toMatchObject({ status: 202 });
    expect(await office.replay()).toBe(1);
    expect(await kept(hotline)).toMatchObject([{ state: 'held', attempts: 2, itemId: null }]);

    await asReadTomorrow(held!.id, Buffer.from(JSON.stringify(order('20261126000002'))));
    await decide(hotline, held!.id, 'replay');
    expect(await office.replay()).toBe(1);
    const [accepted] = await kept(hotline);
    expect(accepted).toMatchObject({ state: 'accepted', attempts: 3 });
    expect((await office.items()).map(({ id }) => id)).toContain(accepted!.itemId);
    expect(await office.replay()).toBe(0);
    expect(await decide(hotline, held!.id, 'replay')).toMatchObject({ status: 409, code: 'REJECTION_SETTLED' });
  });

  it('is put aside for good, and the ledger says by whom and why', async () => {
    await office.send([order('20261126000004', { occurredAt: '' })]);
    const held = (await kept(hotline)).find(({ state }) => state === 'held');
    await decide(hotline, held!.id, 'discard');
    expect((await kept(hotline)).find(({ id }) => id === held!.id)?.state).toBe('discarded');
    expect(await office.replay()).toBe(0);
    expect((await office.ledger('rejection.decided')).at(-1)).toMatchObject({
      actor: '测试leader',
      reason: '规则已改',
      payload: { decision: 'discard' },
    });
  });
});

describe('a document that can not be read', () => {
  it('is kept once with its bytes, however often it comes, and read no more after the second time', async () => {
    document = Buffer.from('<html><body>系统维护中</body></html>');
    for (let n = 0; n < 4; n += 1) expect(await office.poll(feed)).toBe(0);
    expect(await kept(feed)).toMatchObject([{ code: 'FEED_UNREADABLE', state: 'held', byteCount: document.length }]);
    const [source] = await office.db.asOwner<{ failures: number }>(
      'SELECT failure_count AS failures FROM sources WHERE id = $1',
      [feed],
    );
    expect(source).toEqual({ failures: 4 });
  });

  it('gives its items after a fix', async () => {
    const [held] = await kept(feed);
    await asReadTomorrow(
      held!.id,
      Buffer.from(
        '<rss version="2.0"><channel><title>某市发布</title><item><guid>1</guid><title>停水通报</title></item></channel></rss>',
      ),
    );
    await decide(feed, held!.id, 'replay');
    expect(await office.replay()).toBe(1);
    expect(await kept(feed)).toMatchObject([{ state: 'accepted' }]);
    expect((await office.items()).map(({ title }) => title)).toContain('停水通报');
  });
});
