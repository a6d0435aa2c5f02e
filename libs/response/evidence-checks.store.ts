import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type Evidence, EVIDENCE_COLUMNS, type EvidenceState } from './evidence.store.js';

/** A later look at a proven page. */
export interface EvidenceCheck {
  id: string;
  evidenceId: string;
  ordinal: number;
  plannedAt: Date;
  checkedAt: Date;
  result: 'unchanged' | 'changed' | 'gone' | 'unreachable';
  sha256: string | null;
  detail: Record<string, unknown>;
}

export type CheckedEvidence = Evidence & { checksDone: number; nextCheckAt: Date };

/** Longer than the fetch's total time limit, so that a process that died gives the look back. */
const CLAIM_SECONDS = 60;

/** Takes the pages whose next look is due; another process skips them until the claim ends. */
export async function claimDueChecks(tx: Transaction, limit: number): Promise<CheckedEvidence[]> {
  return tx.query<CheckedEvidence>(
    `UPDATE evidence e SET claimed_until = huiying_now() + interval '${CLAIM_SECONDS} seconds'
      WHERE e.id = ANY(ARRAY(SELECT id FROM evidence WHERE next_check_at <= huiying_now() AND state IN ('proven', 'gone', 'altered')
                              AND (claimed_until IS NULL OR claimed_until < huiying_now()) ORDER BY next_check_at LIMIT $1 FOR UPDATE SKIP LOCKED))
      RETURNING ${EVIDENCE_COLUMNS}, e.checks_done AS "checksDone", e.next_check_at AS "nextCheckAt"`,
    [limit],
  );
}

/** Writes a look and when the next one is due. False when another process wrote this look. */
export async function saveCheck(
  tx: Transaction,
  evidence: CheckedEvidence,
  look: Omit<EvidenceCheck, 'id' | 'evidenceId' | 'plannedAt'> & { state: EvidenceState; nextCheckAt: Date | null },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO evidence_checks (id, incident_id, evidence_id, ordinal, planned_at, checked_at, result, sha256, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`,
    [
      newId(),
      evidence.incidentId,
      evidence.id,
      look.ordinal,
      evidence.nextCheckAt,
      look.checkedAt,
      look.result,
      look.sha256,
      JSON.stringify(look.detail),
    ],
  );
  if (rows.length === 0) return false;
  await tx.query(
    `UPDATE evidence SET checks_done = $2, next_check_at = $3, claimed_until = NULL, state = $4, version = version + CASE WHEN state = $4 THEN 0 ELSE 1 END WHERE id = $1`,
    [evidence.id, look.ordinal, look.nextCheckAt, look.state],
  );
  return true;
}

/** The server could not be reached: that proves nothing, so the look is taken again later. */
export async function postponeCheck(tx: Transaction, id: string, minutes: number): Promise<void> {
  await tx.query(
    `UPDATE evidence SET next_check_at = huiying_now() + $2 * interval '1 minute', claimed_until = NULL WHERE id = $1`,
    [id, minutes],
  );
}

export async function checksOf(tx: Transaction, evidenceId: string): Promise<EvidenceCheck[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('evidence_checks', parameters);
  parameters.push(evidenceId);
  return tx.query<EvidenceCheck>(
    `SELECT c.id, c.evidence_id AS "evidenceId", c.ordinal, c.planned_at AS "plannedAt", c.checked_at AS "checkedAt", c.result, c.sha256, c.detail
       FROM ${visible} c WHERE c.evidence_id = $${parameters.length} ORDER BY c.ordinal`,
    parameters,
  );
}
