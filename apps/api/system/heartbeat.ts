import type { Transaction } from '#platform/database/database.js';

/** Without a heartbeat for this long the timing is not watched, and the screen says so (reliability R11). */
const HEARTBEAT_PATIENCE_SECONDS = 120;

interface AuditReport {
  at: Date;
  report: { ok: boolean; checks: { check: string; ok: boolean; found: number }[] };
}

/** Whether the auditor watches, and what it found. Not watched is never right. */
export async function heartbeatOf(tx: Transaction, now: Date) {
  const beat = await tx.one<AuditReport>(`SELECT at, report FROM heartbeats WHERE process = 'auditor'`);
  const watched = beat !== undefined && now.getTime() - beat.at.getTime() < HEARTBEAT_PATIENCE_SECONDS * 1000;
  return {
    watched,
    heartbeatAt: beat?.at ?? null,
    ok: watched && beat.report.ok,
    checks: beat?.report.checks ?? [],
  };
}
