/** A demonstration of its own for the pictures: it begins at an invented instant, plays for a while, and then its clocks stand still. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** A Monday morning without a holiday near it. */
const START = Date.parse('2026-03-16T09:00:00+08:00');
/** Long enough for every message and every step of the stories (config/demo), short enough that limits still run. */
const RUN_MS = 240_000;
const LOOK_EVERY_MS = 500;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Starts the built product; resolves with its address when it is ready. */
function launch(env) {
  const child = spawn(process.execPath, [path.join(root, 'dist/apps/standalone/main.js')], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said = (said + chunk).slice(-4_000);
      const found = /Huiying ready: (http:\/\/\S+)/.exec(said);
      if (found !== null) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the product ended with ${code} before it was ready:\n${said}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { ready, stop };
}

/** Runs statements as the owner of the private database that is up in a data folder. */
async function asOwner(dataDir, statements) {
  const lock = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith('postmaster.pid'),
  );
  const port = Number(readFileSync(path.join(dataDir, lock), 'utf8').split('\n')[3]);
  const { owner: password } = JSON.parse(readFileSync(path.join(dataDir, 'database-roles.json'), 'utf8'));
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'huiying_owner', password, database: 'huiying' });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const STANDING = [
  `CREATE TABLE standing_clock (begun timestamptz)`,
  `INSERT INTO standing_clock VALUES (NULL)`,
  `GRANT SELECT ON standing_clock TO PUBLIC`,
  `CREATE OR REPLACE FUNCTION huiying_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
     SELECT to_timestamp(${START / 1000}) + least(coalesce(clock_timestamp() - (SELECT begun FROM standing_clock), interval '0'), interval '${RUN_MS} milliseconds') $$`,
];

/** Resolves when the demonstration has played and its clocks stand at `at`. */
export async function startDemonstration() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'huiying-pictures-'));
  const begun = path.join(dataDir, 'begun');
  const env = { PORT: String(await freePort()), HUIYING_DATA_DIR: dataDir, HUIYING_CITY: 'yunjiang' };
  // The database must have its schema before its clock can be replaced, and nothing may have been written by the true time.
  const empty = launch({ ...env, HUIYING_DEMO: '0' });
  const playing = launch.bind(undefined, {
    ...env,
    HUIYING_DEMO: '1',
    NODE_OPTIONS: `--import ${path.join(root, 'tools/screenshots/standing-clock.mjs')}`,
    STANDING_CLOCK_START: String(START),
    STANDING_CLOCK_RUN_MS: String(RUN_MS),
    STANDING_CLOCK_BEGUN: begun,
  });
  let running = empty;
  const stop = async () => {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await empty.ready;
    await asOwner(dataDir, STANDING);
    await empty.stop();
    running = playing();
    const url = await running.ready;
    await asOwner(dataDir, [`UPDATE standing_clock SET begun = clock_timestamp()`]);
    const from = Date.now();
    writeFileSync(`${begun}.new`, String(from));
    renameSync(`${begun}.new`, begun);
    while (Date.now() - from < RUN_MS + 5_000) await pause(LOOK_EVERY_MS);
    const accounts = JSON.parse(readFileSync(path.join(dataDir, 'demo-accounts.json'), 'utf8'));
    return { url, accounts, at: START + RUN_MS, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
