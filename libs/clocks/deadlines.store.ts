import type { Transaction } from '#platform/database/database.js';

/** Brings the read model of the next deadline of each incident up to date; lists sort by it without touching the clocks. */
export async function refreshDeadlines(tx: Transaction, incidentIds: string[]): Promise<void> {
  if (incidentIds.length === 0) return;
  await tx.query(
    `INSERT INTO incident_deadlines (incident_id, next_due_at, next_act, overdue_count, first_overdue_at, updated_at)
     SELECT ids.id, upcoming.due_at, upcoming.act, coalesce(late.n, 0), late.first_at, huiying_now()
       FROM unnest($1::uuid[]) AS ids(id)
       LEFT JOIN LATERAL (SELECT due_at, act FROM response_clocks c WHERE c.incident_id = ids.id AND c.state IN ('armed', 'dueSoon') ORDER BY due_at LIMIT 1) upcoming ON true
       LEFT JOIN LATERAL (SELECT count(*) AS n, min(due_at) AS first_at FROM response_clocks c WHERE c.incident_id = ids.id AND c.state = 'overdue' AND c.force = 'limit') late ON true
     ON CONFLICT (incident_id) DO UPDATE SET next_due_at = excluded.next_due_at, next_act = excluded.next_act, overdue_count = excluded.overdue_count,
       first_overdue_at = excluded.first_overdue_at, updated_at = excluded.updated_at`,
    [incidentIds],
  );
}
