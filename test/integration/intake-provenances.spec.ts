import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { findSourceForWork } from '#ingest/sources.store.js';
import { originOf, storeItems } from '#ingest/items.store.js';
import { sha256 } from '#kernel/hash.js';
import { IntakeOffice, order } from '../support/intake.js';

jest.setTimeout(120_000);

const TEXT = '城东花园小区已经连续停水三天没有人处理,老人孩子用水困难,希望有关部门尽快答复';
let office: IntakeOffice;
let server: Server;
let feed: string;
let hotline: string;
beforeAll(async () => {
  server = createServer((_, response) => {
    response.end(
      `<rss version="2.0"><channel><title>论坛</title><item><guid>7</guid><title>又停水了</title><link>https://bbs.example.cn/t/7</link><description>${TEXT}</description></item></channel></rss>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  office = await IntakeOffice.open([host]);
  hotline = await office.source();
  feed = await office.source({ kind: 'feed', name: '论坛', url: `http://${host}/rss`, channel: '论坛' });
});
afterAll(async () => {
  await office?.close();
  server?.close();
});

const draft = (text: string) => ({
  identityKey: sha256(text),
  kind: 'post' as const,
  title: '',
  body: text,
  contentSha256: sha256(text),
});

it('makes one item with three provenances of a post that came by a feed, the hotline and a person (domain R5)', async () => {
  expect(await office.poll(feed)).toBe(1);
  const { id } = (await office.items())[0]!;
  expect((await office.send(order('20261126000001', { content: TEXT }))).receipts).toMatchObject([
    { result: 'duplicate', itemId: id },
  ]);
  const entered = { title: '群里转发', text: TEXT, url: 'https://bbs.example.cn/t/7' };
  expect(await office.ask(office.operator, 'POST', '/items', entered)).toMatchObject({
    id,
    result: 'duplicate',
    ground: 'link',
  });
  expect(await office.items()).toHaveLength(1);
  const detail = await office.ask<{ provenances: object[] }>(office.operator, 'GET', `/items/${id}`);
  expect(detail.provenances).toMatchObject([
    { how: '论坛', ground: null },
    { how: '12345热线', ground: 'text' },
    { how: '人工录入', ground: 'link' },
  ]);
});

it.each([
  ['one post', 1],
  ['lists that share their posts', 150],
])('makes no second item when two processes store %s at the same instant', async (name, count) => {
  const drafts = Array.from({ length: count }, (_, n) => draft(`${name}第${n}条:${TEXT}`));
  const [first, second] = [feed, hotline];
  const store = (sourceId: string, list: typeof drafts, meet: () => Promise<void>) =>
    office.db.worker.asSystem(async (tx) => {
      const source = await findSourceForWork(tx, sourceId);
      const now = await tx.now();
      const stored = await storeItems(tx, originOf(source, now), list, now);
      await meet();
      return stored.map(({ outcome }) => outcome);
    });
  const before = (await office.items()).length;
  let other: Promise<string[]> | undefined;
  let ended = false;
  // The second begins while the first has written and not committed, and waits at the database's door.
  const outcomes = await store(first, drafts, async () => {
    other = store(second, drafts.toReversed(), () => Promise.resolve());
    void other.finally(() => (ended = true));
    while (!ended && !(await someoneWaits()));
  });
  expect(new Set(outcomes)).toEqual(new Set(['stored']));
  expect(new Set(await other)).toEqual(new Set(['duplicate']));
  expect(await office.items()).toHaveLength(before + count);
});

/** Whether a connection of this database waits for a lock of another. */
async function someoneWaits(): Promise<boolean> {
  const [row] = await office.db.asOwner<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT l.granted AND d.datname = current_database()`,
  );
  return row!.n > 0;
}
