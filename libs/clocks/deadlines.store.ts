import type { Transaction } from '#platform/database/database.js';

/**
 * Brings the read model of the next deadline of each incident up to date; lists sort by it without touching the clocks.
 * Two transactions may fire clocks of one incident at once. Each takes the rows first, in one order, and counts in a statement
 * after that: whoever comes second sees what the first one did, and neither waits for the other in a circle.
 */
export async function refreshDeadlines(tx: Transaction, incidentIds: string[]): Promise<void> {
  if (incidentIds.length === 0) return;
  await tx.query(
    'SELECT incident_id FROM incident_deadlines WHERE incident_id = ANY($1::uuid[]) ORDER BY incident_id FOR UPDATE',
    [incidentIds],
  );
  // The clocks of an incident are read by its id alone: sorting inside would tempt the planner to walk all dues in order.
  await tx.query(
    `INSERT INTO incident_deadlines (incident_id, next_due_at, next_act, overdue_count, first_overdue_at, updated_at)
     SELECT ids.id, min(c.due_at) FILTER (WHERE c.running), (array_agg(c.act ORDER BY c.due_at) FILTER (WHERE c.running))[1],
            count(*) FILTER (WHERE c.late), min(c.due_at) FILTER (WHERE c.late), huiying_now()
       FROM unnest($1::uuid[]) AS ids(id)
       LEFT JOIN LATERAL (SELECT due_at, act, state IN ('armed', 'dueSoon') AS running, state = 'overdue' AND force = 'limit' AS late
                            FROM response_clocks WHERE incident_id = ids.id OFFSET 0) c ON true
      GROUP BY ids.id ORDER BY ids.id
     ON CONFLICT (incident_id) DO UPDATE SET next_due_at = excluded.next_due_at, next_act = excluded.next_act, overdue_count = excluded.overdue_count,
       first_overdue_at = excluded.first_overdue_at, updated_at = excluded.updated_at`,
    [incidentIds],
  );
}
