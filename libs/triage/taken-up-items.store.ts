import type { Transaction } from '#platform/database/database.js';
import type { Category } from './contract.js';

export async function clusterOfItem(
  tx: Transaction,
  itemId: string,
): Promise<{ id: string; incidentId: string | null } | undefined> {
  return tx.one(
    `SELECT c.id, c.incident_id AS "incidentId" FROM cluster_items l JOIN clusters c ON c.id = l.cluster_id
      WHERE l.item_id = $1 AND l.relation = 'confirmed' LIMIT 1`,
    [itemId],
  );
}

/** From here the cluster's later items are the incident's. */
export async function giveClusterIncident(
  tx: Transaction,
  { clusterId, incidentId, category }: { clusterId: string; incidentId: string; category: Category },
): Promise<void> {
  await tx.query('UPDATE clusters SET incident_id = $2, category = $3 WHERE id = $1', [
    clusterId,
    incidentId,
    category,
  ]);
}
