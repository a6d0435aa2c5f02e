import { type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import type { ClockRow, StoredClock } from './clocks.store.js';

/** Clocks of these states are still to be looked at. */
export const RUNNING: ReadonlySet<string> = new Set(['armed', 'dueSoon']);

/** A clock that the whole history no longer knows, such as a make-up release after an earlier release was proven. */
export const retiredEntry = (clock: StoredClock, now: Date): LedgerEntry => ({
  type: 'clock.notApplicable',
  at: now,
  actor: systemActor('clocks'),
  incidentId: clock.incidentId,
  subjectId: clock.id,
  payload: {
    clockKey: clock.clockKey,
    generation: clock.generation,
    from: clock.state,
    to: 'notApplicable',
    dueAt: new Date(clock.dueAt).toISOString(),
  },
});

/** What the engine did with one clock. */
export function movedEntry(row: Omit<ClockRow, 'id'>, before: StoredClock | undefined, now: Date): LedgerEntry {
  return {
    type:
      before === undefined && RUNNING.has(row.state)
        ? 'clock.started'
        : before !== undefined && before.state === row.state
          ? 'clock.dueMoved'
          : `clock.${row.state}`,
    at: now,
    actor: systemActor('clocks'),
    incidentId: row.incidentId,
    rule: row.policyVersion,
    payload: {
      clockKey: row.clockKey,
      generation: row.generation,
      act: row.act,
      force: row.force,
      scope: row.scope,
      bodyId: row.bodyId,
      assignmentId: row.assignmentId,
      from: before?.state ?? null,
      to: row.state,
      dueAt: new Date(row.dueAt).toISOString(),
      startedAt: new Date(row.startedAt).toISOString(),
      previousDueAt: before === undefined ? null : new Date(before.dueAt).toISOString(),
      drill: row.drill,
      ...correctionOf(row, before),
    },
  };
}

/**
 * A clock was fired as overdue and turns out to have been met: the proof had been filed in the last moment, or is filed late.
 * The record of the firing stays; this entry says what became of it, and why.
 */
function correctionOf(row: Omit<ClockRow, 'id'>, before: StoredClock | undefined): Record<string, unknown> {
  if (before?.state !== 'overdue' || row.state !== 'met') return {};
  const { stoppedAt, filedLate } = row.computation as { stoppedAt: number | null; filedLate: boolean };
  return {
    correctsBreach: true,
    stoppedAt: stoppedAt === null ? null : new Date(stoppedAt).toISOString(),
    filedLate,
  };
}
