import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { withClient } from '#platform/database/set-up.js';
import { type PrivatePostgres, startPrivatePostgres } from '#platform/private-postgres/start-private-postgres.js';
import { check } from '../support/fault-check.js';
import { plantCases, startClocks, watch } from '../support/fault-rig.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** A server of this suite alone: it is killed, with the waiting for the disk that the others do without. */
let server: PrivatePostgres;
let db: TestDatabase;
const folder = mkdtempSync(path.join(tmpdir(), 'huiying-f18-'));
const shared = process.env['TEST_DATABASE_SUPERUSER_URL'];
beforeAll(async () => {
  server = await startPrivatePostgres({ dataDir: folder, log: () => undefined, settings: { max_connections: '60' } });
  process.env['TEST_DATABASE_SUPERUSER_URL'] = server.superuserUrl;
  db = await createTestDatabase();
});
afterAll(async () => {
  await db?.drop();
  await server?.stop();
  process.env['TEST_DATABASE_SUPERUSER_URL'] = shared;
  rmSync(folder, { recursive: true, force: true });
});

/** Kills the server and every backend of it, as a machine that loses its current would. */
async function killServer(): Promise<void> {
  const pids = await withClient(server.superuserUrl, 'TEST', async (client) => {
    const postmaster = await client.query<{ pid: number }>(
      `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid`,
    );
    const backends = await client.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
    );
    return [...postmaster.rows, ...backends.rows].map(({ pid }) => pid);
  });
  for (const pid of pids)
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It may have ended by itself in between.
    }
}

jest.setTimeout(300_000);

it('F18: the database is killed at random: what was committed is there, what was not happens again, once', async () => {
  const clocks = [startClocks(db), startClocks(db)];
  await Promise.all(clocks.map(({ ready }) => ready));
  const dues = Array.from({ length: 60 }, (_, index) => Date.now() + 2_000 + index * 200);
  const cases = await plantCases(db, dues);
  const watching = watch(db, cases, 120_000);
  for (let kills = 0; kills < 5; kills += 1) {
    await wait(1_500 + ((kills * 373) % 700));
    await killServer().catch(() => undefined);
  }
  await watching;
  const { problems, firstLateMs, lastLateMs, paths } = await check(db, cases);
  process.stdout.write(`F18 five kills: late ${firstLateMs} to ${lastLateMs} ms, ${JSON.stringify(paths)}\n`);
  const exits = clocks.map(({ child }) => child.exitCode ?? child.signalCode);
  await Promise.all(clocks.map((one) => one.kill()));
  expect(problems).toEqual([]);
  expect(exits).toEqual([null, null]);
});
