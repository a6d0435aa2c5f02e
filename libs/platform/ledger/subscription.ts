import type { Database, Transaction } from '../database/database.js';
import { crashPoint } from '../process/crash-point.js';

/** A sealed entry as a consumer reads it. */
export interface SealedEntry {
  seq: number;
  id: string;
  at: Date;
  type: string;
  incidentId: string | null;
  subjectId: string | null;
  actorName: string;
  payload: Record<string, unknown>;
}

/** A stage that follows the ledger. `handle` runs in the transaction that moves the cursor: its effects happen exactly once. */
export interface LedgerSubscription {
  consumer: string;
  types: readonly string[];
  handle(tx: Transaction, entries: SealedEntry[]): Promise<void>;
}

const BATCH = 500;

interface SealedRow {
  seq: string;
  id: string;
  at: Date;
  type: string;
  incident_id: string | null;
  subject_id: string | null;
  actor_name: string;
  payload: Record<string, unknown>;
}

/** Takes the next sealed entries to one consumer. Returns how far it got: the number of seals passed, 0 when there is nothing or another process is at it. */
export async function consumeLedger(database: Database, subscription: LedgerSubscription): Promise<number> {
  const passed = await database.asSystem(async (tx) => {
    await tx.query('INSERT INTO ledger_cursors (consumer) VALUES ($1) ON CONFLICT DO NOTHING', [subscription.consumer]);
    const cursor = await tx.one<{ seq: string }>(
      'SELECT seq FROM ledger_cursors WHERE consumer = $1 FOR UPDATE SKIP LOCKED',
      [subscription.consumer],
    );
    if (cursor === undefined) return 0;
    const from = Number(cursor.seq);
    const rows = await tx.query<SealedRow>(
      `SELECT s.seq, e.id, e.at, e.type, e.incident_id, e.subject_id, e.actor_name, e.payload
         FROM ledger_seals s JOIN ledger_entries e ON e.id = s.entry_id WHERE s.seq > $1 ORDER BY s.seq LIMIT ${BATCH}`,
      [from],
    );
    if (rows.length === 0) return 0;
    const wanted = rows.filter((row) => subscription.types.includes(row.type)).map(toEntry);
    if (wanted.length > 0) await subscription.handle(tx, wanted);
    if (wanted.length > 0) crashPoint(`${subscription.consumer}.handled`);
    await tx.query('UPDATE ledger_cursors SET seq = $2, updated_at = huiying_now() WHERE consumer = $1', [
      subscription.consumer,
      Number(rows[rows.length - 1]!.seq),
    ]);
    return rows.length;
  });
  if (passed > 0) crashPoint(`${subscription.consumer}.committed`);
  return passed;
}

const toEntry = (row: SealedRow): SealedEntry => ({
  seq: Number(row.seq),
  id: row.id,
  at: row.at,
  type: row.type,
  incidentId: row.incident_id,
  subjectId: row.subject_id,
  actorName: row.actor_name,
  payload: row.payload,
});
