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
  /** Bodies may object until then; null when it was frozen without. */
  objectionsUntil: Date | null;
  /** What bodies that lag must do, and by which day. */
  demands: Demand[] | null;
}

/** A unit that lags reports by a day how it puts that right. */
export interface Demand {
  id: string;
  name: string;
  dueOn: string;
}

/** A frozen report in a list, with how its objections stand and what took its place. */
export type ListedSnapshot = Omit<Snapshot, 'content'> & {
  objections: number;
  undecided: number;
  supersededBy: string | null;
};

const COLUMNS = `s.id, s.number, s.kind, s.period, s.membership, s.jurisdiction, s.body_ids AS "bodyIds", s.as_of AS "asOf", s.content, s.sha256, s.frozen_at AS "frozenAt", s.frozen_by AS "frozenBy",
  s.frozen_by_name AS "frozenByName", s.objections_until AS "objectionsUntil", s.demands`;
/** Counted over all objections that the reader sees; a newer bulletin of the same question takes the place of an older. */
const STANDING = `(SELECT count(*)::int FROM bulletin_objections o WHERE o.snapshot_id = s.id) AS objections,
  (SELECT count(*)::int FROM bulletin_objections o WHERE o.snapshot_id = s.id AND o.state = 'filed') AS undecided,
  (SELECT n.number FROM report_snapshots n WHERE n.kind = s.kind AND n.period = s.period AND n.membership = s.membership AND n.jurisdiction = s.jurisdiction AND n.frozen_at > s.frozen_at ORDER BY n.frozen_at DESC LIMIT 1) AS "supersededBy"`;

export async function insertSnapshot(tx: Transaction, snapshot: Snapshot): Promise<void> {
  await tx.query(
    `INSERT INTO report_snapshots (id, number, kind, period, membership, jurisdiction, body_ids, as_of, content, sha256, frozen_at, frozen_by, frozen_by_name, objections_until, demands)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
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
      snapshot.objectionsUntil,
      JSON.stringify(snapshot.demands),
    ],
  );
}

/** One snapshot inside the scope, or 404. */
export async function findSnapshot(tx: Transaction, id: string): Promise<Snapshot & ListedSnapshot> {
  const parameters: unknown[] = [];
  const visible = tx.visible('report_snapshots', parameters);
  parameters.push(id);
  const row = await tx.one<Snapshot & ListedSnapshot>(
    `SELECT ${COLUMNS}, ${STANDING} FROM ${visible} s WHERE s.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('SNAPSHOT_NOT_FOUND', 404, 'no such frozen report');
  return row;
}

/** Frozen reports, newest first, without their content. */
export async function listSnapshots(tx: Transaction, limit: number): Promise<ListedSnapshot[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('report_snapshots', parameters);
  parameters.push(limit);
  return tx.query(
    `SELECT ${COLUMNS.replace(' s.content,', '')}, ${STANDING} FROM ${visible} s ORDER BY s.frozen_at DESC, s.id DESC LIMIT $${parameters.length}`,
    parameters,
  );
}
