import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fork } from 'node:child_process';
import path from 'node:path';
import { withClient } from '#platform/database/set-up.js';
import { FaultRig, until, watch } from '../support/fault-rig.js';

/** Processes that stand still, starve, are many, or live in another time: F4, F8, F29, F32, F37, F47. */
const redisUrl = process.env['TEST_REDIS_URL'];
const BACK_ENDS: [string, string | undefined][] = [['PostgreSQL', undefined]];
if (redisUrl !== undefined) BACK_ENDS.push(['Redis', redisUrl]);

jest.setTimeout(600_000);

let rig: FaultRig;
afterEach(() => rig.close());

describe.each(BACK_ENDS)('wake-ups over %s', (back, url) => {
  beforeEach(async () => {
    rig = await FaultRig.open({ redisUrl: url });
  });

  it('F4: a delivery process that dies before and after its commit tells each event once', async () => {
    await rig.startReady(1);
    await rig.plant(10, 300, 500);
    await rig.watch();
    for (const point of ['notification.handled', 'notification.committed']) {
      const doomed = rig.start({ name: 'delivery', crashAt: point });
      await rig.plant(10, 300, 500);
      await watch(rig.db, rig.cases);
      expect([point, await doomed.ended]).toEqual([point, 'SIGKILL']);
    }
    rig.start({ name: 'delivery' });
    const notices = () =>
      rig.db.asOwner<{ id: string; n: number }>(
        `SELECT incident_id AS id, count(*)::int AS n FROM deliveries WHERE topic = 'reminder' GROUP BY incident_id`,
      );
    await until(async () => (await notices()).length >= rig.cases.length, 'every urging to be told');
    const outcome = await rig.finish(`F4 delivery killed twice, ${back}`);
    expect(outcome.problems).toEqual([]);
    const told = new Map((await notices()).map(({ id, n }) => [id, n]));
    expect(rig.cases.filter(({ incidentId }) => told.get(incidentId) !== 1)).toEqual([]);
  });

  it('F8: one of two stands still while dues pass, and goes on as if nothing were', async () => {
    const [stopped] = await rig.startReady(2);
    await rig.plant(20, 500, 1_000);
    stopped!.signal('SIGSTOP');
    await rig.plant(30, 1_000, 4_000);
    await rig.watch();
    await rig.plant(10, 1_000, 1_000);
    await rig.arm();
    stopped!.signal('SIGCONT');
    const outcome = await rig.finish(`F8 one of two stopped, ${back}`);
    expect(outcome.problems).toEqual([]);
    expect(stopped!.alive()).toBe(true);
  });

  it.each(['sweep.claimed', 'clocks.handled'])(
    'F8: a process that freezes at %s holds its rows until the database takes them from it; woken, it changes nothing',
    async (point) => {
      await rig.plant(10, 3_000, 500);
      if (point.startsWith('sweep')) await rig.arm();
      const frozen = rig.start({ crashAt: `${point}:SIGSTOP` });
      await rig.passed();
      // Only when it holds rows is the other one started.
      await until(async () => (await idleInTransaction(rig)) > 0, 'a transaction that stands still');
      await rig.startReady(1);
      await rig.watch();
      const before = await firings(rig);
      frozen.signal('SIGCONT');
      await rig.plant(5, 500, 500);
      const outcome = await rig.finish(`F8 frozen at ${point}, ${back}`);
      expect(outcome.problems).toEqual([]);
      expect((await firings(rig)).slice(0, before.length)).toEqual(before);
      expect(frozen.alive()).toBe(true);
    },
  );

  it('F37: six of them at once, one frozen in the middle of its work and woken afterwards', async () => {
    await rig.plant(10, 300, 500);
    const frozen = rig.start({ crashAt: 'ladder.handled:SIGSTOP' });
    await until(async () => {
      await watch(rig.db, rig.cases, 0);
      return (await idleInTransaction(rig)) > 0;
    }, 'a transaction that stands still');
    await rig.startReady(5);
    await rig.plant(60, 500, 5_000);
    await rig.watch();
    frozen.signal('SIGCONT');
    await rig.plant(10, 500, 1_000);
    const outcome = await rig.finish(`F37 six processes, one frozen on the ladder, ${back}`);
    expect(outcome.problems).toEqual([]);
    expect(frozen.alive()).toBe(true);
  });

  it('F47: every core is busy, and one event loop is blocked for longer than a job is locked', async () => {
    const burners = Array.from({ length: 4 }, () => fork(path.resolve('test/support/busy-core.mjs')));
    await rig.startReady(1, { preload: 'test/support/blocked-loop.mjs', environment: { BLOCK_MS: '12000' } });
    await rig.startReady(1);
    await rig.plant(40, 1_000, 15_000);
    const outcome = await rig.finish(`F47 four busy loops on the cores, one process blocked for 12 s, ${back}`);
    for (const burner of burners) burner.kill('SIGKILL');
    expect(outcome.problems).toEqual([]);
  });

  it('F29: the clocks of four processes are an hour off, ten years ahead and in 1970: none decides what is due', async () => {
    const HOUR = 3_600_000;
    const shifts = [HOUR, -HOUR, 10 * 365 * 24 * HOUR, 1_000 - Date.now()];
    const odd = shifts.map((shift) =>
      rig.start({ preload: 'test/support/shifted-date.mjs', environment: { SHIFT_MS: String(shift) } }),
    );
    await Promise.all(odd.map(({ ready }) => ready));
    await rig.plant(40, 12_000, 5_000);
    const outcome = await rig.finish(`F29 four processes, each with a wrong clock, ${back}`);
    expect(outcome.problems).toEqual([]);
  });
});

it('F32: processes of five time zones compute the same clocks', async () => {
  const ZONES = ['Asia/Shanghai', 'UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'];
  rig = await FaultRig.open();
  const rows: unknown[] = [];
  for (const zone of ZONES) {
    const planted = await rig.plant(5, 1_000, 500);
    const one = rig.start({ environment: { TZ: zone } });
    await rig.watch();
    await one.kill();
    rows.push(await spansOf(rig, planted[0]!.incidentId));
  }
  expect((await rig.finish(`F32 one process after the other in ${ZONES.length} zones`)).problems).toEqual([]);
  for (const row of rows) expect(row).toEqual(rows[0]);
});

/** The span of every clock of a case, to the millisecond. */
const spansOf = (rig: FaultRig, incidentId: string) =>
  rig.db.asOwner(
    `SELECT clock_key, force, extract(epoch FROM due_at - started_at)::text AS span FROM response_clocks WHERE incident_id = $1 ORDER BY clock_key, generation`,
    [incidentId],
  );

/** Asked as the superuser: what others are at is nobody else's to see. */
const idleInTransaction = (rig: FaultRig): Promise<number> =>
  withClient(rig.db.urls.superuser, 'TEST', async (client) => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'huiying-clocks'
          AND state = 'idle in transaction' AND state_change < clock_timestamp() - interval '1 second'`,
    );
    return rowCount ?? 0;
  });

const firings = (rig: FaultRig) => rig.db.asOwner('SELECT * FROM clock_firings ORDER BY fired_at, clock_id, event');
