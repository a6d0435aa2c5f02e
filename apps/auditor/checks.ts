import type { Transaction } from '#platform/database/database.js';

/** The outcome of one check. `found` counts offending rows; 0 is right. */
export interface CheckResult {
  check: string;
  ok: boolean;
  found: number;
}

/** One invariant that can be seen in the database from outside, as a count of rows that break it. */
interface Check {
  name: string;
  sql: string;
}

/** How late the sweep may be before it is an alarm. */
const SWEEP_PATIENCE = "interval '15 seconds'";
/** How long an entry of the ledger may wait for its seal, and a consumer for its entries. */
const SEAL_PATIENCE = "interval '30 seconds'";

/** The invariants of reliability rule R11, each as the number of rows that break it. */
export const CHECKS: readonly Check[] = [
  {
    name: 'clocksFiredInTime',
    sql: `SELECT count(*)::int AS found FROM response_clocks WHERE next_look_at < huiying_now() - ${SWEEP_PATIENCE}`,
  },
  {
    name: 'overdueClocksHaveFirings',
    sql: `SELECT count(*)::int AS found FROM response_clocks c WHERE c.state = 'overdue' AND c.due_at > huiying_now() - interval '1 day'
            AND NOT EXISTS (SELECT 1 FROM clock_firings f WHERE f.clock_id = c.id AND f.generation = c.generation)`,
  },
  {
    name: 'firingsStandInLedger',
    sql: `SELECT count(*)::int AS found FROM clock_firings f WHERE f.fired_at > huiying_now() - interval '1 day' AND f.path <> 'recompute'
            AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.incident_id = f.incident_id AND e.at = f.fired_at AND e.subject_id = f.clock_id::text)`,
  },
  {
    name: 'nothingFiredEarly',
    sql: `SELECT count(*)::int AS found FROM clock_firings WHERE event = 'overdue' AND fired_at < due_at`,
  },
  {
    name: 'ledgerIsSealed',
    sql: `SELECT count(*)::int AS found FROM ledger_unsealed u JOIN ledger_entries e ON e.id = u.entry_id WHERE e.at < huiying_now() - ${SEAL_PATIENCE}`,
  },
  {
    name: 'sealsAreGapFree',
    sql: `SELECT (coalesce(max(seq), 0) - count(*))::int AS found FROM ledger_seals`,
  },
  {
    name: 'consumersKeepUp',
    sql: `SELECT count(*)::int AS found FROM ledger_cursors c
           WHERE EXISTS (SELECT 1 FROM ledger_seals s WHERE s.seq > c.seq AND s.sealed_at < huiying_now() - ${SEAL_PATIENCE})`,
  },
  {
    name: 'itemsAreTriaged',
    sql: `SELECT count(*)::int AS found FROM items WHERE state = 'received' AND received_at < huiying_now() - interval '5 minutes'`,
  },
];

/** Runs every check in one transaction, so that all see the same instant. */
export async function runChecks(tx: Transaction): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, sql } of CHECKS) {
    const found = (await tx.one<{ found: number }>(sql))?.found ?? 0;
    results.push({ check: name, ok: found === 0, found });
  }
  return results;
}
