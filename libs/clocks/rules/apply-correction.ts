import type { EntryOf } from '../contract.js';
import { correctedStamp } from './apply-merge.js';
import { type ClockDraft, isBreachedAt } from './clock-draft.js';
import { type Handler, type IncidentState, refuse } from './incident-state.js';
import { dueFrom, startOf } from './start-clock.js';

/** Dues follow a corrected stamp; a breach that was recorded before stands. A future time is refused (domain 3.3, 3.8). */
export const applyCorrection: Handler<'stampCorrected'> = (state, entry) => {
  if (entry.value !== null && entry.value > entry.at) return refuse(state, entry, 'correctStamp', 'timeInFuture');
  if (entry.stamp === 'dispatchedAt') {
    const assignment =
      state.assignments.find((candidate) => candidate.id === entry.assignmentId) ?? state.assignments.at(-1);
    if (assignment === undefined || entry.value === null) return refuse(state, entry, 'correctStamp', 'notDispatched');
    assignment.dispatchedAt = { at: entry.value, source: entry.source };
  } else state.stamps = { ...state.stamps, [entry.stamp]: correctedStamp(entry.value, entry.source) };
  for (const draft of state.drafts)
    if (draft.ended === null && draft.rule.amount !== null) recount(state, draft, entry);
};

function recount(state: IncidentState, draft: ClockDraft, entry: EntryOf<'stampCorrected'>): void {
  if (!draft.rule.start.includes(draft.start.stamp)) return;
  const assignment = state.assignments.find((candidate) => candidate.id === draft.assignmentId) ?? null;
  const start = startOf(state, draft.rule, assignment, draft.createdAt);
  if (start === undefined || start.at === draft.start.at) return;
  const due = dueFrom(state, draft, start.at);
  if (isBreachedAt(draft, state.evidence, entry.at) && !isBreachedAt(draft, state.evidence, entry.at, due.at)) {
    draft.reason = 'breachStands';
    draft.moves.push({ step: 'breachStands', at: entry.at, dueWouldBe: due.at });
    state.flags.push({ code: 'breachStands', at: entry.at, subject: draft.key });
    return;
  }
  draft.start = start;
  draft.dueAt = due.at;
  draft.calendarIncomplete = due.calendarIncomplete;
  draft.moves.push({ step: 'corrected', at: entry.at, stamp: entry.stamp, source: entry.source });
}
