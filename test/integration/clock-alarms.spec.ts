import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CalendarRefresh } from '#clocks/calendar-refresh.service.js';
import { ClockWatch } from '#clocks/clock-watch.service.js';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { newId } from '#kernel/ids.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { startApi, type TestApi } from '../support/api.js';
import { CONFIG_DIR } from '../support/clock-histories.js';
import { insertRow } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let db: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  db = await createTestDatabase();
  api = await startApi(db);
});
afterAll(async () => {
  await api.stop();
  await db.drop();
});

const iso = (text: string) => `${text.replace(' ', 'T')}+08:00`;
const alerts = async (): Promise<Record<string, unknown>[]> => {
  await api.account('duty', [{ duty: 'supervision', jurisdiction: '990100' }]).catch(() => undefined);
  const client = await api.signedIn('duty');
  const answer = await client.call('GET', '/api/v1/alerts');
  return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
};

test('a due that reaches into a year without a notice is counted anew when the notice is loaded, and its owner is told', async () => {
  await db.setNow(iso('2026-12-30 10:00'));
  const id = newId();
  await insertRow(db, 'incidents', {
    id,
    policy_pack: 'nantong',
    state: 'confirmed',
    number: id,
    detected_at: iso('2026-12-30 10:00'),
  });
  const at = new Date(iso('2026-12-30 10:00'));
  const stamps = { detectedAt: at.toISOString() };
  const entries = [
    { type: 'incident.confirmed', payload: { grade: 'none', basis: 'confirmed', heat: 'IV', stamps } },
    { type: 'assignment.dispatched', payload: { bodyId: '320600-URB', role: 'lead', number: '1' } },
  ];
  await db.worker.asSystem((tx) =>
    appendLedger(
      tx,
      entries.map((entry) => ({ ...entry, at, actor: systemActor('test'), incidentId: id, subjectId: newId() })),
    ),
  );
  const before = LoadedPolicies.load(CONFIG_DIR);
  await db.worker.asSystem((tx) => new ClockKeeper(before).sync(tx, [id]));
  const handling = async () =>
    (
      await db.asOwner<{ due: string; open: boolean }>(
        `SELECT to_char(due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS due, (computation->>'calendarIncomplete')::boolean AS open
           FROM response_clocks WHERE incident_id = $1 AND act = 'handlingFeedback'`,
        [id],
      )
    )[0];
  // Five working days by weekends only: 31 Dec, 1, 4, 5, 6 January.
  expect(await handling()).toEqual({ due: '2027-01-07 00:00', open: true });

  // The notice comes: 1 January is off.
  const calendar = {
    isCovered: (year: number) => year === 2027 || before.calendar.isCovered(year),
    isWorkday: (day: string) => day !== '2027-01-01' && before.calendar.isWorkday(day),
  };
  const loaded = new ClockKeeper(Object.assign(Object.create(before) as LoadedPolicies, { calendar }));
  expect(await new CalendarRefresh(loaded).run(db.worker)).toBe(1);
  expect(await handling()).toEqual({ due: '2027-01-08 00:00', open: false });
  const moved = await db.asOwner<{ act: string }>(
    `SELECT payload->>'act' AS act FROM ledger_entries WHERE incident_id = $1 AND type = 'clock.dueMoved' ORDER BY 1`,
    [id],
  );
  expect(moved).toEqual([{ act: 'handlingFeedback' }, { act: 'verificationFeedback' }]);
  expect(await new CalendarRefresh(loaded).run(db.worker)).toBe(0);
});

test('from 1 November the supervisor is told that the next year’s notice is missing', async () => {
  await db.setNow(iso('2026-10-31 12:00'));
  expect(await alerts()).toEqual([]);
  await db.setNow(iso('2026-11-01 00:00:01'));
  expect(await alerts()).toEqual([{ code: 'calendarMissing', year: 2027 }]);
});

test('a jump of the database’s clock fires nothing until a second reading confirms it; it stands in the ledger and on the board', async () => {
  await db.setNow(iso('2026-09-01 12:00'));
  let monotonicMs = 0;
  const wallMs = Date.parse(iso('2026-09-01 12:00'));
  const watch = new ClockWatch(db.worker, 'clocks-test', {
    monotonicMs: () => monotonicMs,
    wallMs: () => wallMs + monotonicMs,
  });
  expect(await watch.mayFire()).toBe(true);
  monotonicMs += 1_000;
  await db.advance(86_400_000);
  expect(await watch.mayFire()).toBe(false);
  monotonicMs += 1_000;
  expect(await watch.mayFire()).toBe(true);
  expect(await watch.mayFire()).toBe(true);
  const told = await db.asOwner<{ step: number }>(
    `SELECT (payload->>'stepMs')::float8 AS step FROM ledger_entries WHERE type = 'clock.databaseJumped'`,
  );
  expect(told).toHaveLength(1);
  expect(told[0]!.step / 86_400_000).toBeCloseTo(1, 2);
  const shown = await alerts();
  expect(shown.map(({ code }) => code)).toEqual(['databaseJumped', 'processSkew']);
  expect(Number(shown[1]!['skewMs']) / 86_400_000).toBeCloseTo(-1, 2);
});
