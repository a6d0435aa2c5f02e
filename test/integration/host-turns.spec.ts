import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ParsePool } from '#ingest/feeds/parse-pool.js';
import { readFeed } from '#ingest/feeds/read-feed.js';
import { PollService } from '#ingest/poll.service.js';
import { addSource } from '#ingest/sources.store.js';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import type { WakeUps } from '#platform/queue/wake-ups.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(120_000);

/** A server that counts how many questions it holds at once and how often each address was asked. */
interface Host {
  server: Server;
  port: number;
  most: number;
  asked: string[];
}
let db: TestDatabase;
let hosts: Host[];
let fetchers: GuardedFetcher[];
const FEEDS = 40;

async function startHost(): Promise<Host> {
  const host: Host = { server: createServer(), port: 0, most: 0, asked: [] };
  let open = 0;
  host.server.on('request', (request, response) => {
    open += 1;
    host.most = Math.max(host.most, open);
    host.asked.push(request.url!);
    // The answer comes a turn of the event loop later, so that whoever asks at the same time is seen.
    setImmediate(() => {
      open -= 1;
      const entry = `<item><guid isPermaLink="false">${host.port}${request.url}</guid><title>通报</title><description>${host.port}${request.url}</description></item>`;
      response.end(`<rss version="2.0"><channel><title>某市发布</title>${entry}</channel></rss>`);
    });
  });
  await new Promise<void>((resolve) => host.server.listen(0, '127.0.0.1', resolve));
  host.port = (host.server.address() as AddressInfo).port;
  return host;
}

beforeAll(async () => {
  db = await createTestDatabase();
  hosts = await Promise.all([startHost(), startHost()]);
  const intranet = hosts.map(({ port }) => `127.0.0.1:${port}`);
  fetchers = [1, 2].map(() => new GuardedFetcher({ intranet, userAgent: 'test' }));
});
afterAll(async () => {
  for (const fetcher of fetchers) await fetcher.close();
  for (const { server } of hosts) server.close();
  await db?.drop();
});

test('two processes that ask many sources of two hosts give each host one question at a time and ask each source once', async () => {
  await db.worker.asSystem(async (tx) => {
    for (const { port } of hosts)
      for (let n = 0; n < FEEDS; n += 1)
        await addSource(tx, {
          kind: 'feed',
          name: `${port} ${n}`,
          url: `http://127.0.0.1:${port}/${n}`,
          jurisdiction: '320600',
          channel: 'web',
        });
    await tx.query('UPDATE sources SET next_poll_at = huiying_now()');
  });
  const sameThread = { read: readFeed } as unknown as ParsePool;
  const noQueue = { wake: () => Promise.resolve() } as unknown as WakeUps;
  const processes = fetchers.map((fetcher) => new PollService(db.worker, fetcher, sameThread, noQueue));
  const anyDue = async () =>
    (await db.asOwner('SELECT 1 FROM sources WHERE next_poll_at <= huiying_now() LIMIT 1')).length > 0;
  await Promise.all(
    processes.map(async (polls) => {
      while (await anyDue()) await polls.pollDue();
      await polls.drain();
    }),
  );
  for (const host of hosts) {
    expect(host.most).toBe(1);
    expect(host.asked.length).toBe(FEEDS);
    expect(new Set(host.asked).size).toBe(FEEDS);
  }
  expect((await db.asOwner('SELECT 1 FROM items')).length).toBe(2 * FEEDS);
});
