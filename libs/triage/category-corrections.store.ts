import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { Category } from './contract.js';

const TEXT_CHARACTERS = 2_000;

/** A person's word against that of the rules, kept as a labelled text for the next training. */
export interface CategoryCorrection {
  itemId: string;
  incidentId: string | null;
  from: Category;
  to: Category;
  reason?: string;
  by: string;
}

export async function saveCorrection(tx: Transaction, correction: CategoryCorrection): Promise<void> {
  const { itemId, incidentId, from, to, reason, by } = correction;
  await tx.query(
    `INSERT INTO category_corrections (id, item_id, incident_id, text, from_category, to_category, reason, by_user, at)
     SELECT $1, i.id, $2, left(i.title || E'\\n' || i.body, ${TEXT_CHARACTERS}), $3, $4, $5, $6, huiying_now() FROM items i WHERE i.id = $7`,
    [newId(), incidentId, from, to, reason ?? null, by, itemId],
  );
}
