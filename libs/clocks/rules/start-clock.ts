import type { Stamp } from '../contract.js';
import type { ClockRule } from '../policy/contract.js';
import type { ClockDraft, ClockStart } from './clock-draft.js';
import { countDue, extendDue } from './due.js';
import { type Assignment, earliestStamps, type IncidentState, latestOf, versionFor } from './incident-state.js';

/** The rules whose conditions hold now. `body` narrows clocks of an assignment. */
export function applies(state: IncidentState, rule: ClockRule, body: string | null): boolean {
  const { class: kind, heat, body: bodies } = rule.appliesWhen;
  if (kind !== undefined && (kind === 'fast') !== (state.fast === true)) return false;
  if (heat !== undefined && (state.heat === null || !heat.includes(state.heat))) return false;
  return bodies === undefined || (body !== null && bodies.includes(body));
}

/** The first known stamp of the rule's preference (domain 3.3); undefined when none is known. */
export function startOf(
  state: IncidentState,
  rule: ClockRule,
  assignment: Assignment | null,
  gradedAt: number | null,
): ClockStart | undefined {
  const preferred = preferredStamp(rule, { ...earliestStamps(state), dispatchedAt: assignment?.dispatchedAt ?? null });
  if (preferred === undefined) return undefined;
  const late = rule.notBeforeGrade && gradedAt !== null && gradedAt > preferred.at;
  return { ...preferred, at: late ? gradedAt : preferred.at, notBeforeGrade: late ? gradedAt : null };
}

export function preferredStamp(
  rule: ClockRule,
  stamps: Record<string, Stamp | null>,
): { stamp: string; at: number; source: string } | undefined {
  for (const stamp of rule.start) {
    const known = stamps[stamp];
    if (known !== undefined && known !== null) return { stamp, ...known };
  }
  return undefined;
}

/** The due from a start, with the extensions and pauses that were granted. */
export function dueFrom(
  state: IncidentState,
  draft: Pick<ClockDraft, 'rule' | 'extensions' | 'pausedMs' | 'marginFraction'>,
  start: number,
): { at: number; calendarIncomplete: boolean } {
  const counting = { calendar: state.calendar, officeHours: state.pack.terms.officeHours };
  let due: { at: number; calendarIncomplete: boolean } = countDue(
    counting,
    { ...draft.rule, amount: draft.rule.amount! },
    start,
  );
  due = { ...due, at: beforeLead(start, due.at, draft.marginFraction) };
  for (const { by } of draft.extensions) {
    const extended = extendDue(counting, due.at, by);
    due = { at: extended.at, calendarIncomplete: due.calendarIncomplete || extended.calendarIncomplete };
  }
  return { at: due.at + draft.pausedMs, calendarIncomplete: due.calendarIncomplete };
}

/** A co-responder's due: the lead's, less the margin's share of the time to it. */
const beforeLead = (start: number, leadDueAt: number, marginFraction: number): number =>
  leadDueAt - Math.round(marginFraction * (leadDueAt - start));

export interface NewClock {
  rule: ClockRule;
  start: ClockStart;
  createdAt: number;
  assignment?: Assignment;
  evidenceAfter?: number;
  /** Names a clock that may stand beside others of the same rule. */
  suffix?: string;
}

export const keyOf = (rule: ClockRule, suffix: string | undefined): string =>
  suffix === undefined ? rule.id : `${rule.id}#${suffix}`;

/** Starts a clock, as a further generation if it existed before. */
export function startClock(state: IncidentState, clock: NewClock): ClockDraft {
  const { rule, start, assignment } = clock;
  const key = keyOf(rule, clock.suffix ?? assignment?.id);
  const { acts, marginFraction: margin } = state.pack.terms.coResponders;
  const marginFraction =
    assignment?.role === 'co' && assignment.keepsDues !== true && acts.includes(rule.act) ? margin : 0;
  const due = dueFrom(state, { rule, extensions: [], pausedMs: 0, marginFraction }, start.at);
  const draft: ClockDraft = {
    key,
    rule,
    policyVersion:
      versionFor(state, rule.ring === 'public' && state.fast === true ? 'fast' : 'other')?.version ?? state.pack.id,
    start,
    createdAt: clock.createdAt,
    generation: (latestOf(state, key)?.generation ?? 0) + 1,
    dueAt: due.at,
    calendarIncomplete: due.calendarIncomplete,
    evidenceAfter: clock.evidenceAfter ?? null,
    body: assignment?.body ?? null,
    marginFraction,
    assignmentId: assignment?.id ?? null,
    provisional: false,
    ended: null,
    pausedSince: null,
    pausedMs: 0,
    extensions: [],
    moves: [],
    reason: null,
  };
  state.drafts.push(draft);
  return draft;
}
