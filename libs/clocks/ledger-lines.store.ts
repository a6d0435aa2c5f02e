import { groupBy } from '#kernel/group-by.js';
import type { Transaction } from '#platform/database/database.js';
import type { IncidentHistory } from './contract.js';
import { CLOCK_MOVING_EVENTS, historyFromLedger, type LedgerLine } from './rules/history-from-ledger.js';

interface LineRow {
  id: string;
  at: Date;
  type: string;
  incident_id: string;
  subject_id: string | null;
  actor_name: string;
  reason: string | null;
  payload: Record<string, unknown>;
}

/** The ledger of some incidents, of those merged into them or parted from them, and of those that they came from or went into. */
export async function loadLines(tx: Transaction, incidentIds: string[]): Promise<Map<string, LedgerLine[]>> {
  const related = await tx.query<{ id: string }>(
    `SELECT DISTINCT other.id FROM ledger_entries e, LATERAL (VALUES ((e.payload->>'child')::uuid), ((e.payload->>'into')::uuid), ((e.payload->>'from')::uuid)) AS other(id)
      WHERE e.incident_id = ANY($1::uuid[]) AND e.type IN ('incident.merged', 'incident.split') AND other.id IS NOT NULL`,
    [incidentIds],
  );
  const rows = await tx.query<LineRow>(
    `SELECT e.id, e.at, e.type, e.incident_id, e.subject_id, e.actor_name, e.reason, e.payload FROM ledger_entries e
      WHERE e.incident_id = ANY($1::uuid[]) AND e.type = ANY($2::text[]) ORDER BY e.at, e.id`,
    [
      [...incidentIds, ...related.map((other) => other.id)],
      [...CLOCK_MOVING_EVENTS, 'assignment.withdrawn'],
    ],
  );
  const lines = rows.map((row) => ({
    incidentId: row.incident_id,
    line: {
      id: row.id,
      at: row.at,
      type: row.type,
      subjectId: row.subject_id,
      actorName: row.actor_name,
      reason: row.reason,
      payload: row.payload,
    },
  }));
  return new Map(
    [...groupBy(lines, (entry) => entry.incidentId)].map(([id, group]) => [id, group.map((entry) => entry.line)]),
  );
}

/** The history of one incident from lines that were loaded together with those of the incidents around it. */
export function historyOf(
  incidentId: string,
  lines: readonly LedgerLine[],
  linesOf: ReadonlyMap<string, LedgerLine[]>,
): IncidentHistory {
  return historyFromLedger(incidentId, lines, (id) => {
    const other = linesOf.get(id);
    return other === undefined ? undefined : historyFromLedger(id, other, () => undefined);
  });
}

/** Histories of the confirmed incidents under a pack, the newest first; drills are not among them. */
export async function pastHistories(
  tx: Transaction,
  packId: string,
  limit: number,
): Promise<{ number: string; history: IncidentHistory }[]> {
  const incidents = await tx.query<{ id: string; number: string }>(
    `SELECT id, number FROM incidents WHERE policy_pack = $1 AND NOT drill AND graded_at IS NOT NULL ORDER BY detected_at DESC, id LIMIT $2`,
    [packId, limit],
  );
  const linesOf = await loadLines(
    tx,
    incidents.map(({ id }) => id),
  );
  return incidents.map(({ id, number }) => ({ number, history: historyOf(id, linesOf.get(id) ?? [], linesOf) }));
}
