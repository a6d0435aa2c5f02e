import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ParsePool } from '#ingest/feeds/parse-pool.js';
import { readFeed } from '#ingest/feeds/read-feed.js';
import { PollService } from '#ingest/poll.service.js';
import { addSource, findSourceForWork } from '#ingest/sources.store.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import type { WakeUps } from '#platform/queue/wake-ups.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(120_000);

let db: TestDatabase;
let server: Server;
let fetcher: GuardedFetcher;
let polls: PollService;
let sourceId: string;
let answer: { status: number; body: string; etag?: string };

const item = (id: string, title: string) =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://news.example.cn/${id}</link><description>正文</description></item>`;
const feed = (...items: string[]) =>
  `<rss version="2.0"><channel><title>某市发布</title><link>https://news.example.cn/</link>${items.join('')}</channel></rss>`;

beforeAll(async () => {
  db = await createTestDatabase();
  server = createServer((request, response) => {
    if (answer.etag !== undefined && request.headers['if-none-match'] === answer.etag) response.writeHead(304).end();
    else response.writeHead(answer.status, answer.etag === undefined ? {} : { etag: answer.etag }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  fetcher = new GuardedFetcher({ intranet: [`127.0.0.1:${port}`], userAgent: 'test' });
  const sameThread = { read: readFeed } as unknown as ParsePool;
  const noQueue = { wake: () => Promise.resolve() } as unknown as WakeUps;
  polls = new PollService(db.worker, fetcher, sameThread, noQueue);
  const source = {
    kind: 'feed',
    name: '某市发布',
    url: `http://127.0.0.1:${port}/rss`,
    jurisdiction: '320600',
    channel: 'web',
  } as const;
  sourceId = (await db.worker.asSystem((tx) => addSource(tx, source))).id;
});
afterAll(async () => {
  await fetcher?.close();
  server?.close();
  await db?.drop();
});

/** Polls once; tells how many items came, and how the source stands. */
async function poll(next: typeof answer) {
  answer = next;
  const brought = await polls.poll(await db.worker.asSystem((tx) => findSourceForWork(tx, sourceId)));
  const source = await db.worker.asSystem((tx) => findSourceForWork(tx, sourceId));
  return { brought, state: source.state, error: source.lastErrorCode, failures: source.failureCount };
}
const items = () =>
  db.asOwner<{ title: string; revision: number }>(
    'SELECT title, revision FROM items WHERE source_id = $1 ORDER BY title, revision',
    [sourceId],
  );

describe('a source that is asked again and again', () => {
  it('stores each entry once, an edit as a revision, and the order of the document does not matter', async () => {
    expect(
      await poll({ status: 200, body: feed(item('1', '停水通报'), item('2', '招聘公告')), etag: '"a"' }),
    ).toMatchObject({ brought: 2, error: null });
    expect(
      await poll({ status: 200, body: feed(item('1', '停水通报'), item('2', '招聘公告')), etag: '"a"' }),
    ).toMatchObject({ brought: 0 });
    expect(
      await poll({
        status: 200,
        body: feed(item('2', '招聘公告'), item('1', '停水通报(更新)'), item('1', '停水通报')),
        etag: '"b"',
      }),
    ).toMatchObject({ brought: 1 });
    expect(await items()).toEqual([
      { title: '停水通报', revision: 1 },
      { title: '停水通报(更新)', revision: 2 },
      { title: '招聘公告', revision: 1 },
    ]);
  });

  it('revises nothing on a day on which the document is broken', async () => {
    const broken = feed(item('1', '停水通报(更新)'), item('2', '招聘公告'))
      .replace('某市发布', 'A & B')
      .replace('</channel></rss>', '');
    expect(await poll({ status: 200, body: broken })).toMatchObject({ brought: 0, error: null });
  });

  it('calls an error page with status 200 and a busy server failures, and recovers', async () => {
    expect(await poll({ status: 200, body: '<html><body>系统维护中</body></html>' })).toMatchObject({
      error: 'FEED_UNREADABLE',
      failures: 1,
    });
    expect(await poll({ status: 503, body: '' })).toMatchObject({ error: 'HTTP_503', failures: 2, state: 'active' });
    expect(await poll({ status: 200, body: feed(item('3', '复水公告')) })).toMatchObject({
      brought: 1,
      error: null,
      failures: 0,
    });
  });

  it('asks no more where the server says that the address is gone', async () => {
    expect(await poll({ status: 410, body: '' })).toMatchObject({ brought: 0, state: 'gone', error: 'HTTP_410' });
  });
});
