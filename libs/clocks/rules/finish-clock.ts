import type { ClockState, ComputationStep, ComputedClock } from '../contract.js';
import { type ClockDraft, stopOf } from './clock-draft.js';
import { countDue } from './due.js';
import type { IncidentState } from './incident-state.js';

interface Verdict {
  state: ClockState;
  stateAt: number | null;
}

/** The state of a clock at `now`: on time is stop ≤ due, overdue is now > due, without rounding (domain 3.7.4). */
function judge(draft: ClockDraft, stoppedAt: number | undefined, now: number, warningsAt: readonly number[]): Verdict {
  if (draft.ended !== null) return { state: draft.ended.state, stateAt: draft.ended.at };
  if (stoppedAt !== undefined && stoppedAt <= now)
    return { state: stoppedAt <= draft.dueAt ? 'met' : 'metLate', stateAt: stoppedAt };
  if (draft.pausedSince !== null) return { state: 'paused', stateAt: draft.pausedSince };
  if (now > draft.dueAt) return { state: 'overdue', stateAt: draft.dueAt };
  const last = warningsAt.at(-1);
  return { state: last !== undefined && now >= last ? 'dueSoon' : 'armed', stateAt: null };
}

/** Turns a draft into what the outside sees at `now`. */
export function finishClock(state: IncidentState, draft: ClockDraft, now: number): ComputedClock {
  const { rule, start, dueAt } = draft;
  const warningsAt = rule.warnings.map((fraction) => Math.round(start.at + fraction * (dueAt - start.at)));
  const proof = draft.ended === null ? stopOf(draft, state.evidence) : undefined;
  const stop = proof !== undefined && proof.at <= now ? proof : undefined;
  const verdict = judge(draft, stop?.at, now, warningsAt);
  return {
    id: draft.key,
    generation: draft.generation,
    ruleId: rule.id,
    label: rule.label,
    act: rule.act,
    force: rule.force,
    form: rule.form,
    ring: rule.ring,
    owner: rule.owner,
    body: draft.body ?? leadOf(state),
    assignmentId: draft.assignmentId,
    ...verdict,
    startedAt: start.at,
    dueAt,
    reason: draft.ended?.reason ?? draft.reason,
    provisional: draft.provisional,
    breachedAt: verdict.state === 'overdue' || verdict.state === 'metLate' ? dueAt : null,
    stoppedAt: stop?.at ?? null,
    stoppedBy: stop?.evidence.evidenceId ?? null,
    filedLate: stop !== undefined && stop.at <= dueAt && stop.filedAt > dueAt,
    warningsAt,
    calendarIncomplete: draft.calendarIncomplete,
    policyVersion: draft.policyVersion,
    computation: stepsOf(state, draft),
  };
}

const leadOf = (state: IncidentState): string | null =>
  state.assignments.findLast((assignment) => assignment.role === 'lead' && assignment.endedAt === null)?.body ?? null;

/** The arithmetic of the due, in the order in which a person would write it down. */
function stepsOf(state: IncidentState, draft: ClockDraft): ComputationStep[] {
  const { rule, start } = draft;
  const { document, article, flag } = rule.basis;
  const count =
    rule.amount === null
      ? undefined
      : countDue(
          { calendar: state.calendar, officeHours: state.pack.terms.officeHours },
          { ...rule, amount: rule.amount },
          start.at,
        );
  const margin = draft.marginFraction;
  const { basis: marginBasis } = state.pack.terms.coResponders;
  return [
    { step: 'start', stamp: start.stamp, at: start.at, source: start.source },
    ...(start.notBeforeGrade === null ? [] : [{ step: 'notBeforeGrade' as const, at: start.notBeforeGrade }]),
    { step: 'rule', ruleId: rule.id, label: rule.label, amount: rule.amount, unit: rule.unit, document, article, flag },
    ...(count?.steps ?? []),
    ...(margin === 0 || count === undefined
      ? []
      : [{ step: 'coMargin' as const, marginFraction: margin, leadDueAt: count.at, ...marginBasis }]),
    ...draft.moves,
    { step: 'due', at: draft.dueAt },
  ];
}
