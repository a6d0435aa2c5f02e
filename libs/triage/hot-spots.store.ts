import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { GrowthAlarm } from './rules/heat/growth.js';

/** A sudden growth of one matter, as analysts are told of it. */
export interface HotSpot {
  id: string;
  incidentId: string;
  number: string;
  title: string;
  at: Date;
  why: GrowthAlarm['why'];
  count: number;
  factor: number;
  seenAt: Date | null;
}

export async function saveHotSpots(
  tx: Transaction,
  alarms: { incidentId: string; alarm: GrowthAlarm }[],
): Promise<void> {
  if (alarms.length === 0) return;
  await tx.query(
    `INSERT INTO hot_spots (id, incident_id, at, why, count, factor) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::int[], $6::float8[])`,
    [
      alarms.map(() => newId()),
      alarms.map(({ incidentId }) => incidentId),
      alarms.map(({ alarm }) => new Date(alarm.at)),
      alarms.map(({ alarm }) => alarm.why),
      alarms.map(({ alarm }) => alarm.count),
      alarms.map(({ alarm }) => alarm.factor),
    ],
  );
}

/** A proposal that was put aside until it heats up has heated up: any score is above what it waits for now. */
export async function wakeSnoozed(tx: Transaction, incidentIds: string[]): Promise<void> {
  if (incidentIds.length === 0) return;
  await tx.query(
    'UPDATE incidents SET snoozed_heat = -1 WHERE id = ANY($1::uuid[]) AND snoozed_until IS NOT NULL AND snoozed_heat IS NOT NULL',
    [incidentIds],
  );
}

/** Hot spots that nobody has taken note of, the newest first. */
export async function openHotSpots(tx: Transaction, limit: number): Promise<HotSpot[]> {
  const parameters: unknown[] = [];
  const spots = tx.visible('hot_spots', parameters);
  return tx.query(
    `SELECT h.id, h.incident_id AS "incidentId", i.number, i.title, h.at, h.why, h.count, h.factor, h.seen_at AS "seenAt"
       FROM ${spots} h JOIN incidents i ON i.id = h.incident_id WHERE h.seen_at IS NULL ORDER BY h.at DESC LIMIT $${parameters.push(limit)}`,
    parameters,
  );
}

/** Takes note of a hot spot; answers its incident, or undefined for one that is unknown, out of scope or seen already. */
export async function markSeen(tx: Transaction, id: string, by: string): Promise<string | undefined> {
  const parameters: unknown[] = [];
  const spots = tx.visible('hot_spots', parameters);
  const row = await tx.one<{ incident_id: string }>(
    `SELECT h.incident_id FROM ${spots} h WHERE h.id = $${parameters.push(id)}`,
    parameters,
  );
  if (row === undefined) return undefined;
  await tx.query('UPDATE hot_spots SET seen_by = $2, seen_at = huiying_now() WHERE id = $1 AND seen_at IS NULL', [
    id,
    by,
  ]);
  return row.incident_id;
}
