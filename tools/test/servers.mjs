/** The servers and programs that the suites share, started once when the first suite asks for them. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../set-up/steps.mjs';
import { findChineseFont, findChromium, findRedis } from './machine.mjs';
import { startPrivateRedis } from './private-redis.mjs';

const folder = path.join(process.env.HUIYING_DATA_DIR ?? path.join(root, '.data'), 'test');
/** Nothing of a test outlives the run, so the disk need not be waited for. */
const TEST_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
const started = [];

const once = (make) => {
  let result;
  return () => (result ??= make());
};

/** `{ env }` for a suite, or `{ lack }`: what the machine has not got. */
export const database = once(async () => {
  if (process.env.TEST_DATABASE_SUPERUSER_URL !== undefined) return { env: {} };
  const module = path.join(root, 'dist/libs/platform/private-postgres/start-private-postgres.js');
  const { startPrivatePostgres } = await import(pathToFileURL(module).href);
  const dataDir = path.join(folder, 'postgres-server');
  rmSync(dataDir, { recursive: true, force: true });
  const server = await startPrivatePostgres({
    dataDir,
    log: (line) => console.log(`  ${line}`),
    binDir: process.env.HUIYING_PG_BIN || undefined,
    settings: TEST_SETTINGS,
  });
  started.push(() => server.stop());
  return { env: { TEST_DATABASE_SUPERUSER_URL: server.superuserUrl } };
});

export const redis = once(async () => {
  if (process.env.TEST_REDIS_URL !== undefined) return { env: {} };
  const { program, lack } = await findRedis();
  if (lack !== undefined) return { lack };
  const dir = path.join(folder, 'redis');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const server = await startPrivateRedis({ program, folder: dir });
  started.push(() => server.stop());
  return { env: { TEST_REDIS_URL: server.url, TEST_REDIS_SERVER: program } };
});

export const browser = once(async () => {
  const chromium = await findChromium();
  if (chromium.lack !== undefined) return chromium;
  const font = await findChineseFont();
  if (font.lack !== undefined) return font;
  return { env: { TEST_CHROMIUM: chromium.program, ...(font.data && { XDG_DATA_HOME: font.data }) } };
});

export async function stopServers() {
  for (const stop of started.splice(0).reverse()) await stop().catch((error) => console.error(error.message));
}
