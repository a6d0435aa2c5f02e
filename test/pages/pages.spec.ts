import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type pg from 'pg';
import type { Browser } from 'playwright-core';
import { closePages, PHONE, seriousFindings, sideways, signIn, startBrowser } from '../support/browser.js';
import { gather, menuAddresses, rowsOf } from '../support/inbox.js';
import { ownerOf, plantProposals } from '../support/planted-incidents.js';
import { type Product, startProduct } from '../support/product.js';

const START_MS = 300_000;
// A test passes a dozen pages, each in both modes; the limit only ends one that hangs.
jest.setTimeout(300_000);

let product: Product;
let browser: Browser;
let owner: pg.Client;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  owner = await ownerOf(product.dataDir);
}, START_MS);

afterAll(async () => {
  await owner?.end();
  await browser?.close();
  await product?.stop();
}, START_MS);

// Also after an expectation that failed: a page left open would go on asking the product.
afterEach(async () => expect(await closePages(browser)).toEqual([]));

describe('each duty on its pages', () => {
  test.each(['analyst', 'supervisor', 'administrator', 'auditor'])(
    'every page that the menu offers to %s is sound, light and dark',
    async (username) => {
      const page = await signIn(browser, product, { username });
      const addresses = await menuAddresses(page);
      expect(addresses.length).toBeGreaterThan(0);
      const findings: string[] = [];
      for (const address of addresses)
        for (const mode of ['light', 'dark']) {
          await page.goto(`${address}?mode=${mode}`);
          await page.waitForLoadState('networkidle');
          findings.push(...(await seriousFindings(page)).map((finding) => `${address} ${mode}: ${finding}`));
        }
      expect(findings).toEqual([]);
    },
  );

  test.each(['analyst', 'supervisor', 'administrator', 'auditor'])(
    'no page that the menu offers to %s is pushed sideways on a phone, in the longer of the languages',
    async (username) => {
      const page = await signIn(browser, product, { username });
      const addresses = await menuAddresses(page);
      await page.evaluate("localStorage.setItem('huiying.language', 'en')");
      await page.setViewportSize(PHONE);
      const wide: string[] = [];
      for (const address of addresses) {
        await page.goto(address);
        await page.waitForLoadState('networkidle');
        if ((await sideways(page)) > 0) wide.push(address);
      }
      expect(wide).toEqual([]);
    },
  );

  test('a spokesperson’s orders fit a phone', async () => {
    const username = product.accounts.find((account) => account.role === 'spokesperson')!.username;
    const page = await signIn(browser, product, { username, viewport: PHONE });
    await page.getByRole('heading', { name: /我的交办/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
  });
});

describe('the analyst’s keyboard', () => {
  test('twenty proposals are put away without the mouse', async () => {
    await plantProposals(owner, '键盘', 20);
    const page = await signIn(browser, product, { username: 'analyst' });
    await page.goto('/inbox?q=键盘');
    await gather(page, 5);
    let last = '';
    for (let left = 20; left > 0; left -= 1) {
      const title = (await page.locator('.incident-card[aria-current=true] strong').first().textContent())!;
      last = title;
      await page.keyboard.press('e');
      await page.getByRole('dialog').getByRole('textbox').fill('演练');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      // The next one opens by itself.
      await page.waitForFunction(
        `document.querySelector('.incident-card[aria-current=true] strong')?.textContent !== ${JSON.stringify(title)}`,
      );
    }
    await page.getByText('没有符合筛选条件的事件。').waitFor();
    // The screen is ahead of the server: the last one is done when it can be taken back.
    await page.getByText(new RegExp(`· ${last.replace(' ', '-')}(?!\\d)`)).waitFor();
    const { rows } = await owner.query(
      `SELECT count(*)::int AS n FROM incidents WHERE title LIKE '键盘 %' AND state = 'rejected'`,
    );
    expect(rows[0]).toEqual({ n: 20 });
  });

  test('what was put away comes back within ten seconds', async () => {
    await plantProposals(owner, '撤销', 1);
    const page = await signIn(browser, product, { username: 'analyst' });
    await page.goto('/inbox?q=撤销');
    await rowsOf(page).first().waitFor();
    await page.keyboard.press('h');
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByText('已撤销，事件回到待研判').waitFor();
    await rowsOf(page).first().waitFor();
  });

  test('a query that can’t be understood is answered in plain words', async () => {
    const page = await signIn(browser, product, { username: 'analyst' });
    await page.goto('/inbox?q=颜色:红');
    await page.getByRole('alert').getByText('没有“颜色”这个条件').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});

test('of two analysts the slower one is shown what changed, and nothing is decided twice', async () => {
  await plantProposals(owner, '冲突', 1);
  const [first, second] = await Promise.all([
    signIn(browser, product, { username: 'analyst' }),
    signIn(browser, product, { username: 'analyst2' }),
  ]);
  for (const page of [first, second]) {
    await page.goto('/inbox?q=冲突');
    await rowsOf(page).first().waitFor();
  }
  // The second reads no more hints: its page is what it was.
  await second.route('**/api/v1/incidents?*', (route) => route.abort());
  await first.keyboard.press('c');
  await first.getByText(/已确认 · /).waitFor();
  await second.keyboard.press('c');
  const dialog = second.getByRole('dialog', { name: /内容已被他人更改/ });
  await dialog.getByText('已确认').first().waitFor();
  expect(await dialog.getByRole('button', { name: '按现状执行我的决定' }).isDisabled()).toBe(true);
});

test('a limit that expires turns red on the open wall without a reload', async () => {
  const page = await signIn(browser, product, { username: 'supervisor' });
  await page.goto('/wall');
  const listed = page.getByText('看板时限 1');
  await plantProposals(owner, '看板时限', 1);
  await owner.query(
    `INSERT INTO response_clocks (id, incident_id, clock_key, act, force, form, scope, label, state, started_at, due_at, policy_pack, policy_version, next_look_at, drill)
     SELECT gen_random_uuid(), id, 'test.1', 'publicResponse', 'limit', 'deadline', 'public', '公开回应', 'armed', huiying_now(), huiying_now() + interval '3 seconds', 'yunjiang', 'test', huiying_now() + interval '3 seconds', true
       FROM incidents WHERE title = '看板时限 1'`,
  );
  await listed.first().waitFor();
  await page
    .locator('li', { has: listed })
    .getByText(/^\s*超/)
    .first()
    .waitFor();
});

test('the big screen opens with a token alone and says so when it is cut off', async () => {
  const administrator = await signIn(browser, product, { username: 'administrator' });
  const supervisor = await signIn(browser, product, { username: 'supervisor' });
  const { userId } = (await (await supervisor.request.get('/api/v1/session')).json()) as { userId: string };
  const { csrfToken } = (await (await administrator.request.get('/api/v1/session')).json()) as { csrfToken: string };
  const made = await administrator.request.post('/api/v1/tokens', {
    headers: { 'x-csrf-token': csrfToken, origin: product.url },
    data: { userId, name: '大屏', scopes: ['bigScreen.read'], expiresInDays: 1 },
  });
  const { secret } = (await made.json()) as { secret: string };
  const context = await browser.newContext({ baseURL: product.url, viewport: { width: 1920, height: 1080 } });
  const screen = await context.newPage();
  await screen.goto(`/screen#key=${secret}`);
  await screen.getByText(/数据更新于/).waitFor();
  expect(screen.url()).not.toContain('key=');
  expect(await seriousFindings(screen)).toEqual([]);
  await context.setOffline(true);
  await screen.getByRole('alert').getByText('数据已停止更新').waitFor();
});
