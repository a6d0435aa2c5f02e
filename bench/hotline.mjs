/**
 * Hotline messages over HTTP to committed receipts, on a database of its own:
 *   npm run build && TEST_DATABASE_SUPERUSER_URL=postgres://… node bench/hotline.mjs [batches] [senders]
 * Sends batches of 1,000 through the api of one process, then copies the same rows into the same table with COPY.
 * Prints messages a second of both and their ratio.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

const [batches = 40, senders = 3] = process.argv.slice(2).map(Number);
const SIZE = 1_000;
const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);

if (process.env.BENCH_API !== undefined) {
  // The api in a process of its own, as in service.
  const { Database } = await built('libs/platform/database/database.js');
  const { startApi } = await built('test/support/api.js');
  const app = await Database.connect({ url: process.env.BENCH_API, applicationName: 'bench-api', poolSize: 8 });
  const api = await startApi({ app });
  await api.account('operator', [{ duty: 'hotline_operator', jurisdiction: '320600' }]);
  process.send({ url: api.url });
  await once(process, 'disconnect');
  process.exit(0);
}

const { createTestDatabase } = await built('test/support/test-database.js');
const { TestClient } = await built('test/support/api.js');
const db = await createTestDatabase();
await db.asOwner(
  `INSERT INTO sources (id, kind, name, jurisdiction, channel) VALUES (gen_random_uuid(), 'hotline', '12345', '320600', '12345热线')`,
);
const child = fork(process.argv[1], [], { env: { ...process.env, BENCH_API: db.urls.app } });
const [{ url }] = await once(child, 'message');
const client = new TestClient(url);
await client.signIn('operator');

const MATTERS = [
  '停水三天没有人处理,老人孩子用水困难',
  '楼下烧烤摊每天营业到凌晨两点,油烟和噪声扰民',
  '公交站台顶棚破损漏雨',
  '公司拖欠三个月工资',
  '路灯坏了半个月,夜里看不见路',
];
const message = (n) => ({
  number: `20261126${String(n).padStart(8, '0')}`,
  occurredAt: '2026-11-26T08:00:00+08:00',
  channel: '电话',
  requestType: '投诉',
  area: '崇川区',
  content: `来电人反映: 某街道第${n}号小区${MATTERS[n % MATTERS.length]},已经多次联系物业,至今没有答复,希望有关部门尽快处理并回复。`,
  caller: { name: '张建国', phone: `138${String(n).padStart(8, '0')}` },
});
let at = 0;
const nextBatch = () => JSON.stringify(Array.from({ length: SIZE }, () => message((at += 1))));
const send = async (body) => {
  const answer = await fetch(`${url}/api/v1/hotline/messages`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      origin: url,
      cookie: client.cookieHeader,
      'x-csrf-token': client.csrf,
    },
  });
  const { receipts } = await answer.json();
  if (receipts?.some((receipt) => receipt.result !== 'accepted')) throw new Error('a message was not accepted');
};
for (let n = 0; n < 6; n += 1) await send(nextBatch());

const bodies = Array.from({ length: batches }, nextBatch);
const from = performance.now();
await Promise.all(
  Array.from({ length: senders }, async () => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await send(body);
  }),
);
const seconds = (performance.now() - from) / 1_000;
const perSecond = (batches * SIZE) / seconds;

// COPY of the same rows into the same table, with its indexes: as psql would, text in, text out.
const superuser = new pg.Client({ connectionString: db.urls.superuser });
await superuser.connect();
const file = `/tmp/bench-hotline-${process.pid}.copy`;
await superuser.query(`COPY (SELECT * FROM items ORDER BY id DESC LIMIT ${batches * SIZE}) TO '${file}'`);
await superuser.query('CREATE TABLE copied (LIKE items INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)');
const copyFrom = performance.now();
await superuser.query(`COPY copied FROM '${file}'`);
const copied = (batches * SIZE) / ((performance.now() - copyFrom) / 1_000);
await superuser.end();
console.log(
  JSON.stringify({
    messages: batches * SIZE,
    senders,
    perSecond: Math.round(perSecond),
    copyPerSecond: Math.round(copied),
    ratio: Number((perSecond / copied).toFixed(3)),
  }),
);
child.disconnect();
await once(child, 'exit');
await db.drop();
