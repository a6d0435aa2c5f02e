import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';

export type EvidenceState = 'pending' | 'proven' | 'refused' | 'gone' | 'altered';

/** What proves a response: a page on a registered channel, captured and hashed; a conference; a report that was received. */
export interface Evidence {
  id: string;
  incidentId: string;
  statementId: string | null;
  bodyId: string | null;
  kind: string;
  channelId: string | null;
  url: string | null;
  title: string | null;
  publishedAt: Date | null;
  filedAt: Date;
  filedBy: string;
  state: EvidenceState;
  refusal: { code: string; clause: string; reason: string } | null;
  capturedAt: Date | null;
  sha256: string | null;
  comparison: Record<string, unknown> | null;
  /** Who spoke in it: some obligations ask for the head of the body (NT19 Art.21). */
  speakers: unknown[];
  /** The copy of what no page can prove: file name, media type, size in bytes. */
  attachment: Record<string, unknown> | null;
  attempts: number;
  version: number;
}

export const EVIDENCE_COLUMNS = `e.id, e.incident_id AS "incidentId", e.statement_id AS "statementId", e.body_id AS "bodyId", e.kind, e.channel_id AS "channelId", e.url, e.title,
  e.published_at AS "publishedAt", e.filed_at AS "filedAt", e.filed_by AS "filedBy", e.state, e.refusal, e.captured_at AS "capturedAt", e.sha256, e.comparison, e.speakers, e.attachment, e.attempts, e.version`;

export type NewEvidence = Pick<
  Evidence,
  | 'incidentId'
  | 'statementId'
  | 'bodyId'
  | 'kind'
  | 'channelId'
  | 'url'
  | 'title'
  | 'publishedAt'
  | 'filedAt'
  | 'filedBy'
  | 'state'
> & {
  speakers?: unknown[];
};

export async function insertEvidence(tx: Transaction, e: NewEvidence): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO evidence (id, incident_id, statement_id, body_id, kind, channel_id, url, title, published_at, filed_at, filed_by, state, speakers, next_attempt_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, CASE WHEN $12 = 'pending' AND $7::text IS NOT NULL THEN huiying_now() END)`,
    [
      id,
      e.incidentId,
      e.statementId,
      e.bodyId,
      e.kind,
      e.channelId,
      e.url,
      e.title,
      e.publishedAt,
      e.filedAt,
      e.filedBy,
      e.state,
      JSON.stringify(e.speakers ?? []),
    ],
  );
  return id;
}

export async function evidenceOf(tx: Transaction, incidentId: string): Promise<Evidence[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('evidence', parameters);
  parameters.push(incidentId);
  return tx.query<Evidence>(
    `SELECT ${EVIDENCE_COLUMNS} FROM ${visible} e WHERE e.incident_id = $${parameters.length} ORDER BY e.filed_at`,
    parameters,
  );
}

export async function findEvidence(tx: Transaction, id: string): Promise<Evidence> {
  const parameters: unknown[] = [];
  const visible = tx.visible('evidence', parameters);
  parameters.push(id);
  const row = await tx.one<Evidence>(
    `SELECT ${EVIDENCE_COLUMNS} FROM ${visible} e WHERE e.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('EVIDENCE_NOT_FOUND', 404, 'no such evidence');
  return row;
}

/** Longer than the fetch's total time limit, so that a process that died gives the capture back. */
const CLAIM_SECONDS = 60;

/** Takes pending captures whose turn has come; another process skips them until the claim ends. */
export async function claimPendingEvidence(tx: Transaction, limit: number): Promise<Evidence[]> {
  return tx.query<Evidence>(
    `UPDATE evidence e SET claimed_until = huiying_now() + interval '${CLAIM_SECONDS} seconds', attempts = attempts + 1
      WHERE e.id = ANY(ARRAY(SELECT id FROM evidence WHERE state = 'pending' AND next_attempt_at <= huiying_now()
                              AND (claimed_until IS NULL OR claimed_until < huiying_now()) ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED))
      RETURNING ${EVIDENCE_COLUMNS}`,
    [limit],
  );
}

/** The result of one capture. `retryAt` keeps it pending; otherwise the state is final. */
export interface CaptureOutcome {
  state: EvidenceState;
  publishedAt?: Date;
  title?: string;
  sha256?: string;
  snapshot?: Uint8Array;
  comparison?: Record<string, unknown>;
  refusal?: Evidence['refusal'];
  retryAt?: Date;
  /** When the page is looked at again; it may vanish or change (E-05). */
  nextCheckAt?: Date | null;
}

export async function saveCapture(tx: Transaction, id: string, at: Date, outcome: CaptureOutcome): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE evidence SET state = $2, published_at = coalesce($3, published_at), title = coalesce($4, title), sha256 = $5, snapshot = $6, comparison = $7, refusal = $8,
            next_attempt_at = $9, claimed_until = NULL, captured_at = CASE WHEN $5::text IS NULL THEN captured_at ELSE $10 END, next_check_at = $11, version = version + 1
      WHERE id = $1 AND state = 'pending' RETURNING id`,
    [
      id,
      outcome.state,
      outcome.publishedAt ?? null,
      outcome.title ?? null,
      outcome.sha256 ?? null,
      outcome.snapshot === undefined ? null : Buffer.from(outcome.snapshot),
      outcome.comparison === undefined ? null : JSON.stringify(outcome.comparison),
      outcome.refusal === undefined || outcome.refusal === null ? null : JSON.stringify(outcome.refusal),
      outcome.retryAt ?? null,
      at,
      outcome.nextCheckAt ?? null,
    ],
  );
  return rows.length === 1;
}

/** Keeps the copy of what no page can prove. */
export async function saveAttachment(
  tx: Transaction,
  id: string,
  copy: { attachment: Record<string, unknown>; sha256: string; snapshot: Buffer },
): Promise<void> {
  await tx.query('UPDATE evidence SET attachment = $2, sha256 = $3, snapshot = $4 WHERE id = $1', [
    id,
    JSON.stringify(copy.attachment),
    copy.sha256,
    copy.snapshot,
  ]);
}

/** The judgement of the second person; fenced by the version that was read. */
export async function saveSecondLook(
  tx: Transaction,
  evidence: Evidence,
  look: { outcome: CaptureOutcome; by: string; at: Date },
): Promise<number> {
  const { outcome, by, at } = look;
  const rows = await tx.query<{ version: number }>(
    `UPDATE evidence SET state = $3, refusal = $4, second_person = $5, captured_at = $6, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version`,
    [
      evidence.id,
      evidence.version,
      outcome.state,
      outcome.refusal === undefined ? null : JSON.stringify(outcome.refusal),
      by,
      at,
    ],
  );
  if (rows[0] === undefined)
    throw new DomainError('VERSION_CONFLICT', 412, 'the evidence has changed since it was read');
  return rows[0].version;
}
