import type { WorkingCalendar } from '#kernel/calendar.js';
import type { ClockComputation, HistoryEntry, IncidentGrade, IncidentHistory } from '../contract.js';
import type { PolicyPack } from '../policy/contract.js';
import { applyCorrection } from './apply-correction.js';
import { applyDispatched, applyReassigned, applyReturned } from './apply-dispatch.js';
import { applyCasualty, applyClosed, applyGraded, applyReopened } from './apply-grade.js';
import { applyMerged, applyMergedInto, applySplit, applyUnmerged } from './apply-merge.js';
import { applyPreparation, applyPreparationEnded, applyPromise } from './apply-promises.js';
import { applyExtension, applyInstruction, applyPause, applyResume } from './apply-work-changes.js';
import { type FastSpan, startContinuingReleases } from './continuing-release.js';
import { finishClock } from './finish-clock.js';
import { figuresOf, pageFlags, speakerFlags } from './incident-figures.js';
import { type Handler, type IncidentState, strictestGrade } from './incident-state.js';
import { evidenceFor } from './judge-evidence.js';

export interface ClockQuestion {
  pack: PolicyPack;
  calendar: WorkingCalendar;
  history: IncidentHistory;
  /** Epoch milliseconds; entries after it are not looked at. */
  now: number;
  options?: { fastFrom?: IncidentGrade };
}

const OPEN_STATES = new Set(['armed', 'dueSoon', 'paused', 'overdue']);

const HANDLERS: { [Type in HistoryEntry['type']]?: Handler<Type> } = {
  opened: (state) => {
    state.opened = true;
    state.closed = false;
  },
  heatSet: (state, entry) => {
    state.heat = entry.heat;
  },
  graded: applyGraded,
  casualtyUpdated: applyCasualty,
  closed: applyClosed,
  reopened: applyReopened,
  stampCorrected: applyCorrection,
  merged: applyMerged,
  mergedInto: applyMergedInto,
  unmerged: applyUnmerged,
  split: applySplit,
  dispatched: applyDispatched,
  reassigned: applyReassigned,
  returned: applyReturned,
  pauseRequested: applyPause,
  resumed: applyResume,
  extensionRequested: applyExtension,
  instructed: applyInstruction,
  promised: applyPromise,
  preparationPlanned: applyPreparation,
  preparationEnded: applyPreparationEnded,
};

/**
 * All clocks of one incident at `now`, computed from its whole history: what must be done by when, what was done, what was
 * asked for and refused. Pure; the same history gives the same clocks (domain 3; design, invariants 2 and 6–9).
 */
export function computeClocks(question: ClockQuestion): ClockComputation {
  const { history, now } = question;
  const entries = history.entries.filter((entry) => entry.at <= now);
  const proofs = evidenceFor(history, now);
  const state = newState(question, proofs.accepted);
  state.refusals.push(...proofs.refusals);
  const spans: FastSpan[] = [];
  const handovers: ClockComputation['handovers'] = [];
  for (const entry of entries) {
    (HANDLERS[entry.type] as Handler<typeof entry.type> | undefined)?.(state, entry as never);
    if (entry.type === 'handedOver')
      handovers.push({ at: entry.at, signedBy: entry.signedBy, openClocks: openClocksAt(state, entry.at) });
    followSpan(state, spans, entry.at);
  }
  startContinuingReleases(state, spans, now);
  const clocks = state.drafts.map((draft) => finishClock(state, draft, now));
  const { basis } = strictestGrade(state);
  if (clocks.some((clock) => clock.calendarIncomplete))
    state.flags.push({ code: 'calendarIncomplete', at: now, subject: null });
  return {
    clocks,
    refusals: state.refusals.sort((a, b) => a.at - b.at),
    flags: [...state.flags, ...pageFlags(history, now), ...speakerFlags(state, now)],
    opened: state.opened,
    grade: strictestGrade(state).grade,
    fast: state.fast === true,
    provisional: state.fast === true && basis === 'potential',
    acceptedReturns: state.acceptedReturns.map(({ at, entryId, assignmentId }) => ({ at, entryId, assignmentId })),
    handovers,
    figures: figuresOf(state, now),
  };
}

function newState(question: ClockQuestion, evidence: IncidentState['evidence']): IncidentState {
  const { pack, calendar, history } = question;
  return {
    incidentId: history.incidentId,
    pack,
    versions: {},
    fastFrom: question.options?.fastFrom ?? pack.fastFrom,
    calendar,
    evidence,
    opened: false,
    closed: false,
    stamps: history.stamps,
    grade: null,
    basis: 'confirmed',
    heat: null,
    fast: null,
    gradedAt: null,
    children: new Map(),
    mergedInto: null,
    assignments: [],
    drafts: [],
    lateCasualtyAt: null,
    acceptedReturns: [],
    lostWithWrongBodyMs: 0,
    refusals: [],
    flags: [],
  };
}

function openClocksAt(state: IncidentState, at: number): ClockComputation['handovers'][number]['openClocks'] {
  return state.drafts
    .map((draft) => finishClock(state, draft, at))
    .filter((clock) => OPEN_STATES.has(clock.state))
    .map(({ id, act, force, ring }) => ({ id, act, force, ring }));
}

function followSpan(state: IncidentState, spans: FastSpan[], at: number): void {
  const runs = state.fast === true && !state.closed && state.mergedInto === null;
  const last = spans.at(-1);
  if (runs && (last === undefined || last.to !== null)) spans.push({ from: at, to: null });
  if (!runs && last !== undefined && last.to === null) last.to = at;
}
