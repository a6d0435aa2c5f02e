/**
 * The web client against a running demonstration of its own, with many incidents behind the list:
 *   TEST_CHROMIUM=/usr/bin/chromium node bench/web.mjs [load] [decide] [sockets] [memory]      (none: all)
 * Prints, one line each:
 *   load     gzip of what the inbox route fetches before it can be used (charts apart), and the time until a row can be
 *            chosen, on a CPU slowed down 4 times;
 *   decide   key press → the next incident is on the screen, with BENCH_ROWS (100000) incidents behind the list;
 *   sockets  a change committed → the hint at the last of BENCH_CLIENTS (1000) sockets, p50, p99, max of BENCH_CHANGES (50);
 *   memory   heap of the open inbox after garbage collection, over BENCH_MINUTES (10) with a change every
 *            BENCH_EVERY_MS (500): eight hours at one change in 24 s are as many changes, so growth is by change, not by time.
 * Needs a build (`npm run build && npm run build:web`) and a machine that does nothing else.
 */
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { io } from 'socket.io-client';

const built = (file) => import(pathToFileURL(path.resolve('dist', file)).href);
const { startProduct } = await built('test/support/product.js');
const { startBrowser, signIn } = await built('test/support/browser.js');
const { ownerOf } = await built('test/support/planted-incidents.js');

const number = (name, standard) => Number(process.env[name] ?? standard);
const ROWS = number('BENCH_ROWS', 100_000);
const CLIENTS = number('BENCH_CLIENTS', 1_000);
const CHANGES = number('BENCH_CHANGES', 50);
const MINUTES = number('BENCH_MINUTES', 10);
const EVERY_MS = number('BENCH_EVERY_MS', 500);
const DECISIONS = 30;
/** What a session may open (apps/api/live). */
const SOCKETS_A_SESSION = 20;
const wanted = process.argv.slice(2);
const asked = (name) => wanted.length === 0 || wanted.includes(name);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

const product = await startProduct();
const browser = await startBrowser();
const owner = await ownerOf(product.dataDir);
await owner.query('SET statement_timeout = 0');
await owner.query(
  `INSERT INTO incidents (id, number, title, state, category, grade, heat_score, jurisdiction, policy_pack, detected_at, drill)
   SELECT gen_random_uuid(), 'bench-' || g, '基准事件 ' || g, (ARRAY['proposed', 'confirmed', 'assigned', 'responded', 'rejected'])[1 + g % 5], (ARRAY['C3', 'C5', 'C1', 'SR', 'C4'])[1 + (g / 5) % 5],
          (ARRAY['unknown', 'III', 'IV', 'none', 'II'])[1 + (g / 25) % 5], random() * 100, '9901' || lpad((1 + g % 3)::text, 2, '0'), 'yunjiang', huiying_now() - g * interval '7 seconds', true FROM generate_series(1, $1::int) g`,
  [ROWS],
);
await owner.query('ANALYZE incidents');

async function load() {
  const page = await signIn(browser, product, { username: 'analyst' });
  const context = page.context();
  const fresh = await context.newPage();
  const fetched = [];
  fresh.on('response', (response) => {
    if (!/\.(js|css)$/.test(new URL(response.url()).pathname)) return;
    fetched.push(response.body().then((body) => gzipSync(body, { level: 6 }).length));
  });
  const devtools = await context.newCDPSession(fresh);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const times = [];
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const weightOf = async () => {
    const sizes = await Promise.all(fetched);
    return `${sizes.length} files, ${(sizes.reduce((sum, size) => sum + size, 0) / 1024).toFixed(0)} kB gzip`;
  };
  let weight = '';
  for (let n = 0; n < 6; n += 1) {
    await fresh.goto('/inbox', { waitUntil: 'commit' });
    const row = fresh.locator('.incident-card').nth(1);
    if (n === 0) {
      // The first of a fresh browser is weighed: when the list stands, and when the incident beside it does.
      await row.waitFor();
      weight = await weightOf();
      await fresh.locator('.side article').waitFor();
      await fresh.waitForLoadState('networkidle');
      weight += ` until the list stands, ${await weightOf()} with the incident beside it`;
      fresh.removeAllListeners('response');
      continue;
    }
    await row.click();
    times.push(await fresh.evaluate(() => performance.now()));
  }
  console.log(
    `load: ${weight}; a row can be chosen after ${times.map((ms) => (ms / 1000).toFixed(2)).join(' ')} s (CPU / 4)`,
  );
  await context.close();
}

