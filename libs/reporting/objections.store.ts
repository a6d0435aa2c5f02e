import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';

/** What a body has against a frozen bulletin, and how it was decided. */
export interface Objection {
  id: string;
  snapshotId: string;
  bodyId: string;
  bodyName: string;
  figure: string;
  text: string;
  state: 'filed' | 'upheld' | 'dismissed';
  filedAt: Date;
  filedByName: string;
  decision: string | null;
  decidedAt: Date | null;
  decidedByName: string | null;
  version: number;
}

const COLUMNS = `o.id, o.snapshot_id AS "snapshotId", o.body_id AS "bodyId", b.name AS "bodyName", o.figure, o.text, o.state, o.filed_at AS "filedAt", o.filed_by_name AS "filedByName", o.decision,
  o.decided_at AS "decidedAt", o.decided_by_name AS "decidedByName", o.version`;

/** Objections to one bulletin that the scope shows, in their order. */
export async function objectionsTo(tx: Transaction, snapshotId: string): Promise<Objection[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('bulletin_objections', parameters);
  parameters.push(snapshotId);
  return tx.query<Objection>(
    `SELECT ${COLUMNS} FROM ${visible} o JOIN bodies b ON b.id = o.body_id WHERE o.snapshot_id = $${parameters.length} ORDER BY o.filed_at, o.id`,
    parameters,
  );
}

/** One objection inside the scope, locked, or 404. */
export async function lockObjection(tx: Transaction, id: string): Promise<Objection & { jurisdiction: string }> {
  const parameters: unknown[] = [];
  const visible = tx.visible('bulletin_objections', parameters);
  parameters.push(id);
  const row = await tx.one<Objection & { jurisdiction: string }>(
    `SELECT ${COLUMNS}, o.jurisdiction FROM bulletin_objections o JOIN bodies b ON b.id = o.body_id WHERE o.id = $${parameters.length} AND o.id IN (SELECT v.id FROM ${visible} v) FOR UPDATE OF o`,
    parameters,
  );
  if (row === undefined) throw new DomainError('OBJECTION_NOT_FOUND', 404, 'no such objection');
  return row;
}

export interface NewObjection {
  id: string;
  snapshotId: string;
  jurisdiction: string;
  bodyId: string;
  figure: string;
  text: string;
  at: Date;
  by: { id: string; name: string };
}

/** Files an objection; `OBJECTION_MADE` (409) when the body has objected to this bulletin before. */
export async function insertObjection(tx: Transaction, given: NewObjection): Promise<void> {
  const rows = await tx.query(
    `INSERT INTO bulletin_objections (id, snapshot_id, jurisdiction, body_id, body_ids, figure, text, state, filed_at, filed_by, filed_by_name)
     VALUES ($1, $2, $3, $4, ARRAY[$4::text], $5, $6, 'filed', $7, $8, $9) ON CONFLICT (snapshot_id, body_id) DO NOTHING RETURNING id`,
    [given.id, given.snapshotId, given.jurisdiction, given.bodyId, given.figure, given.text, given.at, given.by.id, given.by.name], // prettier-ignore
  );
  if (rows.length === 0)
    throw new DomainError('OBJECTION_MADE', 409, 'this body has objected to this bulletin', { body: given.bodyId });
}

export async function decideObjection(
  tx: Transaction,
  id: string,
  decided: { state: 'upheld' | 'dismissed'; decision: string; at: Date; by: { id: string; name: string } },
): Promise<void> {
  await tx.query(
    `UPDATE bulletin_objections SET state = $2, decision = $3, decided_at = $4, decided_by = $5, decided_by_name = $6, version = version + 1 WHERE id = $1`,
    [id, decided.state, decided.decision, decided.at, decided.by.id, decided.by.name],
  );
}
