import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import type { Browser } from 'playwright-core';
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

test('the auditor has the chain verified and finds it whole', async () => {
  const page = await signIn(browser, product, { username: 'auditor' });
  await page.goto('/ledger');
  await page.getByRole('button', { name: '核验链条' }).click();
  await page.getByText(/^链条完整：已核验/).waitFor();
});
