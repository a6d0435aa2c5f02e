import { createHash } from 'node:crypto';
import type { Database, Transaction } from '../database/database.js';

/** Key of the transaction-level lock that makes the sealer single, however many processes try. */
const SEALER_LOCK = 722_119_302;
const BATCH = 1_000;
export const GENESIS_HASH = '0'.repeat(64);

interface Unsealed {
  id: string;
  canonical: string;
}

/**
 * The text that a seal covers, one JSON array made by PostgreSQL, so that any verifier can ask for the same bytes:
 * [id, at (UTC, microseconds), actor kind, id, name, duty, type, incident, subject, rule, reason, payload as text].
 */
export const CANONICAL_ENTRY = `jsonb_build_array(e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor_kind, e.actor_id,
  e.actor_name, e.actor_duty, e.type, e.incident_id, e.subject_id, e.rule, e.reason, e.payload::text)::text`;

export const sealHash = (previous: string, seq: number, canonical: string): string =>
  createHash('sha256').update(`${previous}\n${seq}\n${canonical}`).digest('hex');

/** Seals up to one batch: gives the entries a gap-free order and chains their hashes. Returns how many were sealed. */
export async function sealBatch(database: Database): Promise<number> {
  return database.asSystem(async (tx) => {
    const lock = await tx.one<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [SEALER_LOCK]);
    if (lock?.held !== true) return 0;
    const unsealed = await tx.query<Unsealed>(
      `SELECT e.id, ${CANONICAL_ENTRY} AS canonical FROM ledger_entries e
        WHERE e.id IN (SELECT entry_id FROM ledger_unsealed) ORDER BY e.at, e.id LIMIT ${BATCH}`,
    );
    if (unsealed.length > 0) await seal(tx, unsealed);
    return unsealed.length;
  });
}

async function seal(tx: Transaction, unsealed: Unsealed[]): Promise<void> {
  const last = await tx.one<{ seq: string; hash: string }>(
    'SELECT seq, hash FROM ledger_seals ORDER BY seq DESC LIMIT 1',
  );
  let seq = Number(last?.seq ?? 0);
  let previous = last?.hash ?? GENESIS_HASH;
  const seqs: number[] = [];
  const previousHashes: string[] = [];
  const hashes: string[] = [];
  for (const entry of unsealed) {
    seq += 1;
    seqs.push(seq);
    previousHashes.push(previous);
    previous = sealHash(previous, seq, entry.canonical);
    hashes.push(previous);
  }
  const ids = unsealed.map((entry) => entry.id);
  await tx.query(
    `INSERT INTO ledger_seals (seq, entry_id, sealed_at, prev_hash, hash)
     SELECT s, e, huiying_now(), p, h FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[]) AS rows(s, e, p, h)`,
    [seqs, ids, previousHashes, hashes],
  );
  await tx.query('DELETE FROM ledger_unsealed WHERE entry_id = ANY($1::uuid[])', [ids]);
}
