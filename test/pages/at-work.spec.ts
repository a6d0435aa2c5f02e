import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import {
  closePages,
  DESKTOP,
  PHONE,
  pictured,
  seriousFindings,
  sideways,
  signIn,
  startBrowser,
} from '../support/browser.js';
import { type Case, openCase } from '../support/case.js';
import { ownerOf, plantUnsureItems } from '../support/planted-incidents.js';
import { type Product, startProduct } from '../support/product.js';

const START_MS = 300_000;
// A test passes a dozen pages, each in both modes; the limit only ends one that hangs.
jest.setTimeout(300_000);
const LEAD = '990100-DRC';

let product: Product;
let browser: Browser;
let owner: pg.Client;
let opened: Case;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  owner = await ownerOf(product.dataDir);
  opened = await openCase(product, {
    title: '云江市公交票价要涨一倍？',
    text: '网友发帖称云江市公交票价下月起上涨一倍，公示只有三天，质疑为什么没有开听证会，老年卡是否还能免费乘车。',
    bodies: [LEAD],
    grade: 'III',
  });
}, START_MS);

afterAll(async () => {
  await owner?.end();
  await browser?.close();
  await product?.stop();
}, START_MS);

// Also after an expectation that failed: a page left open would go on asking the product.
afterEach(async () => expect(await closePages(browser)).toEqual([]));

describe('colleagues at one incident', () => {
  test('see each other come and go, and who drafts is told from who looks', async () => {
    const analyst = await signIn(browser, product, { username: 'analyst' });
    const second = await signIn(browser, product, { username: 'analyst2' });
    const speaker = await signIn(browser, product, { username: `spokes.${LEAD.toLowerCase()}`, viewport: PHONE });
    const names = await Promise.all([analyst, second, speaker].map(nameOf));
    await analyst.goto(`/incidents/${opened.id}`);
    await second.goto(`/incidents/${opened.id}`);
    await analyst.getByText(`${names[1]} 正在查看`).waitFor();
    await second.getByText(`${names[0]} 正在查看`).waitFor();

    await speaker.getByRole('link', { name: opened.title }).click();
    await speaker.getByText(`${names[0]} 正在查看`).waitFor();
    await analyst.getByText(`${names[2]} 正在查看`).waitFor();
    await speaker.getByRole('button', { name: /^签收/ }).click();
    await speaker.getByRole('button', { name: '起草权威信息' }).click();
    await speaker.getByLabel('标题').fill('关于公交票价的回应');
    await analyst.getByText(`${names[2]} 正在起草`).waitFor();
    await second.getByText(`${names[2]} 正在起草`).waitFor();
    await pictured(analyst, 'presence-desktop');
    await pictured(speaker, 'presence-phone');
    for (const page of [analyst, speaker]) expect(await seriousFindings(page)).toEqual([]);
    await analyst.setViewportSize(PHONE);
    for (const page of [analyst, speaker]) expect(await sideways(page)).toBe(0);

    await second.goto('/inbox');
    await speaker.context().close();
    await analyst.getByText(`${names[1]} 正在查看`).waitFor({ state: 'hidden' });
    await analyst.getByText(`${names[2]} 正在起草`).waitFor({ state: 'hidden' });
  });
});

describe('the page of an incident', () => {
  test('fits a phone when the window shrinks, also when a body missed many limits', async () => {
    await owner.query(
      `INSERT INTO response_clocks (id, incident_id, clock_key, act, force, form, scope, label, body_id, state, started_at, due_at, state_at, policy_pack, policy_version, drill)
       SELECT gen_random_uuid(), $1, 'test.' || n, 'verify', 'limit', 'deadline', 'inner', '第' || n || '次核实情况并书面反馈', $2, 'metLate', huiying_now() - interval '2 hours', huiying_now() - interval '1 hour', huiying_now(), 'yunjiang', 'test', true
         FROM generate_series(1, 4) n`,
      [opened.id, LEAD],
    );
    for (const language of ['zh-CN', 'en']) {
      const page = await signIn(browser, product, { username: 'analyst', viewport: DESKTOP });
      await page.goto(`/incidents/${opened.id}?lang=${language}`);
      await page.getByText('第4次核实情况并书面反馈').last().waitFor();
      await page.setViewportSize(PHONE);
      await page.locator('.shell-menu').waitFor({ state: 'hidden' });
      await pictured(page, `incident-phone-${language}`);
      expect(await sideways(page)).toBe(0);
    }
  });
});

