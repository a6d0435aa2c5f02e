import type { Act, Amount, Force, Form, Heat, IncidentGrade, Ring, StampName } from './policy/contract.js';

export type { Heat, IncidentGrade, StampName } from './policy/contract.js';

/** In a drill an hour lasts a minute unless the installation says otherwise: short enough to watch, long enough to act in. */
export const DRILL_HOUR_MS = 60_000;

export type GradeBasis = 'confirmed' | 'potential' | 'declared';
export type ClockState =
  | 'armed'
  | 'dueSoon'
  | 'paused'
  | 'met'
  | 'metLate'
  | 'overdue'
  | 'superseded'
  | 'cancelled'
  | 'overdueAtUpgrade'
  | 'notApplicable';

/** An instant (epoch milliseconds) and where it comes from. */
export interface Stamp {
  at: number;
  source: string;
}

/** A proof as it was filed. What is undefined was not said; `false` was denied. */
export interface Evidence {
  evidenceId: string;
  kind: string;
  /** Proven publication time, or the start of the conference; null = the instant of filing. */
  effectiveAt: number | null;
  channelRegistered?: boolean;
  snapshot?: boolean;
  /** The public had read this text before: no progress (domain 3.4). */
  repeats?: boolean;
  person?: string | null;
  speakers?: readonly { name?: string | null; rank?: string | null; post?: string | null }[];
}

/** A clock is named by its key, or by what must be done. */
export type ClockRef = string | { act: Act; force?: Force; assignmentId?: string };

/** What happened to an incident, as far as it moves clocks. Entries are in order of time. */
export type HistoryEntry = { at: number; entryId: string; by: string } & (
  | { type: 'opened' }
  | { type: 'reopened' }
  | { type: 'graded'; grade: IncidentGrade; basis: GradeBasis }
  | { type: 'heatSet'; heat: Heat | null }
  | { type: 'casualtyUpdated'; eventType: string; deaths: number | null }
  | { type: 'stampCorrected'; stamp: StampName; value: number | null; source: string; assignmentId?: string }
  | { type: 'merged'; from: readonly IncidentHistory[] }
  | { type: 'mergedInto'; into: string; history?: IncidentHistory }
  | { type: 'unmerged'; with: readonly string[] }
  | { type: 'split'; into: readonly string[] }
  | { type: 'closed'; how: 'rejected' | 'struckOff' }
  | {
      type: 'dispatched';
      assignmentId: string;
      body: string;
      role: 'lead' | 'co';
      /** Of an order that came over from a merged incident: when its body got it. */
      since?: number;
      /** Its dues stay those of a lead. */
      keepsDues?: boolean;
    }
  | { type: 'reassigned'; assignmentId: string; newAssignmentId: string; to: string; dispatchedAt: number }
  | {
      type: 'returned';
      assignmentId: string | null;
      body: string;
      code: string | null;
      legalBasis: string | null;
      proposedBody: string | null;
    }
  | { type: 'evidenceFiled'; evidence: Evidence; assignmentId?: string }
  | { type: 'evidencePageGone'; evidenceId: string }
  | { type: 'pauseRequested'; clock: ClockRef; ground: string | null; approvedBy: string | null }
  | { type: 'resumed'; clock: ClockRef }
  | {
      type: 'extensionRequested';
      clock: ClockRef;
      extension: Amount;
      ground: string | null;
      approvedBy: string | null;
    }
  | { type: 'instructed'; dueAt: number }
  | { type: 'evidencePageChanged'; evidenceId: string }
  | { type: 'promised'; statementId: string; startAt: number; dueAt: number }
  | { type: 'preparationPlanned'; conference: string; steps: readonly { step: string; dueAt: number }[] }
  | { type: 'preparationEnded'; conference: string; reason: string }
  | { type: 'handedOver'; signedBy: string }
);

export type EntryOf<Type extends HistoryEntry['type']> = Extract<HistoryEntry, { type: Type }>;

