import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { refreshDeadlines } from '#clocks/deadlines.store.js';
import { newId } from '#kernel/ids.js';
import { until } from '../support/fault-rig.js';
import { insertRow } from '../support/rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const waiting = async () =>
  (
    await db.asOwner(
      `SELECT 1 FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`,
    )
  ).length;

it('two sweeps that fire clocks of one incident at once both count in its deadlines', async () => {
  const incidentId = newId();
  const clocks = [newId(), newId()];
  const due = new Date(Date.now() - 1_000);
  await insertRow(db, 'incidents', { id: incidentId, state: 'confirmed', jurisdiction: '320600' });
  for (const id of clocks)
    await insertRow(db, 'response_clocks', {
      id,
      incident_id: incidentId,
      clock_key: id,
      force: 'limit',
      form: 'deadline',
      scope: 'public',
      state: 'armed',
      due_at: due,
    });
  await db.worker.asSystem((tx) => refreshDeadlines(tx, [incidentId]));

  const fire = (id: string, before: () => Promise<void>) =>
    db.worker.asSystem(async (tx) => {
      await tx.query(`UPDATE response_clocks SET state = 'overdue' WHERE id = $1`, [id]);
      await refreshDeadlines(tx, [incidentId]);
      await before();
    });
  let second: Promise<void> | undefined;
  await fire(clocks[0]!, async () => {
    // The second one is at the deadlines of the incident while the first one has not committed.
    second = fire(clocks[1]!, () => Promise.resolve());
    await until(async () => (await waiting()) === 1, 'the second sweep to wait');
  });
  await second;
  expect(await db.asOwner('SELECT overdue_count, next_due_at FROM incident_deadlines')).toEqual([
    { overdue_count: 2, next_due_at: null },
  ]);
});
