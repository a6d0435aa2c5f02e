import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, PHONE, seriousFindings, signIn, startBrowser } from '../support/browser.js';
import { type Product, startProduct } from '../support/product.js';

/** A case of the demonstration that none of its stories touches: conduct of law enforcement in 望溪区. */
const CASE = /望溪/;
const START_MS = 300_000;

let product: Product;
let browser: Browser;
let analyst: Page;
let incident: { id: string; title: string; leadBodyId: string };

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
}, START_MS);

test('an incident appears on the analyst’s open page without a reload', async () => {
  analyst = await signIn(browser, product, { username: 'analyst' });
  await analyst.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
  const row = analyst.getByRole('button', { name: CASE });
  const banner = analyst.getByRole('button', { name: /有 \d+ 条新事件/ });
  await row.or(banner).first().waitFor();
  // New rows wait behind the banner, so that the list does not move under the hand.
  while (!(await row.first().isVisible())) {
    await banner.or(row).first().waitFor();
    if (await banner.isVisible()) await banner.click();
  }
  expect(await analyst.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
  await row.first().click();
  await analyst.getByRole('article').getByText('回应主体').waitFor();
  expect(await seriousFindings(analyst)).toEqual([]);
});

test('confirmed with one key, it leaves the inbox; then it is assigned as proposed', async () => {
  const title = (await analyst.getByRole('article').getAttribute('aria-label'))!;
  await analyst.keyboard.press('c');
  await analyst.getByText(/已确认 · /).waitFor();
  expect(await analyst.getByRole('button', { name: title }).count()).toBe(0);
  await analyst.getByText(/^已确认 \d/).click();
  await analyst.getByRole('button', { name: title }).click();
  const assigned = analyst.waitForResponse((answer) => answer.url().endsWith('/assign') && answer.ok());
  await analyst.getByRole('button', { name: '按建议交办' }).click();
  const [, id] = /incidents\/([^/]+)\/assign/.exec((await assigned).url())!;
  await analyst.getByText('已交办', { exact: true }).first().waitFor();
  incident = (await (await analyst.request.get(`/api/v1/incidents/${id}`)).json()) as typeof incident;
  expect(incident).toMatchObject({ title, leadBodyId: expect.stringMatching(/^990103-/) });
  await analyst.goto(`/incidents/${incident.id}`);
  await analyst.getByRole('button', { name: '计算单' }).first().click();
  await analyst.getByText(/从交办时间起算|从首次公开时间起算|从发现时间起算/).waitFor();
  expect(await seriousFindings(analyst)).toEqual([]);
});

test('the spokesperson signs for it on a phone', async () => {
  const phone = await signIn(browser, product, {
    username: `spokes.${incident.leadBodyId.toLowerCase()}`,
    viewport: PHONE,
  });
  const order = phone.getByRole('link', { name: incident.title });
  await order.waitFor();
  expect(await seriousFindings(phone)).toEqual([]);
  await order.click();
  const sign = phone.getByRole('button', { name: /^签收/ });
  expect((await sign.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await sign.click();
  await phone.getByRole('button', { name: '核实反馈' }).waitFor();
  expect(await phone.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  expect(await seriousFindings(phone)).toEqual([]);
});

test('the supervisor’s wall shows it, in Chinese and in English', async () => {
  const wall = await signIn(browser, product, { username: 'supervisor', viewport: DESKTOP });
  await wall.getByRole('link', { name: incident.title }).first().waitFor();
  expect(await seriousFindings(wall)).toEqual([]);
  await wall.getByRole('button', { name: 'English' }).click();
  await wall.getByText('Overdue list').waitFor();
  expect(await wall.locator('html').getAttribute('lang')).toBe('en');
});
