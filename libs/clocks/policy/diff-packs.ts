import type { WorkingCalendar } from '#kernel/calendar.js';
import type { ClockState, ComputedClock, IncidentHistory } from '../contract.js';
import { computeClocks } from '../rules/compute-clocks.js';
import type { PolicyPack } from './contract.js';

export interface ClockOutcome {
  dueAt: number | null;
  state: ClockState;
}

/** One clock that two packs see differently; null where a pack has no such clock. */
export interface PackDifference {
  incidentId: string;
  act: string;
  force: string;
  assignmentId: string | null;
  before: ClockOutcome | null;
  after: ClockOutcome | null;
}

/** What another pack would have made of a past incident: dues and states that differ, clocks that come or go (by act and order). */
export function diffPacks(
  packs: { before: PolicyPack; after: PolicyPack },
  calendar: WorkingCalendar,
  history: IncidentHistory,
  now: number,
): PackDifference[] {
  const outcomes = (pack: PolicyPack) =>
    new Map(
      computeClocks({ pack, calendar, history, now }).clocks.map((clock) => [
        `${clock.act}|${clock.force}|${clock.assignmentId ?? ''}|${clock.generation}`,
        clock,
      ]),
    );
  const before = outcomes(packs.before);
  const after = outcomes(packs.after);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [left, right] = [before.get(key), after.get(key)];
    if (left?.dueAt === right?.dueAt && left?.state === right?.state) return [];
    const { act, force, assignmentId } = (left ?? right)!;
    return [
      { incidentId: history.incidentId, act, force, assignmentId, before: outcomeOf(left), after: outcomeOf(right) },
    ];
  });
}

const outcomeOf = (clock: ComputedClock | undefined): ClockOutcome | null =>
  clock === undefined ? null : { dueAt: clock.dueAt, state: clock.state };
