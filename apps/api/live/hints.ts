import type { Database, Transaction } from '#platform/database/database.js';
import { ADMINISTRATION, audienceOf, EVERYBODY } from './rooms.js';

/** Says that something has changed; whoever gets it reads it again through the interface. Never data (design, invariant 13). */
export interface Hint {
  topic: string;
  id: string;
  version: number;
}

/** A hint with the rooms that may hear it, and the user whose standing changed, if one's did. */
export interface AddressedHint {
  hint: Hint;
  rooms: string[];
  userId?: string;
}

interface Row {
  seq: string;
  type: string;
  incidentId: string | null;
  subjectId: string | null;
  jurisdiction: string | null;
  bodyIds: string[] | null;
  placeOfSubject: string | null;
}

/** Reads the ledger of the whole installation; what comes out of it are ids, sent by `rooms` to those who may read them. */
export const TAIL_SCOPE = { purpose: 'audit' as const, jurisdictions: [''], bodies: [] };
const BATCH = 500;
const REFERENCE_TOPICS = new Set(['body', 'directory', 'policy', 'model', 'settings', 'calendar']);
const ACCOUNT_TOPICS = new Set(['account', 'duty', 'session', 'token']);
const INTAKE_TOPICS = new Set(['item', 'items', 'source', 'import']);
const UUID = `'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`;

/** Follows the sealed ledger from where it stood at the start. Nothing is kept: who was away asks the ledger (`welcome`). */
export class HintTail {
  /** The last entry that was read. */
  seq = 0;

  constructor(private readonly database: Database) {}

  async begin(): Promise<void> {
    this.seq = await this.database.inScope(TAIL_SCOPE, async (tx) => {
      const row = await tx.one<{ seq: string | null }>('SELECT max(seq) AS seq FROM ledger_seals');
      return Number(row?.seq ?? 0);
    });
  }

  /** The hints of what was sealed since the last call, at most one batch. */
  async next(): Promise<AddressedHint[]> {
    const rows = await this.database.inScope(TAIL_SCOPE, (tx) => rowsAfter(tx, this.seq, BATCH));
    if (rows.length > 0) this.seq = Number(rows[rows.length - 1]!.seq);
    return rows.flatMap(addressed);
  }
}

/** What was sealed after an entry, in order. */
export const rowsAfter = (tx: Transaction, seq: number, limit: number): Promise<Row[]> =>
  tx.query<Row>(
    `SELECT s.seq, e.type, e.incident_id AS "incidentId", e.subject_id AS "subjectId", i.jurisdiction, i.body_ids AS "bodyIds",
            CASE WHEN e.incident_id IS NULL AND e.subject_id ~ ${UUID} THEN coalesce(
              (SELECT jurisdiction FROM items WHERE id = e.subject_id::uuid), (SELECT jurisdiction FROM sources WHERE id = e.subject_id::uuid),
              (SELECT o.jurisdiction FROM imports m JOIN sources o ON o.id = m.source_id WHERE m.id = e.subject_id::uuid)) END AS "placeOfSubject"
       FROM ledger_seals s JOIN ledger_entries e ON e.id = s.entry_id LEFT JOIN incidents i ON i.id = e.incident_id
      WHERE s.seq > $1 ORDER BY s.seq LIMIT $2`,
    [seq, limit],
  );

/** The hints that one entry gives, and who may hear them by how its incident stands now. */
export function addressed(row: Row): AddressedHint[] {
  const topic = row.type.split('.')[0]!;
  const version = Number(row.seq);
  if (row.incidentId !== null) {
    if (row.jurisdiction === null) return [];
    const rooms = audienceOf('case', row.jurisdiction, row.bodyIds ?? []);
    const hints: AddressedHint[] = [{ hint: { topic: 'incident', id: row.incidentId, version }, rooms }];
    if (topic !== 'incident' && row.subjectId !== null)
      hints.push({ hint: { topic, id: row.subjectId, version }, rooms });
    return hints;
  }
  if (row.subjectId === null) return [];
  const hint = { topic, id: row.subjectId, version };
  if (ACCOUNT_TOPICS.has(topic)) return [{ hint, rooms: [ADMINISTRATION], userId: row.subjectId }];
  if (REFERENCE_TOPICS.has(topic)) return [{ hint, rooms: [EVERYBODY] }];
  if (INTAKE_TOPICS.has(topic) && row.placeOfSubject !== null)
    return [{ hint, rooms: audienceOf('intake', row.placeOfSubject, []) }];
  return [];
}

/** Of several hints of one thing for the same rooms the last, in the order of the ledger: who heard one has heard all before it. */
export function latest(hints: AddressedHint[]): AddressedHint[] {
  const last = new Map<string, AddressedHint>();
  for (const told of hints) {
    const key = `${told.hint.topic} ${told.hint.id} ${told.rooms.join()}`;
    last.delete(key);
    last.set(key, told);
  }
  return [...last.values()];
}
