import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';

/** A frozen report. `content` is its exact text, over which `sha256` was taken. */
export interface Snapshot {
  id: string;
  number: string;
  kind: 'bulletin';
  period: string;
  membership: 'due' | 'dispatched';
  jurisdiction: string;
  /** The bodies that it names. */
  bodyIds: string[];
  asOf: Date;
  content: string;
  sha256: string;
  frozenAt: Date;
  frozenBy: string;
  frozenByName: string;
}

const COLUMNS = `s.id, s.number, s.kind, s.period, s.membership, s.jurisdiction, s.body_ids AS "bodyIds", s.as_of AS "asOf", s.content, s.sha256, s.frozen_at AS "frozenAt", s.frozen_by AS "frozenBy",
  s.frozen_by_name AS "frozenByName"`;

export async function insertSnapshot(tx: Transaction, snapshot: Snapshot): Promise<void> {
  await tx.query(
    `INSERT INTO report_snapshots (id, number, kind, period, membership, jurisdiction, body_ids, as_of, content, sha256, frozen_at, frozen_by, frozen_by_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      snapshot.id,
      snapshot.number,
      snapshot.kind,
      snapshot.period,
      snapshot.membership,
      snapshot.jurisdiction,
      snapshot.bodyIds,
      snapshot.asOf,
      snapshot.content,
      snapshot.sha256,
      snapshot.frozenAt,
      snapshot.frozenBy,
      snapshot.frozenByName,
    ],
  );
}

/** One snapshot inside the scope, or 404. */
export async function findSnapshot(tx: Transaction, id: string): Promise<Snapshot> {
  const parameters: unknown[] = [];
  const visible = tx.visible('report_snapshots', parameters);
  parameters.push(id);
  const row = await tx.one<Snapshot>(
    `SELECT ${COLUMNS} FROM ${visible} s WHERE s.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('SNAPSHOT_NOT_FOUND', 404, 'no such frozen report');
  return row;
}

/** Frozen reports, newest first, without their content. */
export async function listSnapshots(tx: Transaction, limit: number): Promise<Omit<Snapshot, 'content'>[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('report_snapshots', parameters);
  parameters.push(limit);
  return tx.query(
    `SELECT ${COLUMNS.replace(' s.content,', '')} FROM ${visible} s ORDER BY s.frozen_at DESC, s.id DESC LIMIT $${parameters.length}`,
    parameters,
  );
}
