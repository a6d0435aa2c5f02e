import type { ClockRule } from '../policy/contract.js';
import { type ClockDraft, endDraft, isBreachedAt, isOpenAt, stopOf } from './clock-draft.js';
import { type IncidentState, isFastGrade, latestOf, rulesOfRing, strictestGrade } from './incident-state.js';
import { startInnerClocks, tightenInnerClocks } from './inner-clocks.js';
import { applies, keyOf, preferredStamp, startClock, startOf } from './start-clock.js';

/** Why the class of an incident is looked at again; names the reason in the clocks that end. */
export type ClassChange = 'graded' | 'merged' | 'unmerged' | 'reopened';

/** Rules that begin with another clock's end and not with the class. */
const FOLLOWING_ACTS = new Set(['makeupRelease', 'continuingRelease']);
const classRules = (state: IncidentState): ClockRule[] =>
  rulesOfRing(state, 'public').filter((rule) => !FOLLOWING_ACTS.has(rule.act) && applies(state, rule, null));

/**
 * Brings the public clocks in line with the grade that holds from `at`. Fast dues count from the original start also at an
 * upgrade; a downgrade cancels what is open and leaves breaches; nothing is deleted (domain 3.8, section 10.2–10.4).
 */
export function applyClass(state: IncidentState, at: number, change: ClassChange): void {
  const { grade, basis } = strictestGrade(state);
  const before = state.fast;
  if (grade === null) {
    endIncident(state, at, { state: 'superseded', reason: change });
    state.fast = null;
    return;
  }
  state.fast = isFastGrade(state, grade);
  state.gradedAt ??= at;
  const first = before === null;
  const classMoved = !first && before !== state.fast;
  if (first || classMoved) {
    if (classMoved) endOtherClass(state, at, before === true ? 'cancelled' : 'superseded', change);
    // An un-merge restores what would have held without the merge; a downgrade and a first grade count from the start as well.
    const upgrade = change !== 'unmerged' && ((classMoved && state.fast) || (first && change !== 'graded'));
    for (const rule of classRules(state))
      startOfClass(state, rule, at, upgrade ? (change === 'graded' ? 'upgrade' : change) : null);
    if (upgrade) startMakeup(state, at);
    if (first) startInnerClocks(state, at);
    else if (state.fast) tightenInnerClocks(state, at);
  } else if (change !== 'graded') restart(state, at, change);
  for (const draft of state.drafts)
    if (
      draft.rule.ring === 'public' &&
      draft.rule.appliesWhen.class === 'fast' &&
      (draft.ended === null || draft.createdAt === at)
    )
      draft.provisional = state.fast && basis === 'potential';
}

/** Ends what is open of the class that no longer holds. A clock that was overdue stays so: a breach stands. */
function endOtherClass(
  state: IncidentState,
  at: number,
  endState: 'cancelled' | 'superseded',
  change: ClassChange,
): void {
  for (const draft of state.drafts) {
    if (draft.rule.ring !== 'public' || applies(state, draft.rule, null)) continue;
    if (isOpenAt(draft, state.evidence, at)) endDraft(draft, endState, at, change === 'graded' ? 'regrade' : change);
  }
}

/** `passedBy` names the change that found the due already passed; null for a first grade, where the due simply counts. */
function startOfClass(state: IncidentState, rule: ClockRule, at: number, passedBy: string | null): void {
  const known = latestOf(state, keyOf(rule, undefined));
  if (known !== undefined && known.ended === null) return;
  const start = startOf(state, rule, null, state.gradedAt);
  if (start === undefined) {
    state.flags.push({ code: 'noStartStamp', at, subject: rule.id });
    return;
  }
  const draft = startClock(state, { rule, start, createdAt: at });
  if (passedBy !== null) markPassed(state, draft, at, passedBy);
}

/**
 * A due that lies in the past when the obligation comes into being is no neglect. A release that existed stops its clock at
 * its own instant; after a late casualty change only one in time does, since no breach is created for the past (10.3, 10.4).
 */
function markPassed(state: IncidentState, draft: ClockDraft, at: number, passedBy: string): void {
  if (!isBreachedAt(draft, state.evidence, at) || wasBreachedByChild(state, draft)) return;
  const stop = stopOf(draft, state.evidence);
  if (stop !== undefined && stop.at <= at && state.lateCasualtyAt === null) return;
  endDraft(draft, 'overdueAtUpgrade', at, passedBy);
}

/** The same obligation, from the same start, was a merged incident's already: its breach stands for both. */
const wasBreachedByChild = (state: IncidentState, draft: ClockDraft): boolean =>
  [...state.children.values()].some(
    (child) =>
      child.grade !== null &&
      isFastGrade(state, child.grade) === state.fast &&
      preferredStamp(draft.rule, { ...child.stamps })?.at === draft.start.at,
  );

/** A make-up release is due only where the release limit had passed at the upgrade (section 10.3). */
function startMakeup(state: IncidentState, at: number): void {
  const limit = state.drafts.find(
    (draft) =>
      draft.rule.act === 'firstRelease' &&
      draft.rule.force === 'limit' &&
      draft.ended?.state === 'overdueAtUpgrade' &&
      draft.ended.at === at,
  );
  const rule = rulesOfRing(state, 'public').find((candidate) => candidate.act === 'makeupRelease');
  if (limit === undefined || rule === undefined) return;
  startClock(state, {
    rule,
    start: { at, stamp: 'upgrade', source: 'ledger', notBeforeGrade: null },
    createdAt: at,
    evidenceAfter: at,
  });
}

/** The same class with other stamps or after a rest: open clocks get the dues that hold now, closed ones begin anew. */
function restart(state: IncidentState, at: number, change: ClassChange): void {
  const passedBy = change === 'unmerged' ? null : change;
  for (const rule of classRules(state)) {
    const draft = latestOf(state, keyOf(rule, undefined));
    if (draft === undefined || draft.ended !== null) {
      if (draft?.ended?.state !== 'overdueAtUpgrade') startOfClass(state, rule, at, passedBy);
      continue;
    }
    const start = startOf(state, rule, null, state.gradedAt);
    if (start === undefined || start.at === draft.start.at || !isOpenAt(draft, state.evidence, at)) continue;
    const anew = startClock(state, { rule, start, createdAt: at });
    endDraft(draft, 'superseded', at, change);
    if (passedBy !== null) markPassed(state, anew, at, passedBy);
  }
  if (state.fast) startMakeup(state, at);
}

export interface Ending {
  state: 'superseded' | 'cancelled';
  reason: string;
  /** Also the orders that bodies have; without it they go on. */
  withOrders?: boolean;
}

/** Ends what is open of the incident itself. */
export function endIncident(state: IncidentState, at: number, ending: Ending): void {
  for (const draft of state.drafts)
    if ((ending.withOrders === true || draft.assignmentId === null) && isOpenAt(draft, state.evidence, at))
      endDraft(draft, ending.state, at, ending.reason);
}
