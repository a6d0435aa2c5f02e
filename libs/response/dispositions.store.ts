import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { TRIAGE_EVENTS } from '#triage/contract.js';
import type { ClosingEvidence, DispositionKind, KnownTransfer, PublishedStatement } from './rules/dispositions.js';
import { transfersOf } from './transfers.store.js';

/** One kind of disposition of an incident (处置类型). `finding.withdrawn` takes it back; the row stays. */
export interface Disposition {
  id: string;
  incidentId: string;
  kind: DispositionKind;
  finding: { reason?: string; withdrawn?: { by: string; at: string } };
  evidence: ClosingEvidence;
  state: 'open' | 'satisfied';
  decidedBy: string;
  at: Date;
}

const COLUMNS = `d.id, d.incident_id AS "incidentId", d.kind, d.finding, d.evidence, d.state, d.decided_by AS "decidedBy", d.at`;

/** The kinds that hold, in order. */
export async function dispositionsOf(tx: Transaction, incidentId: string): Promise<Disposition[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('dispositions', parameters);
  parameters.push(incidentId);
  return tx.query<Disposition>(
    `SELECT ${COLUMNS} FROM ${visible} d WHERE d.incident_id = $${parameters.length} AND NOT d.finding ? 'withdrawn' ORDER BY d.kind`,
    parameters,
  );
}

/** Writes a kind; one that was taken back holds again, with nothing filed for it. */
export async function openDisposition(
  tx: Transaction,
  row: Pick<Disposition, 'incidentId' | 'kind' | 'finding' | 'decidedBy' | 'at'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO dispositions (id, incident_id, kind, finding, state, decided_by, at) VALUES ($1, $2, $3, $4, 'open', $5, $6)
     ON CONFLICT (incident_id, kind) DO UPDATE SET finding = excluded.finding, evidence = '{}', state = 'open', decided_by = excluded.decided_by, at = excluded.at`,
    [newId(), row.incidentId, row.kind, JSON.stringify(row.finding), row.decidedBy, row.at],
  );
}

export async function updateDisposition(
  tx: Transaction,
  id: string,
  change: Partial<Pick<Disposition, 'finding' | 'evidence' | 'state'>>,
): Promise<void> {
  await tx.query(
    'UPDATE dispositions SET finding = coalesce($2, finding), evidence = coalesce($3, evidence), state = coalesce($4, state) WHERE id = $1',
    [
      id,
      change.finding === undefined ? null : JSON.stringify(change.finding),
      change.evidence === undefined ? null : JSON.stringify(change.evidence),
      change.state ?? null,
    ],
  );
}

/**
 * Statements of an incident that went out and whose publication is proven; a vanished page still counts (its snapshot is kept).
 * After a reopening only what was published since: what was said before answers the former handling.
 */
export async function publishedStatements(tx: Transaction, incidentId: string): Promise<PublishedStatement[]> {
  return tx.query<PublishedStatement>(
    `SELECT st.id, st.kind FROM statements st WHERE st.incident_id = $1 AND st.state IN ('published', 'corrected')
        AND EXISTS (SELECT 1 FROM evidence e WHERE e.statement_id = st.id AND e.state IN ('proven', 'gone', 'altered') AND e.kind <> 'acknowledgement')
        AND NOT EXISTS (SELECT 1 FROM ledger_entries l WHERE l.incident_id = st.incident_id AND l.type = $2 AND l.at > st.published_at) ORDER BY st.created_at`,
    [incidentId, TRIAGE_EVENTS.reopened],
  );
}

/** The hand-overs of an incident, as the rules of closing see them. */
export async function knownTransfers(tx: Transaction, incidentId: string): Promise<KnownTransfer[]> {
  return (await transfersOf(tx, incidentId)).map(({ id, receipt }) => ({ id, received: receipt !== null }));
}
