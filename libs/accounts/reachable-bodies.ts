import type { Transaction } from '#platform/database/database.js';
import { DUTIES } from './contract.js';
import type { DutyBook } from './duties.js';

/** Bodies in which a person of an account in use holds a duty that may sign for an order (签收). Needs the scope of administration. */
export async function reachableBodies(tx: Transaction, duties: DutyBook): Promise<ReadonlySet<string>> {
  const signing = DUTIES.filter((duty) => duties.permissionsOf(duty).has('assignment.acknowledge'));
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT d.body_id AS id FROM duties d JOIN users u ON u.id = d.user_id
      WHERE d.body_id IS NOT NULL AND d.duty = ANY($1::text[]) AND u.disabled_at IS NULL
        AND d.valid_from <= huiying_now() AND (d.valid_to IS NULL OR d.valid_to > huiying_now())`,
    [signing],
  );
  return new Set(rows.map(({ id }) => id));
}
