import { newId } from '#kernel/ids.js';
import type { Transaction } from '../database/database.js';

/** Who did it. Every judgement has a named person; `system` is the pipeline, and never confirms anything. */
export interface Actor {
  kind: 'user' | 'token' | 'system';
  id: string;
  name: string;
  duty?: string;
  requestId?: string;
}

/** One line of the ledger (台账): who, when, what, why, under which rule version. `type` is in the past tense: `incident.confirmed`. */
export interface LedgerEntry {
  type: string;
  at: Date;
  actor: Actor;
  incidentId?: string;
  subjectId?: string;
  rule?: string;
  reason?: string;
  payload?: Record<string, unknown>;
}

export const systemActor = (process: string): Actor => ({ kind: 'system', id: process, name: process });

/** Writes entries in the transaction of the change that they record (design, invariant 5). Returns their ids, in order. */
export async function appendLedger(tx: Transaction, entries: LedgerEntry[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const ids = entries.map(() => newId());
  await tx.query(
    `INSERT INTO ledger_entries (id, at, actor_kind, actor_id, actor_name, actor_duty, type, incident_id, subject_id, rule, reason, request_id, payload)
     SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::text[], $13::jsonb[])`,
    [
      ids,
      entries.map((e) => e.at),
      entries.map((e) => e.actor.kind),
      entries.map((e) => e.actor.id),
      entries.map((e) => e.actor.name),
      entries.map((e) => e.actor.duty ?? null),
      entries.map((e) => e.type),
      entries.map((e) => e.incidentId ?? null),
      entries.map((e) => e.subjectId ?? null),
      entries.map((e) => e.rule ?? null),
      entries.map((e) => e.reason ?? null),
      entries.map((e) => e.actor.requestId ?? null),
      entries.map((e) => JSON.stringify(e.payload ?? {})),
    ],
  );
  return ids;
}
