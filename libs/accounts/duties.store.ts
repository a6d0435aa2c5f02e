import type { Transaction } from '#platform/database/database.js';
import { newId } from '#kernel/ids.js';
import { DUTIES, type Duty, type HeldDuty } from './contract.js';
import type { DutyBook } from './duties.js';

/** A duty as it was granted: dated, held in a body or a jurisdiction, perhaps as somebody's deputy. */
export interface DutyGrant {
  userId: string;
  duty: Duty;
  bodyId: string | null;
  jurisdiction: string;
  validFrom: Date;
  validTo: Date | null;
  deputyFor: string | null;
}

interface HeldRow {
  userId: string;
  duty: Duty;
  bodyId: string | null;
  jurisdiction: string;
  deputyFor: string | null;
  deputyForName: string | null;
}

/** In force at the database's now: dated, and of a deputy only as long as the person deputised for holds the duty too. */
const IN_FORCE = `d.valid_from <= huiying_now() AND (d.valid_to IS NULL OR d.valid_to > huiying_now())
  AND (d.deputy_for IS NULL OR EXISTS (
    SELECT 1 FROM duties p JOIN users pu ON pu.id = p.user_id
     WHERE p.user_id = d.deputy_for AND pu.disabled_at IS NULL AND p.deputy_for IS NULL AND p.duty = d.duty
       AND p.body_id IS NOT DISTINCT FROM d.body_id AND p.jurisdiction = d.jurisdiction
       AND p.valid_from <= huiying_now() AND (p.valid_to IS NULL OR p.valid_to > huiying_now())))`;

/** The duties in force of several users, by user. Duties that the program doesn't know are left out: what is unknown allows nothing. */
export async function heldDuties(tx: Transaction, userIds: string[], book: DutyBook): Promise<Map<string, HeldDuty[]>> {
  const rows = await tx.query<HeldRow>(
    `SELECT d.user_id AS "userId", d.duty, d.body_id AS "bodyId", d.jurisdiction, d.deputy_for AS "deputyFor", u.display_name AS "deputyForName"
       FROM duties d LEFT JOIN users u ON u.id = d.deputy_for
      WHERE d.user_id = ANY($1::uuid[]) AND ${IN_FORCE} ORDER BY d.valid_from, d.id`,
    [userIds],
  );
  const held = new Map<string, HeldDuty[]>(userIds.map((id) => [id, []]));
  for (const row of rows)
    if (DUTIES.includes(row.duty))
      held.get(row.userId)!.push({
        duty: row.duty,
        bodyId: row.bodyId,
        jurisdiction: row.jurisdiction,
        sees: book.heldIn(row.duty),
        permissions: book.permissionsOf(row.duty),
        ...(row.deputyFor === null
          ? {}
          : { deputyFor: { userId: row.deputyFor, displayName: row.deputyForName ?? '' } }),
      });
  return held;
}

export async function insertDuty(tx: Transaction, grant: DutyGrant): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO duties (id, user_id, duty, body_id, jurisdiction, valid_from, valid_to, deputy_for) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, grant.userId, grant.duty, grant.bodyId, grant.jurisdiction, grant.validFrom, grant.validTo, grant.deputyFor],
  );
  return id;
}

/** Locks a duty of a user, or undefined. */
export const lockDuty = (tx: Transaction, userId: string, dutyId: string): Promise<DutyGrant | undefined> =>
  tx.one<DutyGrant>(
    `SELECT user_id AS "userId", duty, body_id AS "bodyId", jurisdiction, valid_from AS "validFrom", valid_to AS "validTo", deputy_for AS "deputyFor"
       FROM duties WHERE id = $1 AND user_id = $2 FOR UPDATE`,
    [dutyId, userId],
  );

export async function endDuty(tx: Transaction, dutyId: string, at: Date): Promise<void> {
  await tx.query('UPDATE duties SET valid_to = $2 WHERE id = $1', [dutyId, at]);
}

/** The jurisdiction of a body, or undefined when there is no such body. */
export async function jurisdictionOfBody(tx: Transaction, bodyId: string): Promise<string | undefined> {
  return (await tx.one<{ jurisdiction: string }>('SELECT jurisdiction FROM bodies WHERE id = $1', [bodyId]))
    ?.jurisdiction;
}
