import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { PassedGate } from './rules/review-gates.js';
import type { StatementState } from './rules/statement-states.js';

/** One of the three elements of a response (R16): filled, or not applicable with the reason. */
export interface StatementElement {
  text?: string;
  notApplicableReason?: string;
}

export interface Editor {
  userId: string;
  name: string;
  since: string;
}
export interface Assessment {
  wording: string;
  timing: string;
  manner: string;
}
export interface PrivacyException {
  code: string;
  reason: string;
  by: string;
}

/** A statement of a body on an incident (权威信息 / 回应). */
export interface Statement {
  id: string;
  number: string;
  incidentId: string;
  bodyId: string;
  kind: string;
  title: string;
  body: string;
  cause: StatementElement;
  solution: StatementElement;
  constraints: StatementElement;
  competentBodyId: string | null;
  speaker: { name: string; post: string; rank: string } | null;
  state: StatementState;
  gates: Record<string, PassedGate>;
  approvedBy: string | null;
  approvedAt: Date | null;
  publishedAt: Date | null;
  nextUpdateAt: Date | null;
  corrects: string | null;
  /** Who writes, and until when the lease runs by the database's clock. */
  editor: Editor | null;
  editorUntil: Date | null;
  /** Wording, timing and manner of the release, judged before it (R44, YW18 五(二)). */
  assessment: Assessment | null;
  /** Under which of the two exceptions personal data stay (YW18 五(二)). */
  privacy: PrivacyException | null;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export const STATEMENT_COLUMNS = `st.id, st.number, st.incident_id AS "incidentId", st.body_id AS "bodyId", st.kind, st.title, st.body, st.cause, st.solution, st.constraints,
  st.competent_body_id AS "competentBodyId", st.speaker, st.state, st.gates, st.approved_by AS "approvedBy", st.approved_at AS "approvedAt", st.published_at AS "publishedAt",
  st.next_update_at AS "nextUpdateAt", st.corrects, st.editor, st.editor_until AS "editorUntil", st.assessment, st.privacy, st.created_by AS "createdBy", st.created_at AS "createdAt", st.updated_at AS "updatedAt", st.version`;

export type NewStatement = Pick<
  Statement,
  | 'number'
  | 'incidentId'
  | 'bodyId'
  | 'kind'
  | 'title'
  | 'body'
  | 'cause'
  | 'solution'
  | 'constraints'
  | 'competentBodyId'
  | 'speaker'
  | 'corrects'
  | 'nextUpdateAt'
  | 'assessment'
  | 'createdBy'
>;

export async function insertStatement(tx: Transaction, s: NewStatement): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO statements (id, number, incident_id, body_id, kind, title, body, cause, solution, constraints, competent_body_id, speaker, state, corrects, next_update_at, created_by, assessment, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'draft', $13, $14, $15, $16, huiying_now(), huiying_now())`,
    [
      id,
      s.number,
      s.incidentId,
      s.bodyId,
      s.kind,
      s.title,
      s.body,
      JSON.stringify(s.cause),
      JSON.stringify(s.solution),
      JSON.stringify(s.constraints),
      s.competentBodyId,
      s.speaker === null ? null : JSON.stringify(s.speaker),
      s.corrects,
      s.nextUpdateAt,
      s.createdBy,
      s.assessment === null ? null : JSON.stringify(s.assessment),
    ],
  );
  return id;
}

export async function findStatement(tx: Transaction, id: string): Promise<Statement> {
  const parameters: unknown[] = [];
  const visible = tx.visible('statements', parameters);
  parameters.push(id);
  const row = await tx.one<Statement>(
    `SELECT ${STATEMENT_COLUMNS} FROM ${visible} st WHERE st.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('STATEMENT_NOT_FOUND', 404, 'no such statement');
  return row;
}

export async function statementsOf(tx: Transaction, incidentId: string): Promise<Statement[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('statements', parameters);
  parameters.push(incidentId);
  return tx.query<Statement>(
    `SELECT ${STATEMENT_COLUMNS} FROM ${visible} st WHERE st.incident_id = $${parameters.length} ORDER BY st.created_at`,
    parameters,
  );
}

const COLUMN = {
  title: 'title',
  body: 'body',
  cause: 'cause',
  solution: 'solution',
  constraints: 'constraints',
  competentBodyId: 'competent_body_id',
  speaker: 'speaker',
  state: 'state',
  gates: 'gates',
  approvedBy: 'approved_by',
  approvedAt: 'approved_at',
  publishedAt: 'published_at',
  nextUpdateAt: 'next_update_at',
  editor: 'editor',
  editorUntil: 'editor_until',
  assessment: 'assessment',
  privacy: 'privacy',
} as const;
const JSON_FIELDS = new Set([
  'cause',
  'solution',
  'constraints',
  'speaker',
  'gates',
  'editor',
  'assessment',
  'privacy',
]);

/** Fenced by the version that was read. */
export async function updateStatement(
  tx: Transaction,
  statement: Statement,
  change: Partial<Pick<Statement, keyof typeof COLUMN>>,
): Promise<number> {
  const fields = (Object.entries(change) as [keyof typeof COLUMN, unknown][]).filter(
    ([, value]) => value !== undefined,
  );
  const rows = await tx.query<{ version: number }>(
    `UPDATE statements SET ${[...fields.map(([field], n) => `${COLUMN[field]} = $${n + 3}`), 'version = version + 1', 'updated_at = huiying_now()'].join(', ')} WHERE id = $1 AND version = $2 RETURNING version`,
    [
      statement.id,
      statement.version,
      ...fields.map(([field, value]) => (JSON_FIELDS.has(field) && value !== null ? JSON.stringify(value) : value)),
    ],
  );
  if (rows[0] === undefined)
    throw new DomainError('VERSION_CONFLICT', 412, 'the statement has changed since it was read');
  return rows[0].version;
}

/** Writes who holds the draft. A lease is no change of the text, so the version stays. */
export async function saveLease(
  tx: Transaction,
  id: string,
  lease: { editor: Editor; seconds: number } | null,
): Promise<Date | null> {
  const row = await tx.one<{ until: Date | null }>(
    `UPDATE statements SET editor = $2, editor_until = CASE WHEN $2::jsonb IS NULL THEN NULL ELSE huiying_now() + $3 * interval '1 second' END
      WHERE id = $1 RETURNING editor_until AS until`,
    [id, lease === null ? null : JSON.stringify(lease.editor), lease?.seconds ?? 0],
  );
  return row!.until;
}
