/**
 * `node tools/screenshots.mjs [--out docs/screens] [--only <pattern>] [--every]`: pictures of the pages of a demonstration whose
 * clocks stand still, so that two pictures of it say the same time and two runs differ by ids and by how fast the machine was.
 * It starts that demonstration itself, from `dist/` (`npm run build && npm run build:web`). Everything in it is invented; nothing real is pictured.
 *
 * Besides the pages that need a hand, every page that a menu or the list of reports offers is taken, so a page that joins
 * apps/web/pages joins here: desktop, Chinese, light. With --every each is taken on desktop and phone, in Chinese and
 * English, light and dark: those are to be looked at, not to be kept. Pictures that are no longer made are removed from
 * docs/screens when all are made anew. `pngquant`, where it is installed, makes them a third as large.
 *
 * Chromium is the one at `TEST_CHROMIUM`, else /usr/bin/chromium. Exit code 1 when a page did not show what it should.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startDemonstration } from './screenshots/demonstration.mjs';
import { OFFERS, picturesOf, walkersOf } from './screenshots/pictures.mjs';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
/** Where one picture of each page is kept. */
const KEPT = 'docs/screens';
const PATIENCE_MS = 60_000;
/** What stands where something is still being read. */
const WAITING = '.waiting, .ant-spin-spinning, .ant-skeleton';
const LOOK_EVERY_MS = 100;
const STILL_LOOKS = 4;
const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  screen: { width: 1920, height: 1080 },
};

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: KEPT },
    only: { type: 'string', default: '.' },
    every: { type: 'boolean', default: false },
  },
});
const only = new RegExp(values.only);
mkdirSync(values.out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ARGS,
});
const demonstration = await startDemonstration().catch(async (error) => {
  await browser.close();
  throw error;
});

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => void demonstration.stop().then(() => process.exit(1)));

/** What the browser keeps of a session, by account: each signs in once. */
const sessions = new Map();

async function sessionOf(username) {
  if (username === undefined) return undefined;
  if (!sessions.has(username)) {
    const context = await browser.newContext({ baseURL: demonstration.url });
    const { password } = demonstration.accounts.find((account) => account.username === username);
    const answer = await context.request.post('/api/v1/session', { data: { username, password } });
    if (!answer.ok()) throw new Error(`${username} can't sign in: ${answer.status()}`);
    sessions.set(username, await context.storageState());
    await context.close();
  }
  return sessions.get(username);
}

/** By page, what it asked of the server and has no answer to. */
const asked = new Map();

/** A page of one account in one appearance, by the clock of the demonstration. Pages of the same kind share what they loaded. */
const pages = new Map();

async function pageOf({ as, size, language, mode }) {
  const kind = [as, size, language, mode].join(' ');
  if (pages.has(kind)) return pages.get(kind);
  const context = await browser.newContext({
    baseURL: demonstration.url,
    viewport: SIZES[size],
    deviceScaleFactor: 1,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    storageState: await sessionOf(as),
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  asked.set(page, new Set());
  page.on('request', (request) => request.url().includes('/api/') && asked.get(page).add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => asked.get(page).delete(request));
  await page.clock.setFixedTime(demonstration.at);
  await page.addInitScript(
    ([lang, appearance]) => {
      localStorage.setItem('huiying.language', lang);
      localStorage.setItem('huiying.mode', appearance);
    },
    [language, mode],
  );
  pages.set(kind, page);
  return page;
}

/** Resolves when everything is read that the page asked for: names of bodies come last, and a picture of dots says nothing. */
async function settled(page) {
  await page.locator(WAITING).first().waitFor({ state: 'detached' });
  for (let still = 0; still < STILL_LOOKS; still = asked.get(page).size === 0 ? still + 1 : 0)
    await page.waitForTimeout(LOOK_EVERY_MS);
}

/** The incident of the demonstration that shows most: graded, assigned, with a ladder. */
async function showpiece() {
  const page = await pageOf({ as: 'analyst', size: 'desktop', language: 'zh-CN', mode: 'light' });
  const answer = await page.request.get('/api/v1/incidents?state=assigned,responded&sort=grade&limit=10');
  const { items } = await answer.json();
  if (items.length === 0) throw new Error('the demonstration has no assigned incident; the machine is too slow');
  return items[0];
}

/** Opens a page, waits for what it must show, does what `then` says, and takes the picture. */
async function take({ name, as, at, shows, size = 'desktop', language = 'zh-CN', mode = 'light', then }) {
  const page = await pageOf({ as, size, language, mode });
  await page.goto(at, { waitUntil: 'domcontentloaded' });
  await page.locator(shows).first().waitFor();
  await settled(page);
  if (then !== undefined) {
    await then(page);
    await settled(page);
  }
  await page.evaluate(() => document.fonts.ready);
  const file = path.join(values.out, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--strip', '--output', file, file]);
  console.log(`${name}.png`);
}

/** The pages that are offered and have no picture of their own, or every page in every appearance. */
async function offeredPictures(incident, known) {
  const found = [];
  for (const as of walkersOf(incident))
    for (const { at: from, shows, links } of OFFERS) {
      const page = await pageOf({ as, size: 'desktop', language: 'zh-CN', mode: 'light' });
      await page.goto(from);
      await page.locator(shows).first().waitFor();
      const addresses = await page.locator(links).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      for (const at of addresses.filter((address) => !known.has(address))) {
        known.add(at);
        found.push({ name: at.slice(1).replaceAll('/', '-'), as, at, shows: '#content > *' });
      }
    }
  return found;
}

const LOOKS = ['desktop', 'phone'].flatMap((size) =>
  ['zh-CN', 'en'].flatMap((language) => ['light', 'dark'].map((mode) => ({ size, language, mode }))),
);

async function wanted() {
  const incident = await showpiece();
  const byHand = picturesOf(incident);
  if (!values.every) return [...byHand, ...(await offeredPictures(incident, new Set(byHand.map(({ at }) => at))))];
  const { id } = incident;
  const known = new Set();
  const own = [`/incidents/${id}`, `/incidents/${id}/papers`].map((at, place) => ({
    name: place === 0 ? 'incident' : 'paper',
    as: 'analyst',
    at,
    shows: '#content > *',
  }));
  return [...own, ...(await offeredPictures(incident, known))].flatMap((picture) =>
    LOOKS.map((look) => ({
      ...picture,
      ...look,
      name: `${picture.name}-${look.size}-${look.language}-${look.mode}`,
    })),
  );
}

let failed = 0;
try {
  const pictures = await wanted();
  for (const picture of pictures.filter(({ name }) => only.test(name)))
    await take(picture).catch((error) => {
      failed += 1;
      console.error(`${picture.name}: ${error.message.split('\n')[0]}`);
    });
  const made = new Set(pictures.map(({ name }) => `${name}.png`));
  if (values.out === KEPT && !values.every && values.only === '.')
    for (const old of readdirSync(values.out).filter((file) => file.endsWith('.png') && !made.has(file)))
      rmSync(path.join(values.out, old));
} finally {
  await browser.close();
  await demonstration.stop();
}
process.exit(failed === 0 ? 0 : 1);
