import { type DurationSummary, summariseDurations } from './durations.js';
import { type Ratio, ratio } from './ratio.js';

/** Window of 重复舆情率 in days (domain 7.8). */
export const REOPENED_WITHIN_DAYS = 30;

/** What happened in a period besides the clocks. Durations in milliseconds. */
export interface ConductFacts {
  dispatched: number;
  returned: number;
  returnsUpheld: number;
  releases: number;
  /** Delay of the first correction of each corrected release. */
  correctionDelaysMs: readonly number[];
  /** Intervals of continued release that were due, and kept. */
  intervalsDue: number;
  intervalsKept: number;
  /** Closings, and those whose incident was opened again within `REOPENED_WITHIN_DAYS`. */
  closed: number;
  reopened: number;
  /** Events that became known from outside, and those that we had not detected by then. */
  knownEvents: number;
  missedEvents: number;
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
  /** 漏报率 */
  missed: Ratio;
  /** 辟谣时长 */
  clarificationMs: DurationSummary;
}

/** Rates of returns, corrections, continued release, re-opening and missed events (domain 7.8). */
export const conductRates = (facts: ConductFacts): ConductRates => ({
  returned: ratio(facts.returned, facts.dispatched),
  returnsUpheld: ratio(facts.returnsUpheld, facts.returned),
  corrected: ratio(facts.correctionDelaysMs.length, facts.releases),
  correctionMs: summariseDurations(facts.correctionDelaysMs),
  intervalsKept: ratio(facts.intervalsKept, facts.intervalsDue),
  reopened: ratio(facts.reopened, facts.closed),
  missed: ratio(facts.missedEvents, facts.knownEvents),
  clarificationMs: summariseDurations(facts.clarificationDelaysMs),
});

/** 逾期时长 in milliseconds: stop, or now while open, minus due; 0 in time. */
export const lateMs = (dueAt: number, stoppedAt: number | null, now: number): number =>
  Math.max(0, (stoppedAt ?? now) - dueAt);
