import { endDraft, isOpenAt } from './clock-draft.js';
import { countDue } from './due.js';
import { type Assignment, type Handler, type IncidentState, refuse } from './incident-state.js';
import { startAssignmentClocks } from './inner-clocks.js';

function dispatch(state: IncidentState, assignment: Assignment, at: number): void {
  state.assignments.push(assignment);
  // Before the first grade no class is known; the clocks start with it.
  if (state.fast !== null) startAssignmentClocks(state, assignment, at);
}

export const applyDispatched: Handler<'dispatched'> = (state, entry) =>
  dispatch(
    state,
    {
      id: entry.assignmentId,
      body: entry.body,
      role: entry.role,
      dispatchedAt: { at: entry.since ?? entry.at, source: 'delivery' },
      endedAt: null,
      ...(entry.keepsDues === true ? { keepsDues: true } : {}),
    },
    entry.at,
  );

/** The new body gets new inner clocks, the public ones go on; the time with the wrong body is shown apart (domain 3.8). */
export const applyReassigned: Handler<'reassigned'> = (state, entry) => {
  const previous =
    state.assignments.find((assignment) => assignment.id === entry.assignmentId) ?? state.assignments.at(-1);
  if (previous !== undefined) {
    previous.endedAt = entry.at;
    state.lostWithWrongBodyMs += Math.max(0, entry.dispatchedAt - previous.dispatchedAt.at);
    for (const draft of state.drafts)
      if (draft.assignmentId === previous.id && isOpenAt(draft, state.evidence, entry.at))
        endDraft(draft, 'superseded', entry.at, 'reassigned');
  }
  const dispatchedAt = { at: entry.dispatchedAt, source: 'delivery' };
  dispatch(
    state,
    { id: entry.newAssignmentId, body: entry.to, role: previous?.role ?? 'lead', dispatchedAt, endedAt: null },
    entry.at,
  );
};

/** A return needs code, legal basis and another body, in time and once; whatever the answer, clocks go on (domain 3.8). */
export const applyReturned: Handler<'returned'> = (state, entry) => {
  const assignment =
    state.assignments.find((candidate) => candidate.id === entry.assignmentId) ??
    state.assignments.findLast((candidate) => candidate.body === entry.body) ??
    state.assignments.at(-1);
  const reason = assignment === undefined ? 'notDispatched' : refusalOfReturn(state, assignment, entry);
  if (assignment === undefined || reason !== undefined) refuse(state, entry, 'return', reason ?? 'notDispatched');
  else
    state.acceptedReturns.push({ at: entry.at, entryId: entry.entryId, assignmentId: assignment.id, body: entry.body });
};

function refusalOfReturn(
  state: IncidentState,
  assignment: Assignment,
  entry: Parameters<Handler<'returned'>>[1],
): string | undefined {
  const { returnLimits, returnCodes, officeHours } = state.pack.terms;
  if (!entry.code || !returnCodes.includes(entry.code)) return 'noReasonCode';
  if (!entry.legalBasis) return 'noLegalBasis';
  if (!entry.proposedBody || entry.proposedBody === entry.body) return 'noProposedBody';
  if (state.acceptedReturns.some((accepted) => accepted.body === entry.body)) return 'returnedBefore';
  const term = state.fast === true ? returnLimits.fast : returnLimits.other;
  const limit = countDue(
    { calendar: state.calendar, officeHours },
    { ...term, dayRule: 'from-instant', lastDayRule: 'none' },
    assignment.dispatchedAt.at,
  );
  return entry.at > limit.at ? 'afterReturnLimit' : undefined;
}
