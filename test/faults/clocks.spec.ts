import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { consumeLedger } from '#platform/ledger/subscription.js';
import { CONFIG_DIR } from '../support/clock-histories.js';
import { check } from '../support/fault-check.js';
import { type ClocksProcess, plantCases, sealAll, startClocks, watch } from '../support/fault-rig.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const redisUrl = process.env['TEST_REDIS_URL'];
/** Only ends what hangs, also on a busy machine. */
const PATIENCE_MS = 120_000;

let db: TestDatabase;
let processes: ClocksProcess[] = [];
let keeper: ClockKeeper;
beforeAll(() => {
  keeper = new ClockKeeper(LoadedPolicies.load(CONFIG_DIR));
});
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  processes = [];
  await db.drop();
});
const report: string[] = [];
afterAll(() => void process.stdout.write(`${report.join('\n')}\n`));

function start(settings: { crashAt?: string; redisUrl?: string } = {}): ClocksProcess {
  const started = startClocks(db, settings);
  processes.push(started);
  return started;
}

const spread = (count: number, fromMs: number, overMs: number): number[] =>
  Array.from({ length: count }, (_, index) => Date.now() + fromMs + Math.round((index * overMs) / count));

async function expectAllToHold(name: string, cases: Awaited<ReturnType<typeof plantCases>>): Promise<void> {
  const { problems, firstLateMs, lastLateMs, paths } = await check(db, cases);
  report.push(`${name}: ${cases.length} cases, late ${firstLateMs} to ${lastLateMs} ms, ${JSON.stringify(paths)}`);
  expect(problems).toEqual([]);
}

jest.setTimeout(300_000);

describe('F1: a clocks process that is killed', () => {
  const QUICK = ['sweep.fired', 'sweep.committed', 'clocks.handled', 'ladder.numbered', 'ladder.committed'];
  const FURTHER = ['sweep.claimed', 'sweep.written', 'clocks.committed', 'ladder.handled'];
  const POINTS = process.env['FAULTS_ALL'] === '1' ? [...QUICK, ...FURTHER] : QUICK;

  it('at any named point loses nothing, does nothing twice and nothing early', async () => {
    const cases: Awaited<ReturnType<typeof plantCases>> = [];
    for (const point of POINTS) {
      const batch = await plantCases(db, spread(5, 400, 100));
      cases.push(...batch);
      // Those that die in the sweep or on the ladder find clocks that are armed already.
      if (!point.startsWith('clocks')) while ((await consumeLedger(db.worker, keeper)) > 0);
      await sealAll(db);
      const doomed = start({ crashAt: point });
      let dead = false;
      void doomed.ended.then(() => (dead = true));
      while (!dead) {
        await watch(db, batch, 0);
        await wait(50);
      }
      expect([point, await doomed.ended]).toEqual([point, 'SIGKILL']);
    }
    start();
    await watch(db, cases, PATIENCE_MS);
    await expectAllToHold('F1 crash points', cases);
  });

  it('at random is followed by the other one', async () => {
    const pair = [start(), start()];
    await Promise.all(pair.map(({ ready }) => ready));
    const cases: Awaited<ReturnType<typeof plantCases>> = [];
    for (let kills = 0; kills < 4; kills += 1) {
      cases.push(...(await plantCases(db, spread(15, 1_000, 2_000))));
      await watch(db, cases, 1_500 + 250 * kills);
      await pair[kills % 2]!.kill();
      pair[kills % 2] = start();
      await Promise.all([pair[kills % 2]!.ready, watch(db, cases, PATIENCE_MS)]);
    }
    await watch(db, cases, PATIENCE_MS);
    await expectAllToHold('F1 random kills of one of two', cases);
  });
});

it('F2: both are killed and come back late: whatever is overdue fires, once', async () => {
  const pair = [start(), start()];
  await Promise.all(pair.map(({ ready }) => ready));
  const cases = await plantCases(db, spread(40, 1_500, 4_000));
  await watch(db, cases, 1_000);
  await Promise.all(pair.map((one) => one.kill()));
  await watch(db, cases, 6_000);
  expect(cases.filter(({ seenAt }) => seenAt !== undefined).length).toBeLessThan(cases.length);
  start();
  start();
  await watch(db, cases, PATIENCE_MS);
  await expectAllToHold('F2 both killed, back after 6 s', cases);
});

const onRedis = redisUrl === undefined ? it.skip : it;
onRedis('F9: Redis is emptied all the while: the sweep fires what no timer told of', async () => {
  const redis = new Redis(redisUrl!);
  const pair = [start({ redisUrl: redisUrl! }), start({ redisUrl: redisUrl! })];
  await Promise.all(pair.map(({ ready }) => ready));
  const cases = await plantCases(db, spread(60, 2_000, 8_000));
  let emptying = true;
  const emptier = (async () => {
    while (emptying) {
      await redis.flushall();
      await wait(200);
    }
  })();
  await watch(db, cases, PATIENCE_MS);
  emptying = false;
  await emptier;
  redis.disconnect();
  await expectAllToHold('F9 FLUSHALL five times a second', cases);
});
