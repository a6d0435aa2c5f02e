import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/database.js';
import { CANONICAL_ENTRY, GENESIS_HASH, sealHash } from './sealer.js';

/** One sealed entry as screens show it. */
export interface LedgerEntryView {
  seq: number;
  id: string;
  at: Date;
  type: string;
  actorKind: string;
  actorName: string;
  actorDuty: string | null;
  incidentId: string | null;
  subjectId: string | null;
  rule: string | null;
  reason: string | null;
  payload: Record<string, unknown>;
  hash: string;
}

export interface LedgerFilter {
  limit: number;
  beforeSeq?: number;
  incidentId?: string;
  types?: string[];
}

export interface ChainReport {
  ok: boolean;
  seals: number;
  checked: number;
  waiting: number;
  lastHash: string | null;
  /** Sequence number of the first seal that does not fit, if any. */
  firstBreak: number | null;
}

/** How many of the newest seals a screen has recomputed; the whole chain is the external verifier's work. */
const VERIFIED_ON_SCREEN = 2_000;

@Injectable()
export class LedgerViews {
  /** Entries of the incidents in scope, and those of no incident: an audit sees the whole chain, but reads only its own cases. */
  async entries(tx: Transaction, filter: LedgerFilter): Promise<LedgerEntryView[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const where = [`(e.incident_id IS NULL OR EXISTS (SELECT 1 FROM ${incidents} i WHERE i.id = e.incident_id))`];
    if (filter.beforeSeq !== undefined) where.push(`s.seq < ${bind(filter.beforeSeq)}`);
    if (filter.incidentId !== undefined) where.push(`e.incident_id = ${bind(filter.incidentId)}`);
    if (filter.types !== undefined) where.push(`e.type = ANY(${bind(filter.types)}::text[])`);
    return tx.query<LedgerEntryView>(
      `SELECT s.seq::int AS seq, e.id, e.at, e.type, e.actor_kind AS "actorKind", e.actor_name AS "actorName", e.actor_duty AS "actorDuty", e.incident_id AS "incidentId",
              e.subject_id AS "subjectId", e.rule, e.reason, e.payload, s.hash
         FROM ledger_seals s JOIN ledger_entries e ON e.id = s.entry_id WHERE ${where.join(' AND ')} ORDER BY s.seq DESC LIMIT ${bind(filter.limit)}`,
      parameters,
    );
  }

  /** Recomputes the newest part of the chain from the rows. */
  async verify(tx: Transaction): Promise<ChainReport> {
    const rows = await tx.query<{ seq: string; prev_hash: string; hash: string; canonical: string }>(
      `SELECT * FROM (SELECT s.seq, s.prev_hash, s.hash, ${CANONICAL_ENTRY} AS canonical FROM ledger_seals s JOIN ledger_entries e ON e.id = s.entry_id
        ORDER BY s.seq DESC LIMIT ${VERIFIED_ON_SCREEN}) newest ORDER BY seq`,
    );
    let previous = rows[0]?.prev_hash ?? GENESIS_HASH;
    let firstBreak: number | null = null;
    for (const row of rows) {
      const seq = Number(row.seq);
      if (row.prev_hash !== previous || sealHash(previous, seq, row.canonical) !== row.hash) {
        firstBreak = seq;
        break;
      }
      previous = row.hash;
    }
    const last = rows[rows.length - 1];
    return {
      ok: firstBreak === null,
      seals: Number(last?.seq ?? 0),
      checked: rows.length,
      waiting: await this.waiting(tx),
      lastHash: last?.hash ?? null,
      firstBreak,
    };
  }

  /** Entries that have no seal yet, counted from the rows that this transaction may see. */
  private async waiting(tx: Transaction): Promise<number> {
    const row = await tx.one<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM ledger_entries e WHERE e.at > huiying_now() - interval '1 hour' AND NOT EXISTS (SELECT 1 FROM ledger_seals s WHERE s.entry_id = e.id)`,
    );
    return row?.waiting ?? 0;
  }
}
