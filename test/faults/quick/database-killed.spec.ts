import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { ALL, FaultRig, until } from '../../support/fault-rig.js';
import { type OwnPostgres, startOwnPostgres } from '../../support/fault-servers.js';

jest.setTimeout(600_000);

let server: OwnPostgres;
let rig: FaultRig | undefined;
beforeAll(async () => {
  server = await startOwnPostgres({ max_connections: '60' });
});
afterEach(() => rig?.close());
afterAll(() => server?.remove());

const redisUrl = process.env['TEST_REDIS_URL'];
const BACK_ENDS: [string, string | undefined][] = [['PostgreSQL', undefined]];
if (ALL && redisUrl !== undefined) BACK_ENDS.push(['Redis', redisUrl]);

it.each(BACK_ENDS)(
  'F18: the database is killed at random, wake-ups over %s: what was committed is there, what was not happens again, once',
  async (back, url) => {
    rig = await FaultRig.open({ superuserUrl: server.superuserUrl, redisUrl: url });
    const clocks = await rig.startReady(2);
    const KILLS = ALL ? 8 : 3;
    await rig.plant(60, 500, 2_000 * KILLS);
    const watching = rig.watch();
    let killed = 0;
    for (let n = 0; n < KILLS; n += 1) {
      await wait(700 + ((n * 373) % 700));
      // It may still be coming back from the last time.
      await until(() => server.killAll().then(() => true), 'the database to kill');
      killed += 1;
    }
    await watching;
    const outcome = await rig.finish(`F18 the database killed ${killed} times, ${back}`);
    expect(outcome.problems).toEqual([]);
    expect(clocks.map((one) => one.alive())).toEqual([true, true]);
  },
);
