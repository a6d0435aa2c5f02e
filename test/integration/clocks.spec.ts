import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ClockKeeper } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { SweepService } from '#clocks/sweep.service.js';
import { newId } from '#kernel/ids.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { CONFIG_DIR } from '../support/clock-histories.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertRow } from '../support/rows.js';
import { TEST_DRILL_HOUR_MS } from '../support/settings.js';

let db: TestDatabase;
let keeper: ClockKeeper;
beforeAll(async () => {
  db = await createTestDatabase();
  keeper = new ClockKeeper(LoadedPolicies.load(CONFIG_DIR, undefined, TEST_DRILL_HOUR_MS));
});
afterAll(() => db.drop());

const iso = (text: string) => `${text.replace(' ', 'T')}+08:00`;

async function plantIncident(): Promise<string> {
  const id = newId();
  await insertRow(db, 'incidents', {
    id,
    policy_pack: 'nantong',
    state: 'confirmed',
    number: id,
    detected_at: iso('2026-11-20 14:12'),
  });
  return id;
}

/** Writes one entry at a time of the database's clock and lets the keeper follow, as the ledger's consumer does. */
async function happens(
  when: string,
  incidentIds: string[],
  type: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await db.setNow(iso(when));
  await db.worker.asSystem(async (tx) => {
    const at = new Date(iso(when));
    await appendLedger(
      tx,
      incidentIds.map((incidentId) => ({
        type,
        at,
        actor: systemActor('test'),
        incidentId,
        subjectId: newId(),
        payload,
      })),
    );
    await keeper.handle(tx, incidentIds.map((incidentId) => ({ incidentId })) as never);
  });
}

const confirm = (
  when: string,
  id: string,
  grade: string,
  stamps = { occurredAt: iso('2026-11-20 14:05'), detectedAt: iso('2026-11-20 14:12') },
) => happens(when, [id], 'incident.confirmed', { grade, basis: 'confirmed', heat: 'III', stamps });
const prove = (when: string, id: string, publishedAt: string) =>
  happens(when, [id], 'evidence.proven', { evidence: 'webRelease', publishedAt: iso(publishedAt), filedAt: iso(when) });

async function publicClocks(id: string): Promise<Record<string, string>> {
  const rows = await db.asOwner<{ key: string; state: string; due: string }>(
    `SELECT clock_key || CASE WHEN generation > 1 THEN ' ' || generation ELSE '' END AS key, state, to_char(due_at AT TIME ZONE 'Asia/Shanghai', 'MM-DD HH24:MI') AS due
       FROM response_clocks WHERE incident_id = $1 AND scope = 'public' AND act <> 'continuingRelease' ORDER BY due_at`,
    [id],
  );
  return Object.fromEntries(rows.map((row) => [row.key, `${row.due} ${row.state}`]));
}

test('a due fires once; a timely release that is filed late turns the breach to met and keeps the record of the firing', async () => {
  const id = await plantIncident();
  await confirm('2026-11-20 14:12', id, 'II');
  expect(await publicClocks(id)).toEqual({
    'firstRelease.target': '11-20 17:05 armed',
    'firstRelease.limit': '11-20 19:05 armed',
    'pressConference.limit': '11-21 14:05 armed',
  });
  await db.setNow(iso('2026-11-20 19:05:01'));
  const sweep = new SweepService(db.worker);
  while ((await sweep.sweep('sweep', 'test')) > 0);
  while ((await sweep.sweep('sweep', 'test')) > 0);
  expect(await publicClocks(id)).toMatchObject({
    'firstRelease.target': '11-20 17:05 overdue',
    'firstRelease.limit': '11-20 19:05 overdue',
  });
  await prove('2026-11-20 20:00', id, '2026-11-20 18:00');
  expect(await publicClocks(id)).toMatchObject({
    'firstRelease.target': '11-20 17:05 metLate',
    'firstRelease.limit': '11-20 19:05 met',
  });
  const firings = await db.asOwner<{ n: number }>(
    `SELECT count(*)::int AS n FROM clock_firings f JOIN response_clocks c ON c.id = f.clock_id WHERE c.incident_id = $1 AND c.clock_key = 'firstRelease.limit' AND f.event = 'overdue'`,
    [id],
  );
  expect(firings[0]!.n).toBe(1);
});

test('a make-up release ends without effect when an earlier release is proven after all', async () => {
  const id = await plantIncident();
  await confirm('2026-11-20 14:12', id, 'III');
  await happens('2026-11-20 20:00', [id], 'incident.regraded', { grade: 'II', basis: 'confirmed' });
  expect(await publicClocks(id)).toMatchObject({
    'firstRelease.limit': '11-20 19:05 overdueAtUpgrade',
    'makeupRelease.limit': '11-20 21:00 armed',
    'publicResponse.limit': '11-22 14:12 superseded',
  });
  await prove('2026-11-20 20:30', id, '2026-11-20 18:30');
  expect(await publicClocks(id)).toMatchObject({
    'firstRelease.limit': '11-20 19:05 met',
    'makeupRelease.limit': '11-20 21:00 notApplicable',
    'publicResponse.limit': '11-22 14:12 met',
  });
});

test('merged incidents share the earliest start and their releases; an un-merge gives the child its dues back', async () => {
  const [parent, child] = [await plantIncident(), await plantIncident()];
  await confirm('2026-11-20 14:12', parent, 'III');
  await confirm('2026-11-20 14:12', child, 'II', {
    occurredAt: iso('2026-11-20 13:00'),
    detectedAt: iso('2026-11-20 13:30'),
  });
  await db.asOwner('UPDATE incidents SET merged_into = $1 WHERE id = $2', [parent, child]);
  await happens('2026-11-20 14:30', [child, parent], 'incident.merged', { child, into: parent });
  expect(await publicClocks(parent)).toEqual({
    'firstRelease.target': '11-20 16:00 armed',
    'firstRelease.limit': '11-20 18:00 armed',
    'pressConference.limit': '11-21 13:00 armed',
    'publicResponse.limit': '11-22 14:12 superseded',
  });
  expect((await publicClocks(child))['firstRelease.limit']).toBe('11-20 18:00 superseded');
  await prove('2026-11-20 15:00', child, '2026-11-20 15:00');
  expect((await publicClocks(parent))['firstRelease.limit']).toBe('11-20 18:00 met');
  await db.asOwner('UPDATE incidents SET merged_into = NULL WHERE id = $1', [child]);
  await happens('2026-11-20 15:30', [child, parent], 'incident.unmerged', { child, from: parent });
  expect(await publicClocks(child)).toMatchObject({
    'firstRelease.limit': '11-20 18:00 superseded',
    'firstRelease.limit 2': '11-20 18:00 met',
    'pressConference.limit 2': '11-21 13:00 armed',
  });
});
