/**
 * Rounds over many feeds of one local server, on a database of its own:
 *   npm run build && TEST_DATABASE_SUPERUSER_URL=postgres://… node bench/poll.mjs [feeds] [rounds]
 * 95 % of the feeds answer 304 to the conditional GET, the others have a new entry each round. Prints the seconds of each
 * round and the memory after it.
 */
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

const [feeds = 2_000, rounds = 20] = process.argv.slice(2).map(Number);
const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);
const { createTestDatabase } = await built('test/support/test-database.js');
const { PollService } = await built('libs/ingest/poll.service.js');
const { ParsePool } = await built('libs/ingest/feeds/parse-pool.js');
const { GuardedFetcher } = await built('libs/platform/fetch/guarded-fetch.js');

let round = 0;
const changes = (n) => n % 20 === 0;
const entry = (n, m) =>
  `<item><guid isPermaLink="false">${n}-${m}</guid><title>第${n}号信源第${m}条消息</title><link>https://news.example.cn/${n}/${m}</link><description>某地道路施工,公交线路临时调整,请市民提前安排出行。编号${n}-${m}。</description></item>`;
const server = createServer((request, response) => {
  const n = Number(/\d+/.exec(request.url)[0]);
  const etag = `"${changes(n) ? round : 0}"`;
  if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
  const last = changes(n) ? round + 20 : 20;
  const items = Array.from({ length: 20 }, (_, m) => entry(n, last - m)).join('');
  response
    .writeHead(200, { etag, 'content-type': 'application/rss+xml' })
    .end(
      `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${n}</title><link>https://news.example.cn/</link>${items}</channel></rss>`,
    );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();
const db = await createTestDatabase();
const owner = new pg.Client({ connectionString: db.urls.owner });
await owner.connect();
await owner.query(
  `INSERT INTO sources (id, kind, name, url, jurisdiction, channel, next_poll_at) SELECT gen_random_uuid(), 'feed', 'f' || n, 'http://127.0.0.1:${port}/' || n, '320600', 'web', huiying_now() FROM generate_series(1, $1) n`,
  [feeds],
);
const fetcher = new GuardedFetcher({ intranet: [`127.0.0.1:${port}`], userAgent: 'bench' });
const parser = new ParsePool();
const polls = new PollService(db.worker, fetcher, parser, { wake: async () => undefined });
const anyDue = async () =>
  (await owner.query('SELECT 1 FROM sources WHERE next_poll_at <= huiying_now() LIMIT 1')).rowCount > 0;
for (round = 0; round <= rounds; round += 1) {
  await owner.query('UPDATE sources SET next_poll_at = huiying_now(), claimed_until = NULL');
  const from = performance.now();
  while (await anyDue()) await polls.pollDue();
  await polls.drain();
  const seconds = (performance.now() - from) / 1_000;
  global.gc?.();
  const [{ n }] = (await owner.query('SELECT count(*)::int AS n FROM items')).rows;
  console.log(
    `${round === 0 ? 'first reading' : `round ${round}`}: ${seconds.toFixed(2)} s, ${Math.round(process.memoryUsage().rss / 1_048_576)} MB, ${n} items`,
  );
}
await parser.close();
await fetcher.close();
await owner.end();
server.close();
await db.drop();
