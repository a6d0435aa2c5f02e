import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import type { Browser } from 'playwright-core';
import { breakableLine } from '../support/breakable-line.js';
import { closePages, signIn, startBrowser } from '../support/browser.js';
import { gather, rowsOf } from '../support/inbox.js';
import { ownerOf, plantProposals } from '../support/planted-incidents.js';
import { type Product, startProduct } from '../support/product.js';

const START_MS = 300_000;

let product: Product;
let browser: Browser;
let owner: pg.Client;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
}, START_MS);

afterAll(async () => {
  await owner?.end();
  await browser?.close();
  await product?.stop();
}, START_MS);

// What the browser says of a server that is away is expected here.
afterEach(() => closePages(browser));

test(
  'a server that restarts during work: the page says so, stands still, and reads again what it missed',
  async () => {
    owner = await ownerOf(product.dataDir);
    await plantProposals(owner, '重启前', 1);
    await owner.end();
    const page = await signIn(browser, product, { username: 'analyst' });
    await page.goto('/inbox?q=重启');
    await rowsOf(page).first().waitFor();
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    const notice = page.getByText('与服务器的连接已断开');
    await product.down();
    await notice.waitFor();
    // What was on the screen stays on it.
    expect(await rowsOf(page).count()).toBe(1);
    await product.up();
    await notice.waitFor({ state: 'hidden' });
    owner = await ownerOf(product.dataDir);
    await plantProposals(owner, '重启后', 1);
    await gather(page, 2);
    expect(await page.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
  },
  START_MS,
);

test('a connection that drops for a moment: the client names where it stood, and what did not change is not read again', async () => {
  // A connection that is left open falls with the database at the end, after the tests, with nobody to hear its error.
  await owner?.end();
  owner = await ownerOf(product.dataDir);
  await plantProposals(owner, '断线前', 1);
  const page = await signIn(browser, product, { username: 'analyst' });
  const line = await breakableLine(page);
  let bodiesRead = 0;
  page.on('request', (request) => void (request.url().endsWith('/api/v1/bodies') && (bodiesRead += 1)));
  await page.goto('/inbox?q=断线');
  await rowsOf(page).first().waitFor();
  const { seq } = await line.welcome();
  const away = page.getByText('与服务器的连接已断开');
  line.cut();
  await plantProposals(owner, '断线后', 1);
  await owner.query(
    `INSERT INTO ledger_entries (id, at, actor_kind, actor_id, actor_name, type, incident_id)
     SELECT gen_random_uuid(), huiying_now(), 'system', 'test', 'test', 'incident.heated', id FROM incidents WHERE title LIKE '断线后%'`,
  );
  line.mend();
  await gather(page, 2);
  await away.waitFor({ state: 'hidden' });
  expect(line.named.map((since) => since?.seq ?? -1)).toEqual([expect.any(Number), expect.any(Number)]);
  expect(line.named[1]!.seq).toBeGreaterThanOrEqual(seq);
  expect(bodiesRead).toBe(1);
});

test('the auditor has the chain verified and finds it whole', async () => {
  const page = await signIn(browser, product, { username: 'auditor' });
  await page.goto('/ledger');
  await page.getByRole('button', { name: '核验链条' }).click();
  await page.getByText(/^链条完整：已核验/).waitFor();
});
