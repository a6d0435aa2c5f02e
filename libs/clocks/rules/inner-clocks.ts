import { endDraft, isOpenAt } from './clock-draft.js';
import { type Assignment, type IncidentState, latestOf, rulesOfRing } from './incident-state.js';
import { applies, keyOf, startClock, startOf } from './start-clock.js';

const isOfAssignment = (start: readonly string[]) => start.includes('dispatchedAt');

/** First report and the clocks of the orders that went out before the first grade. */
export function startInnerClocks(state: IncidentState, at: number): void {
  startReport(state, at, undefined);
  for (const assignment of state.assignments)
    if (assignment.endedAt === null) startAssignmentClocks(state, assignment, at);
}

function startReport(state: IncidentState, at: number, evidenceAfter: number | undefined): void {
  for (const rule of rulesOfRing(state, 'inner')) {
    if (
      isOfAssignment(rule.start) ||
      !applies(state, rule, null) ||
      latestOf(state, keyOf(rule, undefined)) !== undefined
    )
      continue;
    const start = startOf(state, rule, null, at);
    if (start !== undefined)
      startClock(state, { rule, start, createdAt: at, ...(evidenceAfter === undefined ? {} : { evidenceAfter }) });
  }
}

/** Sign-for, verification and handling of one order; they run from its delivery (domain 3.3). */
export function startAssignmentClocks(state: IncidentState, assignment: Assignment, at: number): void {
  for (const rule of rulesOfRing(state, 'inner')) {
    if (
      !isOfAssignment(rule.start) ||
      !applies(state, rule, assignment.body) ||
      latestOf(state, keyOf(rule, assignment.id)) !== undefined
    )
      continue;
    const start = startOf(state, rule, assignment, state.gradedAt);
    if (start !== undefined) startClock(state, { rule, start, createdAt: at, assignment });
  }
}

/**
 * At an upgrade the emergency is reported anew, and what is still open of an order gets the fast time, counted from the
 * upgrade, where that ends earlier. A downgrade leaves given orders as they are.
 */
export function tightenInnerClocks(state: IncidentState, at: number): void {
  const open = state.drafts.filter((draft) => draft.rule.ring === 'inner' && isOpenAt(draft, state.evidence, at));
  for (const draft of open)
    if (!isOfAssignment(draft.rule.start) && draft.rule.appliesWhen.class === 'other')
      endDraft(draft, 'superseded', at, 'regrade');
  startReport(state, at, at);
  for (const assignment of state.assignments) {
    if (assignment.endedAt !== null) continue;
    for (const rule of rulesOfRing(state, 'inner')) {
      if (!isOfAssignment(rule.start) || !applies(state, rule, assignment.body)) continue;
      const known = open.find(
        (draft) => draft.assignmentId === assignment.id && draft.rule.act === rule.act && draft.ended === null,
      );
      if (known === undefined || known.rule.id === rule.id) continue;
      const faster = startClock(state, {
        rule,
        start: { at, stamp: 'upgrade', source: 'ledger', notBeforeGrade: at },
        createdAt: at,
        assignment,
      });
      if (faster.dueAt < known.dueAt) endDraft(known, 'superseded', at, 'regrade');
      else state.drafts.splice(state.drafts.indexOf(faster), 1);
    }
  }
}