async function decide() {
  const page = await signIn(browser, product, { username: 'analyst' });
  await page.goto('/inbox?q=基准');
  await page.locator('.incident-card[aria-current=true]').waitFor();
  await pause(2_000);
  const times = [];
  for (let n = 0; n < DECISIONS; n += 1) {
    times.push(
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            const title = () => document.querySelector('.incident-card[aria-current=true] strong')?.textContent;
            const before = title();
            const from = performance.now();
            const look = () => (title() !== before ? resolve(performance.now() - from) : requestAnimationFrame(look));
            window.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', bubbles: true }));
            requestAnimationFrame(look);
          }),
      ),
    );
    await pause(300);
  }
  console.log(
    `decide: key → next incident on the screen p50 ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms, max ${Math.max(...times).toFixed(0)} ms, ${ROWS} incidents behind the list`,
  );
  await page.context().close();
}

/** A change as the pipeline makes one: a ledger entry of an incident; the sealer and the tail do the rest. */
const change = async (incidentId) =>
  owner.query(
    `INSERT INTO ledger_entries (id, at, actor_kind, actor_id, actor_name, type, incident_id) VALUES (gen_random_uuid(), huiying_now(), 'system', 'bench', 'bench', 'incident.heated', $1)`,
    [incidentId],
  );
const incidents = async (count) =>
  (
    await owner.query(`SELECT id FROM incidents WHERE number LIKE 'bench-%' AND state = 'proposed' LIMIT $1`, [count])
  ).rows.map(({ id }) => id);

async function cookies(count) {
  const { username, password } = product.accounts.find((account) => account.username === 'supervisor');
  const found = [];
  for (let n = 0; n < count; n += 1) {
    const answer = await fetch(`${product.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: product.url },
      body: JSON.stringify({ username, password }),
    });
    if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`);
    found.push(
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    );
  }
  return found;
}

async function sockets() {
  const heard = new Map();
  const open = [];
  for (const cookie of await cookies(Math.ceil(CLIENTS / SOCKETS_A_SESSION)))
    for (let n = 0; n < SOCKETS_A_SESSION && open.length < CLIENTS; n += 1) {
      const socket = io(`${product.url}/live`, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        extraHeaders: { cookie, origin: product.url },
      });
      socket.on('hint', ({ id }) => heard.get(id)?.push(performance.now()));
      await new Promise((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      open.push(socket);
    }
  const delays = [];
  let missed = 0;
  for (const id of await incidents(CHANGES)) {
    heard.set(id, []);
    await change(id);
    const from = performance.now();
    while (heard.get(id).length < open.length && performance.now() - from < 10_000) await pause(5);
    missed += open.length - heard.get(id).length;
    delays.push(...heard.get(id).map((at) => at - from));
    heard.delete(id);
  }
  console.log(
    `sockets: ${open.length} clients, ${CHANGES} changes: hint after p50 ${quantile(delays, 0.5).toFixed(0)} ms, p99 ${quantile(delays, 0.99).toFixed(0)} ms, max ${quantile(delays, 1).toFixed(0)} ms; missed ${missed}`,
  );
  for (const socket of open) socket.close();
}

async function memory() {
  const page = await signIn(browser, product, { username: 'analyst' });
  await page.goto('/inbox?q=基准');
  await page.locator('.incident-card').first().waitFor();
  const devtools = await page.context().newCDPSession(page);
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1_048_576;
  };
  const ids = await incidents(200);
  await pause(30_000);
  const first = await heap();
  const until = performance.now() + MINUTES * 60_000;
  let changes = 0;
  let last = first;
  for (let read = performance.now(); performance.now() < until; changes += 1) {
    await change(ids[changes % ids.length]);
    await pause(EVERY_MS);
    if (performance.now() - read < 60_000) continue;
    read = performance.now();
    last = await heap();
    console.log(`memory: after ${changes} changes ${last.toFixed(1)} MB`);
  }
  console.log(
    `memory: ${first.toFixed(1)} → ${last.toFixed(1)} MB, ${(((last - first) / first) * 100).toFixed(0)} % over ${changes} changes in ${MINUTES} minutes`,
  );
  await page.context().close();
}

for (const [name, work] of Object.entries({ load, decide, sockets, memory })) if (asked(name)) await work();
await owner.end();
await browser.close();
await product.stop();
