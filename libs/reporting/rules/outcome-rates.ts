import type { DurationSummary } from './durations.js';
import { type Ratio, ratio } from './ratio.js';

/** Counts over the incidents of one row of a report (domain 7.8). Spans in milliseconds. */
export interface OutcomeSums {
  /** In the denominator of the response rate, and answered. */
  counted: number;
  answered: number;
  /** Decided whether on time, and on time. */
  decided: number;
  onTime: number;
  targetDecided: number;
  targetMet: number;
  conferencesDecided: number;
  conferencesOnTime: number;
  /** Limits that were over when an upgrade made them; apart from neglect. */
  overdueAtUpgrade: number;
  /** From the start of the clocks, from the event, from our detection. */
  firstResponse: DurationSummary;
  legalTime: DurationSummary;
  assessmentTime: DurationSummary;
}

export interface OutcomeRates {
  responded: Ratio;
  onTime: Ratio;
  targetMet: Ratio;
  conferenceOnTime: Ratio;
}

const NONE: DurationSummary = Object.freeze({ count: 0, median: null, p90: null, max: null });

export const NO_OUTCOMES: Readonly<OutcomeSums> = Object.freeze({
  counted: 0,
  answered: 0,
  decided: 0,
  onTime: 0,
  targetDecided: 0,
  targetMet: 0,
  conferencesDecided: 0,
  conferencesOnTime: 0,
  overdueAtUpgrade: 0,
  firstResponse: NONE,
  legalTime: NONE,
  assessmentTime: NONE,
});

export const outcomeRates = (sums: OutcomeSums): OutcomeRates => ({
  responded: ratio(sums.answered, sums.counted),
  onTime: ratio(sums.onTime, sums.decided),
  targetMet: ratio(sums.targetMet, sums.targetDecided),
  conferenceOnTime: ratio(sums.conferencesOnTime, sums.conferencesDecided),
});
