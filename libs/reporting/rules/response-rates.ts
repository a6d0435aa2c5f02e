import { type DurationSummary, summariseDurations } from './durations.js';
import { type Ratio, ratioOf } from './ratio.js';

/** An incident that asks for a public response. Instants in milliseconds; null is not (yet). */
export interface ReportedIncident {
  id: string;
  /** `fast`: emergency of grade I or II, with release and conference; `other`: one response. */
  class: 'fast' | 'other';
  /** Start of the clocks. */
  startedAt: number;
  /** First authoritative release, at its proven time. */
  firstReleaseAt: number | null;
  conferenceAt: number | null;
  /** A limit that was broken before an upgrade: it stands (domain 10, 2), whatever the later clocks say. */
  breachStands?: boolean;
}

/** Limits in milliseconds, from the clock pack of the incident's day; null is not asked of this incident. */
export interface ResponseLimits {
  /** A target: missing it is no breach. */
  targetMs: number | null;
  releaseMs: number | null;
  conferenceMs: number | null;
  /** Of an incident that is not fast. */
  responseMs: number | null;
}

/** How one incident counts. */
export interface ResponseOutcome {
  id: string;
  answered: boolean;
  /** In the denominator of the response rate: answered, or not answered and overdue (domain 10, 13). */
  counted: boolean;
  /** All limits met; null while that can still be decided either way. */
  onTime: boolean | null;
  /** For fast incidents, null while open and for others. */
  targetMet: boolean | null;
  conferenceOnTime: boolean | null;
}

export interface ResponseRates {
  /** 回应率 */
  responded: Ratio;
  /** 按时回应率 */
  onTime: Ratio;
  /** 3小时达标率 */
  targetMet: Ratio;
  /** 发布会按时率 */
  conferenceOnTime: Ratio;
  /** 首次回应时长, milliseconds */
  firstResponseMs: DurationSummary;
  /** The rows behind the numbers. */
  countedIds: string[];
  decidedIds: string[];
  onTimeIds: string[];
}

/** What is printed beside each rate, so that nobody has to guess the denominator. */
export const RATE_RULES = {
  responded: '已回应 ÷（已回应 + 逾期未回应）；未到期且未回应的不计入',
  onTime: '全部时限均按时完成 ÷（已定是否按时的事件，含逾期未回应）；未到期的不计入',
  targetMet: '3 小时内首次发布 ÷ 快速响应事件；目标而非时限，未到时且未发布的不计入',
  conferenceOnTime: '24 小时内举行发布会 ÷ 应举行发布会的快速响应事件；未到期且未举行的不计入',
  firstResponseMs: '首次权威发布 − 起算时刻；中位数、P90（最近秩）、最大值',
} as const satisfies Partial<Record<keyof ResponseRates, string>>;

/** Judges one incident at `now`. On time is stop ≤ due, overdue is now > due, without rounding. */
export function responseOutcome(incident: ReportedIncident, limits: ResponseLimits, now: number): ResponseOutcome {
  const isFast = incident.class === 'fast';
  const within = (stoppedAt: number | null, limitMs: number | null): boolean | null | undefined => {
    if (limitMs === null) return undefined;
    const dueAt = incident.startedAt + limitMs;
    if (stoppedAt !== null && stoppedAt <= now) return stoppedAt <= dueAt;
    return now > dueAt ? false : null;
  };
  const release = within(incident.firstReleaseAt, isFast ? limits.releaseMs : limits.responseMs);
  const conference = isFast ? within(incident.conferenceAt, limits.conferenceMs) : undefined;
  const answered = incident.firstReleaseAt !== null && incident.firstReleaseAt <= now;
  return {
    id: incident.id,
    answered,
    counted: answered || release === false,
    onTime: incident.breachStands === true ? false : allMet([release, conference]),
    targetMet: (isFast ? within(incident.firstReleaseAt, limits.targetMs) : null) ?? null,
    conferenceOnTime: conference ?? null,
  };
}

/** False as soon as one limit is broken, true when all that are asked are met, null while open or when none is asked. */
function allMet(outcomes: readonly (boolean | null | undefined)[]): boolean | null {
  const asked = outcomes.filter((outcome) => outcome !== undefined);
  if (asked.includes(false)) return false;
  return asked.length === 0 || asked.includes(null) ? null : true;
}

/** The rates of domain 7.8 over incidents of one period at `now`. `limits` are the same for all, or each one's own. */
export function responseRates<Incident extends ReportedIncident>(
  incidents: readonly Incident[],
  limits: ResponseLimits | ((incident: Incident) => ResponseLimits),
  now: number,
): ResponseRates {
  const limitsOf = typeof limits === 'function' ? limits : () => limits;
  const outcomes = incidents.map((incident) => responseOutcome(incident, limitsOf(incident), now));
  const counted = outcomes.filter((outcome) => outcome.counted);
  const decided = outcomes.filter((outcome) => outcome.onTime !== null);
  const rateOf = (pick: (outcome: ResponseOutcome) => boolean | null): Ratio =>
    ratioOf(
      outcomes.map(pick).filter((value) => value !== null),
      (value) => value,
    );
  return {
    responded: ratioOf(counted, (outcome) => outcome.answered),
    onTime: rateOf((outcome) => outcome.onTime),
    targetMet: rateOf((outcome) => outcome.targetMet),
    conferenceOnTime: rateOf((outcome) => outcome.conferenceOnTime),
    firstResponseMs: firstResponses(incidents, now),
    countedIds: counted.map(({ id }) => id),
    decidedIds: decided.map(({ id }) => id),
    onTimeIds: decided.filter(({ onTime }) => onTime === true).map(({ id }) => id),
  };
}

/** First releases known at `now`, from the start of each incident's clocks. */
const firstResponses = (incidents: readonly ReportedIncident[], now: number): DurationSummary =>
  summariseDurations(
    incidents
      .filter(({ firstReleaseAt }) => firstReleaseAt !== null && firstReleaseAt <= now)
      .map(({ firstReleaseAt, startedAt }) => firstReleaseAt! - startedAt),
  );

/** First release counted from the event (法定口径) and from our detection (考核口径); the second hides late detection. */
export function responseTimes(
  incidents: readonly { eventOccurredAt: number | null; detectedAt: number; firstReleaseAt: number | null }[],
): { legalMs: DurationSummary; assessmentMs: DurationSummary } {
  const released = incidents.filter(({ firstReleaseAt }) => firstReleaseAt !== null);
  return {
    legalMs: summariseDurations(
      released.filter((i) => i.eventOccurredAt !== null).map((i) => i.firstReleaseAt! - i.eventOccurredAt!),
    ),
    assessmentMs: summariseDurations(released.map((i) => i.firstReleaseAt! - i.detectedAt)),
  };
}