describe('the page of items', () => {
  const current = (page: Page) => page.locator('.rows > li[aria-current=true] strong').first();
  const judgements = async (title: string) => {
    const { rows } = await owner.query<{ category: string }>(
      `SELECT c.to_category AS category FROM category_corrections c JOIN items i ON i.id = c.item_id WHERE i.title = $1`,
      [title],
    );
    return rows.map(({ category }) => category);
  };
  /** The words that the keys are tried with; unlike any other of the demonstration. */
  const open = async (word: string) => {
    await plantUnsureItems(owner, word, 3);
    const page = await signIn(browser, product, { username: 'analyst' });
    await page.goto(`/items?q=${word}`);
    await page.locator('.rows > li').nth(2).waitFor();
    return page;
  };

  test('is worked off by keys: move, look, judge, and the next one is at hand', async () => {
    const page = await open('按键甲');
    expect(await current(page).textContent()).toBe('按键甲 3');
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    expect(await current(page).textContent()).toBe('按键甲 2');
    await page.keyboard.press('Enter');
    await page.locator('.rows > li[aria-current=true] .item-ground').waitFor();
    await page.keyboard.press('e');
    await page.getByText('按键甲 2').waitFor({ state: 'hidden' });
    expect(await current(page).textContent()).toBe('按键甲 1');
    await page.keyboard.press('s');
    await page.getByText('按键甲 1').waitFor({ state: 'hidden' });
    expect(await current(page).textContent()).toBe('按键甲 3');
    await page.keyboard.press('c');
    await page.getByRole('menuitem').first().waitFor();
    await pictured(page, 'items-take-up');
    const answered = page.waitForResponse(/judgement$/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await (await answered).text()).toContain('incident');
    await page.waitForURL(/\/incidents\//);
    expect(await judgements('按键甲 2')).toEqual(['NONE']);
    expect(await judgements('按键甲 1')).toEqual(['SR']);
    expect((await judgements('按键甲 3'))[0]).toMatch(/^C\d/);
  });

  test('leaves keys alone while an input method composes, in a field, and when they are switched off', async () => {
    const page = await open('按键乙');
    const pressed = (init: string) =>
      page.evaluate(`document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, ${init} }))`);
    await pressed('isComposing: true');
    await pressed('keyCode: 229');
    expect(await current(page).textContent()).toBe('按键乙 3');
    await pressed('');
    expect(await current(page).textContent()).toBe('按键乙 2');
    await page.keyboard.press('/');
    await page.keyboard.type('jke');
    expect(await page.getByRole('searchbox').inputValue()).toContain('jke');
    expect(await current(page).textContent()).toBe('按键乙 2');
    await page.getByRole('searchbox').blur();

    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: '快捷键' });
    await sheet.getByText('无需回应').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await pictured(page, 'items-keys');
    await sheet.getByRole('switch').click();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('k');
    expect(await current(page).textContent()).toBe('按键乙 2');
    expect(await judgements('按键乙 2')).toEqual([]);
  });

  test('says in the menu how many wait', async () => {
    const page = await open('按键丙');
    const count = page.getByRole('navigation', { name: '主菜单' }).locator('.menu-count');
    const before = Number(await count.textContent());
    expect(before).toBeGreaterThanOrEqual(3);
    await page.keyboard.press('e');
    await page.getByText('按键丙 3').waitFor({ state: 'hidden' });
    await page.waitForFunction(`document.querySelector('.menu-count')?.textContent === '${before - 1}'`);
    await pictured(page, 'items-count');
    expect(await seriousFindings(page)).toEqual([]);
  });
});

const nameOf = async (page: Page): Promise<string> =>
  ((await (await page.request.get('/api/v1/session')).json()) as { displayName: string }).displayName;
