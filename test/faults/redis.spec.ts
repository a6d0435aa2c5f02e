import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FaultRig, until } from '../support/fault-rig.js';
import { OwnRedis } from '../support/fault-servers.js';
import { Hotline } from '../support/fault-hotline.js';

/** A Redis of the row's own that is away, half-open, full, restored or set wrongly: F10 to F16. F9 is in `npm test`. */
jest.setTimeout(600_000);
const withRedis = OwnRedis.program === undefined ? describe.skip : describe;

/** Timers are armed every ten seconds: dues beyond that have theirs. */
const ARMED_MS = 11_000;

withRedis('a Redis', () => {
  let redis: OwnRedis;
  let rig: FaultRig;
  beforeEach(async () => {
    redis = await OwnRedis.start();
    rig = await FaultRig.open({ redisUrl: redis.url });
  });
  afterEach(async () => {
    await rig.close();
    await redis.remove();
  });

  const byTimer = async () => (await rig.db.asOwner(`SELECT 1 FROM clock_firings WHERE path = 'timer'`)).length;

  it('F10: is down for a while: clocks fire and messages are taken all the same, and timers are back afterwards', async () => {
    const hotline = await Hotline.open(rig);
    await rig.startReady(2);
    await redis.down();
    await rig.plant(30, 1_000, 4_000);
    const answers = await hotline.send(5);
    await rig.watch();
    await redis.up();
    expect(answers).toEqual(answers.map(() => hotline.taken));
    const before = await byTimer();
    await rig.plant(20, ARMED_MS + 2_000, 4_000);
    const outcome = await rig.finish('F10 Redis down and back, two processes and the api');
    expect(outcome.problems).toEqual([]);
    expect(await hotline.kept()).toBe(5);
    expect(await byTimer()).toBeGreaterThan(before);
  });

  it('F11: stands still with its connections open: nothing waits for it', async () => {
    const hotline = await Hotline.open(rig);
    await rig.startReady(2);
    redis.signal('SIGSTOP');
    await rig.plant(30, 1_000, 4_000);
    const answers = await hotline.send(5);
    await rig.watch();
    redis.signal('SIGCONT');
    expect(answers).toEqual(answers.map(() => hotline.taken));
    const before = await byTimer();
    await rig.plant(20, ARMED_MS + 2_000, 4_000);
    const outcome = await rig.finish('F11 Redis stopped and continued, two processes and the api');
    expect(outcome.problems).toEqual([]);
    expect(await hotline.kept()).toBe(5);
    expect(await byTimer()).toBeGreaterThan(before);
  });

  it('F12: is killed again and again: every worker works afterwards', async () => {
    const workers = await rig.startReady(2);
    await rig.plant(20, 1_000, 8_000);
    for (let kills = 0; kills < 5; kills += 1) {
      await wait(700);
      await redis.down();
      await wait(700);
      await redis.up();
    }
    await rig.watch();
    // A probe for each: the other one stands still meanwhile, so only this one can take the timer.
    for (const [index, other] of workers.entries()) {
      const worker = `clocks-${workers[1 - index]!.child.pid}`;
      other.signal('SIGSTOP');
      const byIt = async () =>
        (await rig.db.asOwner(`SELECT 1 FROM clock_firings WHERE path = 'timer' AND process = $1`, [worker])).length;
      await until(async () => {
        await rig.plant(10, ARMED_MS, 2_000);
        await rig.watch();
        return (await byIt()) > 0;
      }, `a timer to wake ${worker}`);
      other.signal('SIGCONT');
    }
    const outcome = await rig.finish('F12 Redis killed five times, each worker probed');
    expect(outcome.problems).toEqual([]);
  });

  it('F13: is full: clocks fire, and the log stays small', async () => {
    const workers = await rig.startReady(2, { log: 'warn' });
    await redis.ask((client) => client.config('SET', 'maxmemory', '1'));
    const from = performance.now();
    await rig.plant(30, 1_000, ARMED_MS);
    await rig.watch();
    const seconds = (performance.now() - from) / 1_000;
    const lines = workers.map((worker) => worker.lines.length / seconds);
    await redis.ask((client) => client.config('SET', 'maxmemory', '0'));
    const before = await byTimer();
    await rig.plant(20, ARMED_MS + 2_000, 4_000);
    const outcome = await rig.finish(
      `F13 Redis full for ${seconds.toFixed(0)} s, ${Math.max(...lines).toFixed(1)} lines a second`,
    );
    expect(outcome.problems).toEqual([]);
    expect(await byTimer()).toBeGreaterThan(before);
    // The rule: ten lines a second. A count, not a time.
    expect(lines.filter((rate) => rate > 10)).toEqual([]);
  });

  it('F14: throws keys away when it is full: no process starts with it', async () => {
    await redis.ask((client) => client.config('SET', 'maxmemory-policy', 'allkeys-lru'));
    const refused = rig.start();
    expect(await refused.ended).toBe('1');
    expect(refused.lines.join('\n')).toContain('maxmemory-policy is allkeys-lru');
  });

  it('F15: can’t write its disk and refuses to write at all: clocks fire', async () => {
    await rig.startReady(2);
    // A folder in the place of the dump: no save can succeed.
    mkdirSync(path.join(redis.folder, 'dump.rdb'));
    await redis.ask(async (client) => {
      await client.config('SET', 'save', '3600 1');
      await client.set('something', 'to save');
      await client.bgsave();
    });
    await until(
      () =>
        redis
          .ask((client) => client.set('refused', '1'))
          .then(
            () => false,
            (error: Error) => error.message.startsWith('MISCONF'),
          ),
      'Redis to refuse writes',
    );
    await rig.plant(30, 1_000, 4_000);
    await rig.watch();
    await redis.ask((client) => client.config('SET', 'stop-writes-on-bgsave-error', 'no'));
    const before = await byTimer();
    await rig.plant(20, ARMED_MS + 2_000, 4_000);
    const outcome = await rig.finish('F15 Redis refuses writes (MISCONF), then takes them again');
    expect(outcome.problems).toEqual([]);
    expect(await byTimer()).toBeGreaterThan(before);
  });

  it('F16: is restored from an old dump: timers of clocks that fired long ago change nothing', async () => {
    await rig.startReady(2);
    const planted = await rig.plant(20, 2 * ARMED_MS, 2_000);
    // The timer of an instant bears its tenth of a second in its name.
    const ids = new Set(planted.map(({ dueAt }) => `bull:clocks:look-${Math.ceil(dueAt / 100) * 100}`));
    const timers = () => redis.ask((client) => client.exists(...ids));
    await until(async () => (await timers()) === ids.size, 'the timers of all cases');
    await redis.ask((client) => client.save());
    const old = path.join(redis.folder, 'old.rdb');
    copyFileSync(path.join(redis.folder, 'dump.rdb'), old);
    await rig.watch();
    const firings = () => rig.db.asOwner('SELECT * FROM clock_firings ORDER BY clock_id, generation, event');
    const before = await firings();
    await redis.down();
    copyFileSync(old, path.join(redis.folder, 'dump.rdb'));
    await redis.up();
    expect(await timers()).toBe(ids.size);
    await until(async () => (await timers()) === 0, 'the old timers to be gone through');
    expect(await firings()).toEqual(before);
    await rig.plant(10, 1_000, 1_000);
    const outcome = await rig.finish('F16 Redis restored from an old dump');
    expect(outcome.problems).toEqual([]);
  });
});
