/**
 * `node tools/screenshots.mjs <base URL> <demo-accounts.json> [--out docs/screens] [--every]`: pictures of the main pages
 * of a running demonstration. Everything in it is invented; never point this at a real installation.
 *
 * Besides the pages that need a hand (PICTURES), every page that a menu offers is taken, so a page that joins
 * apps/web/pages joins here: desktop, Chinese, light. With --every each is taken on desktop and phone, in Chinese and
 * English, light and dark, into `<out>/every`: those are to be looked at, not to be kept.
 *
 * Chromium is the one at `TEST_CHROMIUM`, else /usr/bin/chromium. Exit code 1 when a page did not show what it should.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const PATIENCE_MS = 60_000;
/** A live page never falls silent for long; it is taken after this. */
const SETTLE_MS = 3_000;
const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  screen: { width: 1920, height: 1080 },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'docs/screens' }, every: { type: 'boolean', default: false } },
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
  await page.waitForLoadState('networkidle', { timeout: SETTLE_MS }).catch(() => undefined);
  if (then !== undefined) await then(page);
  await page.evaluate(() => document.fonts.ready);
  const file = path.join(values.out, `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled' });
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

/** Whose menus are walked; a page that several are offered is taken as the first. */
const WALKERS = ['analyst', 'supervisor', 'administrator', 'auditor', spokesperson];

/** The pages of the menus that have no picture of their own, or every page in every appearance. */
async function menuPictures() {
  const known = new Set(values.every ? [] : PICTURES.map(({ at }) => at));
  const found = [];
  for (const as of WALKERS) {
    const context = await signedIn(as, 'desktop');
    const shown = await context.newPage();
    await shown.goto('/');
    await shown.locator('.shell-head').waitFor();
    const addresses = await shown
      .locator('.shell-menu a[href]')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    await context.close();
    for (const at of addresses.filter((address) => !known.has(address))) {
      known.add(at);
      found.push({ name: at.slice(1).replaceAll('/', '-'), as, at, shows: '#content > *' });
    }
  }
  if (!values.every) return found;
  const looks = ['desktop', 'phone'].flatMap((size) =>
    ['zh-CN', 'en'].flatMap((language) => ['light', 'dark'].map((mode) => ({ size, language, mode }))),
  );
  return found.flatMap((picture) =>
    looks.map((look) => ({
      ...picture,
      ...look,
      name: `every/${picture.name}-${look.size}-${look.language}-${look.mode}`,
    })),
  );
}

let failed = 0;
for (const picture of [...PICTURES, ...(await menuPictures())])
  await take(picture).catch((error) => {
    failed += 1;
    console.error(`${picture.name}: ${error.message.split('\n')[0]}`);
  });
await browser.close();
process.exit(failed === 0 ? 0 : 1);
