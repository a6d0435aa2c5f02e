import type { DurationSummary } from './durations.js';
import { laggards, type Ranked } from './laggards.js';
import { percentageChange, type Ratio, ratio } from './ratio.js';
import { outcomeRates, type OutcomeSums } from './outcome-rates.js';
import { RATE_RULES } from './response-rates.js';

/** Counts that one row of the bulletin sums up. */
export interface RowCounts {
  dispatched: number;
  returned: number;
  returnsUpheld: number;
  signDue: number;
  signInTime: number;
  feedbackDue: number;
  feedbackInTime: number;
  reminders: number;
  supervisions: number;
  referrals: number;
}

export const COUNT_NAMES = [
  'dispatched',
  'returned',
  'returnsUpheld',
  'signDue',
  'signInTime',
  'feedbackDue',
  'feedbackInTime',
  'reminders',
  'supervisions',
  'referrals',
] as const satisfies readonly (keyof RowCounts)[];

/** What a row of the bulletin is made from: a county or a department, now and one period before. */
export interface RowFacts {
  id: string;
  name: string;
  counts: RowCounts;
  outcomes: OutcomeSums;
  /** Effect scores of the evaluations of the period: their sum, and how many. */
  effect?: { sum: number; count: number };
  previous: { counts: RowCounts; outcomes: OutcomeSums };
}

/** One row of the quarterly bulletin (domain 7.7). Every rate has its counts; spans in milliseconds. */
export interface BulletinRow {
  id: string;
  name: string;
  dispatched: number;
  /** Change of the dispatched orders against the period before. */
  changePct: string;
  signedInTime: Ratio;
  feedbackInTime: Ratio;
  responded: Ratio;
  onTime: Ratio;
  targetMet: Ratio;
  conferenceOnTime: Ratio;
  firstResponseMs: DurationSummary;
  returned: Ratio;
  returnsUpheld: Ratio;
  reminders: number;
  supervisions: number;
  referrals: number;
  /** Limits that were over when an upgrade made them; apart from neglect. */
  overdueAtUpgrade: number;
  previousOnTime: Ratio;
  /** Mean of the effect scores; null without any. Missing in a bulletin that was frozen before it was counted. */
  effect?: { mean: number | null; count: number };
}

/** The rule of each rate, printed with it. */
export const BULLETIN_RULES = {
  ...RATE_RULES,
  signedInTime: '按时签收 ÷（期内到期且已签收或已逾期的签收时限）',
  feedbackInTime: '按时反馈 ÷（期内到期且已反馈或已逾期的核实、处置反馈时限）',
  returned: '申请退回 ÷ 期内交办',
  returnsUpheld: '退回成立 ÷ 申请退回',
  effect: '期内完成的效果评估得分（百分制）的算术平均，一位小数；括号内为评估件数',
  changePct: '（本期交办件数 − 上期）÷ 上期；上期为 0 时不计',
  laggards: '按时回应率连续两个季度处于最低四分位（最近秩，同率并列，不足 4 个单位不评）',
} as const;

export const NO_COUNTS: Readonly<RowCounts> = Object.freeze(
  Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as unknown as RowCounts,
);

export function bulletinRow({ id, name, counts, outcomes, effect, previous }: RowFacts): BulletinRow {
  return {
    id,
    name,
    dispatched: counts.dispatched,
    changePct: percentageChange(counts.dispatched, previous.counts.dispatched),
    signedInTime: ratio(counts.signInTime, counts.signDue),
    feedbackInTime: ratio(counts.feedbackInTime, counts.feedbackDue),
    ...outcomeRates(outcomes),
    firstResponseMs: outcomes.firstResponse,
    returned: ratio(counts.returned, counts.dispatched),
    returnsUpheld: ratio(counts.returnsUpheld, counts.returned),
    reminders: counts.reminders,
    supervisions: counts.supervisions,
    referrals: counts.referrals,
    overdueAtUpgrade: outcomes.overdueAtUpgrade,
    previousOnTime: outcomeRates(previous.outcomes).onTime,
    effect: meanScore(effect),
  };
}

/** One decimal, half up; scores have one decimal themselves, so the sum is taken in tenths. */
export const meanScore = (effect = { sum: 0, count: 0 }): { mean: number | null; count: number } => ({
  mean: effect.count === 0 ? null : Math.round(Math.round(effect.sum * 10) / effect.count) / 10,
  count: effect.count,
});

/** Rows, best on-time rate first, and the ids of those that lag for two periods running. */
export function bulletinTable(facts: readonly RowFacts[]): { rows: BulletinRow[]; laggards: string[] } {
  const rows = facts.map(bulletinRow);
  const ranked = (pick: (row: BulletinRow) => Ratio): Ranked[] => rows.map((row) => ({ id: row.id, rate: pick(row) }));
  return {
    rows: rows.sort(byOnTime),
    laggards: laggards(
      ranked((row) => row.onTime),
      ranked((row) => row.previousOnTime),
    ),
  };
}

/** Without a denominator last, in order of the id. */
function byOnTime(a: BulletinRow, b: BulletinRow): number {
  if (a.onTime.d === 0 || b.onTime.d === 0) return Number(a.onTime.d === 0) - Number(b.onTime.d === 0) || order(a, b);
  return b.onTime.n * a.onTime.d - a.onTime.n * b.onTime.d || order(a, b);
}

const order = (a: BulletinRow, b: BulletinRow): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