/** The stamps at the opening and everything that followed. */
export interface IncidentHistory {
  incidentId: string;
  stamps: { eventOccurredAt: Stamp | null; firstPublicAt: Stamp | null; detectedAt: Stamp | null };
  entries: readonly HistoryEntry[];
}

/** One line of the arithmetic of a due time, printable in order. Instants in epoch milliseconds. */
export type ComputationStep =
  | { step: 'start'; stamp: string; at: number; source: string }
  | { step: 'notBeforeGrade'; at: number }
  | {
      step: 'rule';
      ruleId: string;
      label: string;
      amount: number | null;
      unit: string;
      document: string;
      article: string;
      flag: string;
    }
  | { step: 'counted'; from: string; to: string; amount: number; unit: string }
  | { step: 'rolled'; from: string; to: string }
  | { step: 'coMargin'; marginFraction: number; leadDueAt: number; document: string; article: string; flag: string }
  | { step: 'instructed'; at: number }
  | { step: 'extended'; at: number; by: Amount; ground: string; approvedBy: string }
  | { step: 'paused'; from: number; to: number; movedMs: number }
  | { step: 'corrected'; at: number; stamp: string; source: string }
  | { step: 'breachStands'; at: number; dueWouldBe: number }
  | { step: 'due'; at: number };

/** A clock as the rules see it at `now`. Instants in epoch milliseconds. */
export interface ComputedClock {
  /** Stable key within the incident. */
  id: string;
  /** Counts how often this clock was set anew (after a re-grade, an un-merge, a recurring release). */
  generation: number;
  ruleId: string;
  /** What the rule calls it. */
  label: string;
  act: Act;
  force: Force;
  form: Form;
  ring: Ring;
  owner: string;
  body: string | null;
  assignmentId: string | null;
  state: ClockState;
  startedAt: number;
  dueAt: number | null;
  /** Stop instant, due instant of a breach, or instant of the change; null while the clock runs. */
  stateAt: number | null;
  reason: string | null;
  /** Started by a grade from potential figures that nobody has confirmed yet. */
  provisional: boolean;
  breachedAt: number | null;
  stoppedAt: number | null;
  /** Id of the evidence that stopped it. */
  stoppedBy: string | null;
  /** The proof of a timely publication came in after the due. */
  filedLate: boolean;
  warningsAt: readonly number[];
  calendarIncomplete: boolean;
  policyVersion: string;
  computation: readonly ComputationStep[];
}

/** What was asked for and not granted; it left every clock as it was. */
export interface Refusal {
  at: number;
  entryId: string;
  action: 'acceptEvidence' | 'correctStamp' | 'pause' | 'resume' | 'extend' | 'return' | 'instruct';
  reason: string;
}

export interface ClockFlag {
  code:
    | 'evidencePageGone'
    | 'evidencePageChanged'
    | 'topLeaderOpen'
    | 'attendanceRule'
    | 'casualtyOutsideWindow'
    | 'calendarIncomplete'
    | 'noPolicyInForce'
    | 'noStartStamp'
    | 'breachStands';
  at: number;
  subject: string | null;
}

export interface ClockComputation {
  clocks: ComputedClock[];
  refusals: Refusal[];
  flags: ClockFlag[];
  opened: boolean;
  grade: IncidentGrade | null;
  /** True while the fast clocks hold. */
  fast: boolean;
  provisional: boolean;
  acceptedReturns: { at: number; entryId: string; assignmentId: string }[];
  /** For each hand-over the keys of the clocks that were open. */
  handovers: { at: number; signedBy: string; openClocks: { id: string; act: Act; force: Force; ring: Ring }[] }[];
  figures: {
    /** From the event (or the first public item) to the first public answer. */
    legalSeconds: number | null;
    /** From detection to the first public answer; the clarification time of a rumour. */
    assessmentSeconds: number | null;
    lostWithWrongBodySeconds: number;
    /** Where legal and assessment time begin: the event (or first public item), and the detection. Epoch milliseconds. */
    legalStartAt: number | null;
    assessmentStartAt: number | null;
  };
}
