import type { ClockComputation, ClockState, ComputedClock } from '../contract.js';

/** A clock that a change would touch; null where it would not be there. Instants in epoch milliseconds. */
export interface ChangedClock {
  act: string;
  force: string;
  ring: string;
  label: string;
  body: string | null;
  before: { dueAt: number | null; state: ClockState } | null;
  after: { dueAt: number | null; state: ClockState } | null;
}

/** What would be otherwise: dues that move, clocks that start, rest or end. Nothing that stays is listed. */
export function whatChanges(before: ClockComputation, after: ClockComputation): ChangedClock[] {
  const byKey = (computation: ClockComputation) =>
    new Map(computation.clocks.map((clock) => [`${clock.id}|${clock.generation}`, clock]));
  const [was, would] = [byKey(before), byKey(after)];
  const changed = [...new Set([...was.keys(), ...would.keys()])].flatMap((key) => {
    const [left, right] = [was.get(key), would.get(key)];
    if (left?.dueAt === right?.dueAt && left?.state === right?.state) return [];
    const clock = (right ?? left)!;
    const { act, force, ring, body } = clock;
    return [{ act, force, ring, label: labelOf(clock), body, before: seen(left), after: seen(right) }];
  });
  return changed.sort((a, b) => (a.after?.dueAt ?? Infinity) - (b.after?.dueAt ?? Infinity));
}

const seen = (clock: ComputedClock | undefined) =>
  clock === undefined ? null : { dueAt: clock.dueAt, state: clock.state };

const labelOf = (clock: ComputedClock): string => {
  const rule = clock.computation.find((step) => step.step === 'rule');
  return rule?.step === 'rule' ? rule.label : clock.ruleId;
};
