import { type Ratio, ratio } from './ratio.js';

/** Counts of one period of a hotline; a count that the export doesn't give is null, and so is every rate that needs it. */
export interface HotlineCounts {
  callsIntoQueue: number | null;
  answeredCalls: number | null;
  accepted: number | null;
  answeredDirectly: number | null;
  dispatched: number | null;
  /** Orders whose sign-due has passed or that are signed; and those of them signed late or not at all. */
  signDue: number | null;
  signLate: number | null;
  /** Orders that should be closed (应办结), and those of them closed late or not at all. */
  closeDue: number | null;
  closeLate: number | null;
  contactedInTime: number | null;
  validCallbacks: number | null;
  solved: number | null;
  /** Callers who did not say whether it was solved (未表态). */
  unstated: number | null;
  satisfied: number | null;
  returned: number | null;
  returnsUpheld: number | null;
  redone: number | null;
  extended: number | null;
  repeated: number | null;
}

export const HOTLINE_RATES = {
  answered: '接通率',
  signedInTime: '签收及时率',
  closedInTime: '按时办结率',
  contacted: '响应率',
  solved: '解决率',
  satisfied: '满意率',
  direct: '直接办理率',
  returned: '退单率',
  returnsUpheld: '有效退单率',
  redone: '重办率',
  extended: '延期率',
  repeated: '重复诉求率',
} as const;

export type HotlineRate = keyof typeof HOTLINE_RATES;

/**
 * Hotline rates (domain 6.4). Whether callers who did not say count as valid call-backs for the solved rate is the city's
 * rule and must be printed with it.
 */
export function hotlineRates(
  counts: HotlineCounts,
  options: { countUnstated: boolean },
): Record<HotlineRate, Ratio | null> {
  const { validCallbacks, unstated, dispatched } = counts;
  const stated = options.countUnstated ? validCallbacks : minus(validCallbacks, unstated);
  return {
    answered: of(counts.answeredCalls, counts.callsIntoQueue),
    signedInTime: of(minus(counts.signDue, counts.signLate), counts.signDue),
    closedInTime: of(minus(counts.closeDue, counts.closeLate), counts.closeDue),
    contacted: of(counts.contactedInTime, dispatched),
    solved: of(counts.solved, stated),
    satisfied: of(counts.satisfied, validCallbacks),
    direct: of(counts.answeredDirectly, counts.accepted),
    returned: of(counts.returned, dispatched),
    returnsUpheld: of(counts.returnsUpheld, counts.returned),
    redone: of(counts.redone, counts.closeDue),
    extended: of(counts.extended, dispatched),
    repeated: of(counts.repeated, counts.accepted),
  };
}

const of = (n: number | null, d: number | null): Ratio | null => (n === null || d === null ? null : ratio(n, d));
const minus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
