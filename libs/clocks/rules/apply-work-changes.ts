import type { ClockRef } from '../contract.js';
import type { ClockRule } from '../policy/contract.js';
import { type ClockDraft, isOpenAt } from './clock-draft.js';
import { extendDue } from './due.js';
import { type Handler, type IncidentState, refuse, versionFor } from './incident-state.js';
import { dueFrom } from './start-clock.js';

/** The clock that a request means: by key, or the last one of the act that has not ended. */
function findClock(state: IncidentState, ref: ClockRef): ClockDraft | undefined {
  if (typeof ref === 'string') return state.drafts.findLast((draft) => draft.key === ref);
  const fits = (draft: ClockDraft) =>
    draft.rule.act === ref.act &&
    (ref.force === undefined || draft.rule.force === ref.force) &&
    (ref.assignmentId === undefined || draft.assignmentId === ref.assignmentId);
  return state.drafts.findLast((draft) => fits(draft) && draft.ended === null) ?? state.drafts.findLast(fits);
}

/** A work clock may pause, with a ground of the pack and an approver; never one that is late or done (domain 3.8, 10.5). */
export const applyPause: Handler<'pauseRequested'> = (state, entry) => {
  const draft = findClock(state, entry.clock);
  if (draft === undefined) return refuse(state, entry, 'pause', 'noSuchClock');
  if (!draft.rule.pausable) return refuse(state, entry, 'pause', 'notPausable');
  if (!entry.ground || !state.pack.terms.pauseGrounds.includes(entry.ground))
    return refuse(state, entry, 'pause', 'noGround');
  if (!entry.approvedBy) return refuse(state, entry, 'pause', 'noApprover');
  if (draft.pausedSince !== null) return refuse(state, entry, 'pause', 'alreadyPaused');
  if (!isOpenAt(draft, state.evidence, entry.at)) return refuse(state, entry, 'pause', 'notOpen');
  draft.pausedSince = entry.at;
};

/** The due moves by the paused time. */
export const applyResume: Handler<'resumed'> = (state, entry) => {
  const draft = findClock(state, entry.clock);
  if (draft === undefined || draft.pausedSince === null) return refuse(state, entry, 'resume', 'notPaused');
  const movedMs = entry.at - draft.pausedSince;
  draft.pausedMs += movedMs;
  draft.dueAt += movedMs;
  draft.moves.push({ step: 'paused', from: draft.pausedSince, to: entry.at, movedMs });
  draft.pausedSince = null;
};

/** One extension of an inner clock, asked for before the due, with reason and approver, within the pack's maximum (domain 3.8). */
export const applyExtension: Handler<'extensionRequested'> = (state, entry) => {
  const draft = findClock(state, entry.clock);
  if (draft === undefined) return refuse(state, entry, 'extend', 'noSuchClock');
  const { extendable } = draft.rule;
  if (extendable === null) return refuse(state, entry, 'extend', 'notExtendable');
  if (!entry.ground) return refuse(state, entry, 'extend', 'noGround');
  if (!entry.approvedBy) return refuse(state, entry, 'extend', 'noApprover');
  if (!isOpenAt(draft, state.evidence, entry.at)) return refuse(state, entry, 'extend', 'afterDue');
  if (draft.extensions.length >= extendable.maxCount) return refuse(state, entry, 'extend', 'extendedBefore');
  const counting = { calendar: state.calendar, officeHours: state.pack.terms.officeHours };
  if (extendDue(counting, draft.dueAt, entry.extension).at > extendDue(counting, draft.dueAt, extendable.max).at)
    return refuse(state, entry, 'extend', 'overMaximum');
  draft.extensions.push({ at: entry.at, by: entry.extension, ground: entry.ground, approvedBy: entry.approvedBy });
  const due = dueFrom(state, draft, draft.start.at);
  draft.dueAt = due.at;
  draft.calendarIncomplete = due.calendarIncomplete;
  draft.moves.push({
    step: 'extended',
    at: entry.at,
    by: entry.extension,
    ground: entry.ground,
    approvedBy: entry.approvedBy,
  });
};

const INSTRUCTION_RULE: ClockRule = {
  id: 'instruction',
  label: '领导批示件限时办理',
  act: 'instruction',
  force: 'limit',
  form: 'fixedDate',
  amount: null,
  unit: 'day',
  calendar: 'natural',
  dayRule: 'from-instant',
  lastDayRule: 'none',
  start: ['instruction'],
  notBeforeGrade: false,
  stopEvidence: ['instructionAnswer'],
  owner: 'respondingBody',
  ring: 'inner',
  pausable: false,
  extendable: null,
  warnings: [0.5, 0.8],
  appliesWhen: {},
  fixedDates: [],
  basis: { document: '国办发〔2016〕61号', article: '上级关注的重点回应', flag: 'N' },
};

/** A superior's instruction is a clock of its own, with the date that it names (领导批示). */
export const applyInstruction: Handler<'instructed'> = (state, entry) => {
  if (entry.dueAt <= entry.at) return refuse(state, entry, 'instruct', 'dueNotInFuture');
  state.drafts.push({
    key: `instruction#${entry.entryId}`,
    generation: 1,
    rule: { ...INSTRUCTION_RULE, stopEvidence: ['instructionAnswer', `instructionAnswer#${entry.entryId}`] },
    policyVersion: versionFor(state, 'other')?.version ?? state.pack.id,
    start: { at: entry.at, stamp: 'instruction', source: entry.by, notBeforeGrade: null },
    dueAt: entry.dueAt,
    calendarIncomplete: false,
    createdAt: entry.at,
    evidenceAfter: entry.at,
    body: null,
    marginFraction: 0,
    assignmentId: null,
    provisional: false,
    ended: null,
    pausedSince: null,
    pausedMs: 0,
    extensions: [],
    moves: [{ step: 'instructed', at: entry.dueAt }],
    reason: null,
  });
};
