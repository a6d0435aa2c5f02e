import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { ALL, FaultRig, until, watch } from '../../support/fault-rig.js';

const redisUrl = process.env['TEST_REDIS_URL'];
const BACK_ENDS: [string, string | undefined][] = [['PostgreSQL', undefined]];
if (ALL && redisUrl !== undefined) BACK_ENDS.push(['Redis', redisUrl]);

jest.setTimeout(600_000);

let rig: FaultRig;
afterEach(() => rig.close());

describe.each(BACK_ENDS)('wake-ups over %s', (back, url) => {
  beforeEach(async () => {
    rig = await FaultRig.open({ redisUrl: url });
  });

  const QUICK = ['sweep.fired', 'clocks.handled', 'ladder.numbered'];
  const OTHERS = ['sweep.claimed', 'sweep.written', 'sweep.committed', 'clocks.committed', 'ladder.handled'];
  const POINTS = ALL ? [...QUICK, ...OTHERS, 'ladder.committed'] : QUICK;

  it('F1: a clocks process that dies at any named point loses nothing, does nothing twice and nothing early', async () => {
    for (const point of POINTS) {
      await rig.plant(5, 400, 100);
      // Those that die in the sweep or on the ladder find clocks that are armed already.
      if (!point.startsWith('clocks')) await rig.arm();
      const doomed = rig.start({ crashAt: point });
      while (doomed.alive()) {
        await watch(rig.db, rig.cases, 0);
        await wait(50);
      }
      expect([point, await doomed.ended]).toEqual([point, 'SIGKILL']);
    }
    rig.start();
    expect((await rig.finish(`F1 ${POINTS.length} named points, ${back}`)).problems).toEqual([]);
  });

  it('F1: a clocks process that is killed at random is followed by the other one', async () => {
    const pair = await rig.startReady(2);
    for (let kills = 0; kills < (ALL ? 6 : 2); kills += 1) {
      await rig.plant(15, 500, 1_500);
      await rig.watch(700 + 250 * kills);
      await pair[kills % 2]!.kill();
      pair[kills % 2] = rig.start();
      await Promise.all([pair[kills % 2]!.ready, rig.watch()]);
    }
    expect((await rig.finish(`F1 one of two killed at random, ${back}`)).problems).toEqual([]);
  });

  it('F2: both are killed and come back late: whatever is overdue fires, once', async () => {
    const pair = await rig.startReady(2);
    await rig.plant(20, 500, 1_000);
    await rig.watch(700);
    await Promise.all(pair.map((one) => one.kill()));
    // Armed, and due while nobody is there to see it.
    const unseen = await rig.plant(20, 1_000, 1_000);
    await rig.arm();
    await rig.passed();
    await rig.watch(ALL ? 6_000 : 1_000);
    expect(unseen.filter(({ seenAt }) => seenAt !== undefined)).toEqual([]);
    rig.start();
    rig.start();
    expect((await rig.finish(`F2 both killed, ${back}`)).problems).toEqual([]);
  });
});

const onRedis = redisUrl === undefined ? it.skip : it;
onRedis('F9: Redis is emptied all the while: the sweep fires what no timer told of', async () => {
  rig = await FaultRig.open({ redisUrl });
  const redis = new Redis(redisUrl!);
  await rig.startReady(2);
  await rig.plant(60, 1_500, ALL ? 8_000 : 4_000);
  let emptied = 0;
  let emptying = true;
  const emptier = (async () => {
    for (; emptying; emptied += 1) {
      await redis.flushall();
      await wait(200);
    }
  })();
  const outcome = await rig.finish('F9 FLUSHALL five times a second, Redis');
  emptying = false;
  await emptier;
  await until(() => emptied > 0, 'Redis to be emptied');
  redis.disconnect();
  expect(outcome.problems).toEqual([]);
});
