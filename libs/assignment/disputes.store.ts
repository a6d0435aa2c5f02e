import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type Dispute, disputeOf, mayName, type ReturnRecord } from './rules/dispute.js';

/** A return as the order carries it. `proposedBody` is the body that ought to have it. */
export interface ReturnNote {
  code: string;
  legalBasis: string | null;
  proposedBody: string | null;
  note: string | null;
  by: string;
  at: string;
  decided?: { by: string; at: string; upheld: boolean; reason: string };
}

/** All returns of an incident, in order of time, whether or not they were upheld. */
export async function returnsOf(tx: Transaction, incidentId: string): Promise<ReturnRecord[]> {
  const rows = await tx.query<{ body_id: string; note: ReturnNote }>(
    `SELECT body_id, return_request AS note FROM assignments WHERE incident_id = $1 AND return_request IS NOT NULL ORDER BY return_request->>'at', id`,
    [incidentId],
  );
  return rows.map(({ body_id, note }) => ({
    bodyId: body_id,
    at: new Date(note.at),
    upheld: note.decided?.upheld ?? null,
  }));
}

/** The dispute over an incident as it stands, or null (domain 5.2; NT19 Art.19). */
export async function openDispute(tx: Transaction, incidentId: string): Promise<Dispute | null> {
  const last = await tx.one<{ at: Date | null }>('SELECT max(at) AS at FROM lead_decisions WHERE incident_id = $1', [
    incidentId,
  ]);
  return disputeOf(await returnsOf(tx, incidentId), last?.at ?? null);
}

/** While bodies point at each other only the government office names the lead: 409 `DISPUTED` for everybody else (R21). */
export async function refuseWhileDisputed(tx: Transaction, incidentId: string): Promise<void> {
  const dispute = await openDispute(tx, incidentId);
  if (!mayName('analyst', dispute))
    throw new DomainError('DISPUTED', 409, 'the lead is disputed: the government office names it (NT19 Art.19)', {
      clause: 'NT19 Art.19',
      coordinator: dispute!.coordinatorBodyId,
      returnedBy: dispute!.returnedBy,
    });
}

/** A dispute with the instant by which the government office must have decided; a further return while it is open changes nothing. */
export async function insertDispute(
  tx: Transaction,
  dispute: { incidentId: string; since: Date; dueAt: Date; coordinatorBodyId: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO disputes (id, incident_id, since, due_at, coordinator_body_id) SELECT $1, $2, $3, $4, $5
      WHERE NOT EXISTS (SELECT 1 FROM disputes WHERE incident_id = $2 AND decided_at IS NULL)`,
    [newId(), dispute.incidentId, dispute.since, dispute.dueAt, dispute.coordinatorBodyId],
  );
}

export async function closeDisputes(tx: Transaction, incidentId: string, at: Date): Promise<void> {
  await tx.query('UPDATE disputes SET decided_at = $2 WHERE incident_id = $1 AND decided_at IS NULL', [incidentId, at]);
}

export async function insertLeadDecision(
  tx: Transaction,
  decision: { incidentId: string; leadBodyId: string; decidedBy: string; reason: string; at: Date },
): Promise<string> {
  const id = newId();
  await tx.query(
    'INSERT INTO lead_decisions (id, incident_id, lead_body_id, decided_by, reason, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, decision.incidentId, decision.leadBodyId, decision.decidedBy, decision.reason, decision.at],
  );
  return id;
}
