/**
 * `node tools/screenshots.mjs <base URL> <demo-accounts.json> [--out docs/screens]`: pictures of the main pages of a
 * running demonstration. Everything in it is invented; never point this at a real installation.
 *
 * Chromium is the one at `TEST_CHROMIUM`, else /usr/bin/chromium. Exit code 1 when a page did not show what it should.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const PATIENCE_MS = 60_000;
const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  screen: { width: 1920, height: 1080 },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'docs/screens' } },
});
const [base, accountsFile] = positionals;
if (base === undefined || accountsFile === undefined) {
  console.error('usage: node tools/screenshots.mjs <base URL> <demo-accounts.json> [--out folder]');
  process.exit(2);
}
const accounts = JSON.parse(readFileSync(accountsFile, 'utf8'));
mkdirSync(values.out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ARGS,
});

/** A browser context of one account, signed in over HTTP. */
async function signedIn(username, size) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: SIZES[size],
    deviceScaleFactor: 1,
    timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (username === undefined) return context;
  const { password } = accounts.find((account) => account.username === username);
  const answer = await context.request.post('/api/v1/session', { data: { username, password } });
  if (!answer.ok()) throw new Error(`${username} can't sign in: ${answer.status()}`);
  return context;
}

/** The incident of the demonstration that shows most: graded, assigned, with a ladder. */
async function showpiece() {
  const context = await signedIn('analyst', 'desktop');
  const answer = await context.request.get('/api/v1/incidents?state=assigned,responded&sort=grade&limit=10');
  const { items } = await answer.json();
  await context.close();
  if (items.length === 0) throw new Error('the demonstration has no assigned incident yet; wait a minute');
  return items[0];
}

/** Opens a page, waits for what it must show, does what `then` says, and takes the picture. */
async function take({ name, as, at, shows, size = 'desktop', language = 'zh-CN', mode = 'light', then }) {
  const context = await signedIn(as, size);
  const page = await context.newPage();
  await page.addInitScript(
    ([lang, appearance]) => {
      localStorage.setItem('huiying.language', lang);
      localStorage.setItem('huiying.mode', appearance);
    },
    [language, mode],
  );
  await page.goto(at);
  await page.locator(shows).first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  if (then !== undefined) await then(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(values.out, `${name}.png`), animations: 'disabled' });
  await context.close();
  console.log(`${name}.png`);
}

const incident = await showpiece();
const spokesperson = `spokes.${incident.leadBodyId.toLowerCase()}`;
const page = `/incidents/${incident.id}`;
const PICTURES = [
  { name: 'sign-in', at: '/', shows: 'form' },
  { name: 'inbox', as: 'analyst', at: '/inbox', shows: 'article .ground' },
  { name: 'inbox-en-dark', as: 'analyst', at: '/inbox', shows: 'article .ground', language: 'en', mode: 'dark' },
  { name: 'incident', as: 'analyst', at: page, shows: '.rows .digits' },
  {
    name: 'incident-why',
    as: 'analyst',
    at: page,
    shows: '.rows .digits',
    then: async (shown) => {
      await shown.getByRole('tab', { name: '判断理由' }).click();
      await shown.locator('.ground').first().waitFor();
    },
  },
  {
    name: 'computation',
    as: 'analyst',
    at: page,
    shows: '.rows .digits',
    then: async (shown) => {
      await shown.getByRole('button', { name: '计算单' }).first().click();
      await shown.locator('.computation li').first().waitFor();
    },
  },
  { name: 'orders-phone', as: spokesperson, at: '/orders', shows: '.order-link', size: 'phone' },
  { name: 'order-phone', as: spokesperson, at: `/orders?incident=${incident.id}`, shows: '.rows', size: 'phone' },
  {
    name: 'order-phone-en-dark',
    as: spokesperson,
    at: `/orders?incident=${incident.id}`,
    shows: '.rows',
    size: 'phone',
    language: 'en',
    mode: 'dark',
  },
  { name: 'wall', as: 'supervisor', at: '/wall', shows: '.rows .digits' },
  { name: 'screen', as: 'supervisor', at: '/screen', shows: '.screen .rows .digits', size: 'screen', mode: 'dark' },
  { name: 'sources', as: 'administrator', at: '/sources', shows: 'tbody tr.ant-table-row' },
];

let failed = 0;
for (const picture of PICTURES)
  await take(picture).catch((error) => {
    failed += 1;
    console.error(`${picture.name}: ${error.message.split('\n')[0]}`);
  });
await browser.close();
process.exit(failed === 0 ? 0 : 1);
