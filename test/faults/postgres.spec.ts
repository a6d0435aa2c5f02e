import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { Database } from '#platform/database/database.js';
import { type FaultProxy, startProxy, type Verdict } from '../support/fault-proxy.js';
import { FaultRig, until } from '../support/fault-rig.js';
import { type OwnPostgres, startOwnPostgres } from '../support/fault-servers.js';

/** A PostgreSQL that restarts, is cut off, silent, full of others, or locked: F17, F19, F20, F22, F24. F18 is in `npm test`. */
const redisUrl = process.env['TEST_REDIS_URL'];
const BACK_ENDS: [string, string | undefined][] = [['PostgreSQL', undefined]];
if (redisUrl !== undefined) BACK_ENDS.push(['Redis', redisUrl]);

jest.setTimeout(600_000);

let server: OwnPostgres;
let rig: FaultRig;
beforeAll(async () => {
  server = await startOwnPostgres({ max_connections: '60' });
});
afterEach(() => rig.close());
afterAll(() => server?.remove());

describe.each(BACK_ENDS)('wake-ups over %s', (back, url) => {
  let proxy: FaultProxy;
  /** A clocks process that reaches the database through the proxy; the test goes past it. */
  const startBehind = async (count: number) => {
    const some = Array.from({ length: count }, () => rig.start({ databaseUrl: proxy.through(rig.db.urls.worker) }));
    await Promise.all(some.map(({ ready }) => ready));
    return some;
  };
  beforeEach(async () => {
    rig = await FaultRig.open({ superuserUrl: server.superuserUrl, redisUrl: url });
    proxy = await startProxy(server.superuserUrl);
  });
  afterEach(() => proxy.close());

  it('F17: is restarted under work', async () => {
    const clocks = await rig.startReady(2);
    await rig.plant(50, 500, 8_000);
    const watching = rig.watch();
    for (let restarts = 0; restarts < 3; restarts += 1) {
      await wait(1_500);
      await until(() => server.restart().then(() => true), 'the database to restart');
    }
    await watching;
    expect((await rig.finish(`F17 the database restarted three times, ${back}`)).problems).toEqual([]);
    expect(clocks.map((one) => one.alive())).toEqual([true, true]);
  });

  it.each<[string, string, Verdict]>([
    ['in the middle of a firing', 'INSERT INTO clock_firings', 'cut'],
    ['before the commit arrives', 'COMMIT', 'cut'],
    ['after the commit, before its answer', 'COMMIT', 'cutAnswer'],
  ])('F19: connections break %s', async (when, mark, verdict) => {
    const clocks = await startBehind(2);
    let seen = 0;
    let broken = 0;
    // Every third: the two must get on in between.
    proxy.judge = (sent) => {
      if (!sent.includes(mark) || broken >= 20 || (seen += 1) % 3 !== 0) return 'pass';
      broken += 1;
      return verdict;
    };
    await rig.plant(40, 500, 6_000);
    const outcome = await rig.finish(`F19 connections broken ${when}, ${back}`);
    expect(outcome.problems).toEqual([]);
    expect(broken).toBeGreaterThan(0);
    expect(clocks.map((one) => one.alive())).toEqual([true, true]);
  });

  it('F20: packets are dropped for a while: whatever is overdue fires when they pass again', async () => {
    const clocks = await startBehind(2);
    await rig.plant(20, 500, 1_500);
    proxy.hold();
    await rig.plant(20, 1_000, 4_000);
    await rig.arm();
    await rig.passed();
    await rig.watch(2_000);
    proxy.release();
    expect((await rig.finish(`F20 a black hole until the last due, ${back}`)).problems).toEqual([]);
    expect(clocks.map((one) => one.alive())).toEqual([true, true]);
  });

  it('F20: open connections are forgotten by the network and never answer: the process makes new ones', async () => {
    const clocks = await startBehind(1);
    await rig.plant(20, 500, 1_500);
    await rig.watch();
    proxy.forget();
    await rig.plant(20, 1_000, 4_000);
    expect((await rig.finish(`F20 connections that never answer again, one process, ${back}`)).problems).toEqual([]);
    expect(clocks.map((one) => one.alive())).toEqual([true]);
  });

  it('F22: somebody else takes every connection that is left', async () => {
    const clocks = await rig.startReady(2);
    await rig.plant(10, 500, 1_000);
    await rig.watch();
    const foreign = await takeAllConnections(rig.db.urls.owner);
    await rig.plant(30, 1_000, 8_000);
    const outcome = await rig.finish(`F22 ${foreign.length} foreign connections, none left, ${back}`);
    await Promise.all(foreign.map((client) => client.end()));
    expect(outcome.problems).toEqual([]);
    expect(clocks.map((one) => one.alive())).toEqual([true, true]);
  });

  it('F24: the table of clocks is locked for longer than anybody waits for a lock', async () => {
    await rig.startReady(2);
    await rig.plant(20, 1_000, 3_000);
    await rig.arm();
    const foreign = new pg.Client({ connectionString: rig.db.urls.owner });
    await foreign.connect();
    await foreign.query('BEGIN');
    await foreign.query('LOCK TABLE response_clocks IN ACCESS EXCLUSIVE MODE');
    await wait(14_000);
    await foreign.query('COMMIT');
    await foreign.end();
    expect((await rig.finish(`F24 the table locked for 14 s, ${back}`)).problems).toEqual([]);
  });

  it('F24: one of our own transactions holds due clocks and never ends: the database ends it', async () => {
    await rig.plant(20, 500, 1_000);
    await rig.arm();
    const own = await Database.connect({ url: rig.db.urls.worker, applicationName: 'forgotten', poolSize: 1 });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const forgotten = own
      .asSystem(async (tx) => {
        await tx.query('SELECT id FROM response_clocks FOR UPDATE');
        await held;
        await tx.query('UPDATE response_clocks SET version = version + 1');
      })
      .then(
        () => 'committed',
        () => 'ended',
      );
    await rig.startReady(1);
    const outcome = await rig.finish(`F24 an idle transaction over the due clocks, ${back}`);
    release();
    expect(await forgotten).toBe('ended');
    await own.close();
    expect(outcome.problems).toEqual([]);
  });
});

/** Connects until the server refuses. */
async function takeAllConnections(url: string): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch {
      return taken;
    }
    taken.push(client);
  }
}
