import { type DurationSummary, summariseDurations } from './durations.js';
import { type Ratio, ratio, ratioOf } from './ratio.js';

const DAY_MS = 86_400_000;
/** Window of 重复舆情率 in days (domain 7.8). */
const REOPENED_WITHIN_DAYS = 30;

/** What happened in a period besides the clocks. Durations in milliseconds. */
export interface ConductFacts {
  dispatched: number;
  returned: number;
  returnsUpheld: number;
  releases: number;
  /** Delay of each correction after its release. */
  correctionDelaysMs: readonly number[];
  /** Intervals of continued release that were due, and kept. */
  intervalsDue: number;
  intervalsKept: number;
  closed: readonly { closedAt: number; reopenedAt: number | null }[];
  /** Clarifications: from the first detection of a claim to the clarification. */
  clarificationDelaysMs: readonly number[];
}

export interface ConductRates {
  /** 退单率 */
  returned: Ratio;
  /** 退回采纳率 */
  returnsUpheld: Ratio;
  /** 更正率, 更正时长 */
  corrected: Ratio;
  correctionMs: DurationSummary;
  /** 持续发布达标率 */
  intervalsKept: Ratio;
  /** 重复舆情率 */
  reopened: Ratio;
  /** 辟谣时长 */
  clarificationMs: DurationSummary;
}

/** Rates of returns, corrections, continued release and re-opening (domain 7.8). */
export function conductRates(facts: ConductFacts): ConductRates {
  return {
    returned: ratio(facts.returned, facts.dispatched),
    returnsUpheld: ratio(facts.returnsUpheld, facts.returned),
    corrected: ratio(facts.correctionDelaysMs.length, facts.releases),
    correctionMs: summariseDurations(facts.correctionDelaysMs),
    intervalsKept: ratio(facts.intervalsKept, facts.intervalsDue),
    reopened: ratioOf(
      facts.closed,
      ({ closedAt, reopenedAt }) => reopenedAt !== null && reopenedAt - closedAt <= REOPENED_WITHIN_DAYS * DAY_MS,
    ),
    clarificationMs: summariseDurations(facts.clarificationDelaysMs),
  };
}

/** 逾期时长 in milliseconds: stop, or now while open, minus due; 0 in time. */
export const lateMs = (dueAt: number, stoppedAt: number | null, now: number): number =>
  Math.max(0, (stoppedAt ?? now) - dueAt);
