/** One row of the clock cases: stamps, a timeline, and what the clocks must be at `asOf` (instants ISO 8601). */
export interface ClockRow {
  id: string;
  pack: 'NT' | 'YW' | 'HZ';
  asOf: string;
  stamps: RowStamps;
  cases?: Record<string, RowStamps>;
  heat?: 'I' | 'II' | 'III' | 'IV';
  options?: { fastFrom?: 'I' | 'II' | 'III' | 'IV' };
  timeline?: RowEntry[];
  rawInputs?: { field: string; value: string }[];
  packVersions?: {
    version: string;
    effectiveFrom?: string;
    effectiveTo?: string;
    amountsHours: Record<string, number>;
  }[];
  expected: RowExpectation;
  strict: boolean;
}

export interface RowStamps {
  eventOccurredAt: string | null;
  firstPublicAt: string | null;
  detectedAt: string | null;
  dispatchedAt: string | null;
}

/** `type` decides which of the other fields are there. */
export interface RowEntry {
  at: string;
  type: string;
  case?: string;
  [field: string]: unknown;
}

export interface ExpectedClock {
  kind: string;
  startedAt: string;
  dueAt: string;
  state: string;
  stateAt: string | null;
  isTarget?: boolean;
  acceptStates?: string[];
  case?: string;
}

export interface RowExpectation {
  clocks?: ExpectedClock[];
  publicClocksComplete?: boolean;
  innerClocksListed?: boolean;
  provisional?: boolean;
  caseOpened?: boolean;
  returnAccepted?: boolean;
  clarificationSeconds?: number;
  legalSeconds?: number;
  assessmentSeconds?: number;
  lostWithWrongBodySeconds?: number;
  handoverOpenClocks?: string[];
  flags?: string[];
  refusals?: { at: string; action: string }[];
}

/** The file's kind of clock, by what must be done. */
export const KIND_OF: Record<string, string> = {
  'firstRelease.target': 'release_target_3h',
  'firstRelease.limit': 'release_limit_5h',
  'pressConference.limit': 'press_conference_24h',
  'publicResponse.limit': 'public_response_48h',
  'makeupRelease.limit': 'makeup_release',
  'firstReport.limit': 'first_report',
  'signFor.limit': 'sign_for',
  'verificationFeedback.limit': 'verification_feedback',
  'handlingFeedback.limit': 'handling_feedback',
  'instruction.limit': 'instruction',
};

export const kindOf = (clock: { act: string; force: string }): string | undefined =>
  KIND_OF[`${clock.act}.${clock.force}`];

/** What must be done, from the file's kind; undefined for an unknown kind. */
export function actOf(kind: string): { act: string; force: 'target' | 'limit' } | undefined {
  const found = Object.entries(KIND_OF).find(([, name]) => name === kind);
  if (found === undefined) return undefined;
  const [act, force] = found[0].split('.') as [string, 'target' | 'limit'];
  return { act, force };
}

/** Our states in the file's words; a warned clock is running, a withdrawal of the fast class is a cancellation by regrade. */
export const STATE_WORDS: Record<string, string> = {
  armed: 'running',
  dueSoon: 'running',
  paused: 'paused',
  met: 'met',
  metLate: 'met_late',
  overdue: 'overdue',
  superseded: 'superseded',
  cancelled: 'cancelled_by_regrade',
  overdueAtUpgrade: 'overdue_at_upgrade',
  notApplicable: 'not_applicable',
};

export const ACTION_WORDS: Record<string, string> = {
  acceptEvidence: 'accept_evidence',
  correctStamp: 'correct_stamp',
  pause: 'pause',
  extend: 'extend',
  return: 'return',
};

export const FLAG_WORDS: Record<string, string> = {
  evidencePageGone: 'evidence_page_gone',
  topLeaderOpen: 'top_leader_open',
  attendanceRule: 'attendance_rule_61',
};
