import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { storeFeedItems } from '#ingest/feed-items.store.js';
import { originOf } from '#ingest/items.store.js';
import { sha256 } from '#kernel/hash.js';
import { everything, office, type Office, openOffice, person } from '../support/office.js';

const ANALYST = person('网信办 周敏');
let o: Office;
let site: Server;
let siteUrl: string;
/** What the registered site shows, by path. */
const pages = new Map<string, string>();

beforeAll(async () => {
  site = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const { port } = site.address() as AddressInfo;
  siteUrl = `http://127.0.0.1:${port}`;
  o = await openOffice('nantong', [`127.0.0.1:${port}`]);
});
afterAll(async () => {
  await o.close();
  site.close();
});

test('debug', async () => {
  await o.db.setNow(office('2026-11-20 14:12'));
  await o.db.worker.asSystem(async (tx) => {
    const source = (await tx.one<never>(`SELECT s.* FROM sources s WHERE id = $1`, [o.sourceId])) as never;
    const now = await tx.now();
    const text = '2026年11月20日14时05分许，如东县洋口镇一化工企业车间发生爆炸，已造成5人死亡，另有6人失联，救援正在进行。';
    await storeFeedItems(tx, { ...originOf(source, now), sourceId: o.sourceId, region: '南通市', channel: 'media', sourceName: '南通新闻', jurisdiction: '320600' }, [
      { facts: { id: 'a', title: '如东一化工企业发生爆炸', text, published: office('2026-11-20 14:10') }, draft: { kind: 'article', title: '如东一化工企业发生爆炸', body: text, contentSha256: sha256(text), publishedAt: office('2026-11-20 14:10') } },
    ], now);
  });
  await o.settle();
  console.log(JSON.stringify(await o.db.asOwner('select * from incidents'), null, 1));
  console.log(JSON.stringify(await o.db.asOwner('select * from routing_proposals'), null, 1));
  console.log(JSON.stringify(await o.db.asOwner('select category, decision, event, places, grade from item_analyses'), null, 1));
});
