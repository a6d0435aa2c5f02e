import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { ClocksViews } from '#clocks/clocks.views.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { SweepService } from '#clocks/sweep.service.js';
import { newId } from '#kernel/ids.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { FactQuery } from '#reporting/facts/fact-query.js';
import { SumsViews } from '#reporting/facts/sums.views.js';
import { CONFIG_DIR } from '../support/clock-histories.js';
import { insertRow } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { TEST_DRILL_HOUR_MS } from '../support/settings.js';

let db: TestDatabase;
let keeper: ClockKeeper;
beforeAll(async () => {
  db = await createTestDatabase();
  keeper = new ClockKeeper(LoadedPolicies.load(CONFIG_DIR, undefined, TEST_DRILL_HOUR_MS));
});
afterAll(() => db.drop());

const iso = (text: string) => `${text.replace(' ', 'T')}+08:00`;
const write = (id: string, at: string, type: string, payload: Record<string, unknown>) =>
  db.worker.asSystem((tx) =>
    appendLedger(tx, [
      { type, at: new Date(iso(at)), actor: systemActor('test'), incidentId: id, subjectId: newId(), payload },
    ]),
  );
const follow = (id: string) => db.worker.asSystem((tx) => keeper.sync(tx, [id]));

test('a release that is filed 1 ms before the due and read after it ends as met; the firing is told as overtaken, not hidden', async () => {
  const id = newId();
  const row = { id, policy_pack: 'nantong', state: 'confirmed', number: id, jurisdiction: '320600', category: 'C4' };
  await insertRow(db, 'incidents', { ...row, detected_at: iso('2026-11-18 14:12') });
  await db.setNow(iso('2026-11-18 14:12:30'));
  const stamps = { detectedAt: iso('2026-11-18 14:12') };
  await write(id, '2026-11-18 14:12:30', 'incident.confirmed', {
    grade: 'none',
    basis: 'confirmed',
    heat: 'III',
    stamps,
  });
  await write(id, '2026-11-18 14:12:30', 'firstReport.received', { receivedAt: iso('2026-11-18 14:12:30') });
  await follow(id);

  // The proof stands in the ledger one millisecond before the due; the sweep comes before the keeper has read it.
  await db.setNow(iso('2026-11-20 14:12:00.050'));
  const filedAt = iso('2026-11-20 14:11:59.999');
  await write(id, '2026-11-20 14:11:59.999', 'evidence.proven', {
    evidence: 'webRelease',
    publishedAt: filedAt,
    filedAt,
  });
  const sweep = new SweepService(db.worker);
  while ((await sweep.sweep('sweep', 'test')) > 0);
  const state = async () =>
    (
      await db.asOwner<{ state: string }>(
        `SELECT state FROM response_clocks WHERE incident_id = $1 AND act = 'publicResponse'`,
        [id],
      )
    )[0]!.state;
  expect(await state()).toBe('overdue');
  await follow(id);
  expect(await state()).toBe('met');

  const history = await db.asOwner<{ type: string; corrects: boolean | null; late: boolean | null }>(
    `SELECT type, (payload->>'correctsBreach')::boolean AS corrects, (payload->>'filedLate')::boolean AS late FROM ledger_entries
      WHERE incident_id = $1 AND type IN ('clock.overdue', 'clock.met') AND payload->>'act' = 'publicResponse' ORDER BY at, id`,
    [id],
  );
  expect(history).toEqual([
    { type: 'clock.overdue', corrects: null, late: null },
    { type: 'clock.met', corrects: true, late: false },
  ]);
  const scope = { purpose: 'case' as const, jurisdictions: ['320600'], bodies: [] };
  const day = { from: Date.parse(iso('2026-11-20 00:00')), to: Date.parse(iso('2026-11-21 00:00')) };
  await db.app.inScope(scope, async (tx) => {
    const frame = { period: day as never, membership: 'due' as const };
    const [whole] = await new SumsViews().outcomes(new FactQuery(tx, frame, new Date(day.to)), { units: false });
    expect(whole).toMatchObject({ answered: 1, onTime: 1, decided: 1, firstResponse: { max: 48 * 3_600_000 - 1 } });
    const rows = await new ClocksViews().punctuality(tx, new Date(day.from), new Date(day.to), false);
    expect(rows.find(({ path }) => path === 'sweep')).toMatchObject({ overtaken: 1 });
  });
  // The read model of lists forgets the breach as well.
  const [deadline] = await db.asOwner<{ n: number }>(
    'SELECT overdue_count AS n FROM incident_deadlines WHERE incident_id = $1',
    [id],
  );
  expect(deadline).toEqual({ n: 0 });
  // Both ways to count stand with the arithmetic.
  const [clock] = await db.asOwner<{ seconds: number }>(
    `SELECT (computation->>'assessmentSeconds')::float8 AS seconds FROM response_clocks WHERE incident_id = $1 AND act = 'publicResponse'`,
    [id],
  );
  expect(clock!.seconds).toBeCloseTo(48 * 3600 - 0.001, 6);
});
