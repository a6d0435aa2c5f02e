/** Instants are milliseconds since 1970 UTC, `null` is unknown or not yet. */
export type Instant = number;

export const LADDER_LEVELS = ['fast', 'I-II', 'III', 'IV'] as const;
export type LadderLevel = (typeof LADDER_LEVELS)[number];

/** Windows of one level. The numbers stand in `config/ladders/`. */
export interface LadderWindows {
  /** From the passed due to the deadline of its 催办. */
  urgingHours: number;
  /** Deadline of a 督办 that was issued without one. */
  supervisionHours: number;
}

export interface LadderPolicy {
  id: string;
  version: number;
  /** Shares of the time from start to due at which a reminder goes out, ascending, between 0 and 1. */
  reminderFractions: readonly number[];
  levels: Readonly<Record<LadderLevel, LadderWindows>>;
}

/** One body's turn: from its dispatch to its replacement. Inner dues run from the dispatch of each turn. */
export interface AssignmentFacts {
  bodyId: string;
  dispatchedAt: Instant;
  /** When another body took over or the case went back to the queue. */
  endedAt: Instant | null;
  signForDueAt: Instant | null;
  verificationDueAt: Instant | null;
  handlingDueAt: Instant | null;
  signedAt: Instant | null;
  verificationAcceptedAt: Instant | null;
  handlingReportedAt: Instant | null;
}

/** What is known of an incident at `now`. */
export interface LadderFacts {
  level: LadderLevel;
  /** Start of the public clock that runs to `responseDueAt`. */
  clockStart: Instant;
  /** Due of the limit (never of a target); null: no public response is asked. */
  responseDueAt: Instant | null;
  /** Proven instant of publication. */
  publicResponseAt: Instant | null;
  /** When the proof was filed, if later than the publication. */
  publicResponseFiledAt?: Instant | null;
  closedAt: Instant | null;
  /** In order of dispatch; empty: the incident has no body yet. */
  assignments: readonly AssignmentFacts[];
  /** 催办 taken back, by their number in this incident. */
  withdrawals: readonly { no: number; at: Instant; reason: string }[];
  /** The 督办 that a person issued. */
  supervision: {
    issuedAt: Instant;
    deadline: Instant | null;
    answeredAt?: Instant | null;
    withdrawnAt?: Instant | null;
  } | null;
}

export type StepKind = 'reminder' | 'urging' | 'supervision' | 'accountability';
/** What is missing: the verification feedback, the handling feedback, the public response. */
export type StepReason = 'feedback' | 'handling' | 'response';
export type StepState = 'planned' | 'open' | 'met' | 'unmet' | 'withdrawn' | 'proposed';
/** Grounds of NT19 Art.20 that facts can suggest; 回应不妥当 is a judgement of content and never suggested. */
export type Ground = '报告不及时' | '处置不得力';

/** One step of the ladder, past or drawn ahead. */
export interface LadderStep {
  kind: StepKind;
  /** Number within its kind. A planned step bears the number that it would get. */
  no: number;
  reason: StepReason;
  /** The body, or `queueOwner` while the incident has none, or `supervisor`. */
  addressee: string;
  at: Instant;
  deadline: Instant | null;
  state: StepState;
  /** When what was missing arrived, late or not. */
  answeredAt: Instant | null;
  /** Why it was withdrawn. */
  withdrawn?: { at: Instant; reason: string };
}

export interface LadderPlan {
  /** In order of `at`. */
  steps: LadderStep[];
  /** First deadline of a 催办 that passed unmet, or the due that passed while nobody was responsible; null: no ground. */
  supervisionProposedAt: Instant | null;
  /** The authority decides; the plan only says since when it could and on what grounds. */
  accountability: { proposedAt: Instant | null; grounds: Ground[]; decidedBySystem: false };
  /** Milliseconds after the due, 0 in time; what is open counts to `now`. Inner ones of the latest assignment. */
  lateMs: { signFor: number; verification: number; handling: number; response: number };
}
