/** How many items one hour of the past brought; `hour` is its beginning. */
export interface HourCount {
  hour: Date;
  items: number;
}

/** Mean and variance of an hour of the week. */
export interface Expectation {
  mean: number;
  variance: number;
}

/** What the numbers of `config/monitoring.yaml` say. */
export interface SilencePolicy {
  minimumItems: number;
  minimumHours: number;
  silenceProbability: number;
}

const HOUR_MS = 3_600_000;
const OFFICE_OFFSET_MS = 8 * HOUR_MS;
/** The same hour of the week weighs as three days of the same hour: a short history leans on the hour of the day. */
const PRIOR_WEEKS = 3;

const hourOfWeek = (hour: Date): number => Math.floor((hour.getTime() + OFFICE_OFFSET_MS) / HOUR_MS) % 168;

/**
 * What each hour of the week brings by a source's own history, in the office's zone. Hours without a row count as zero: the
 * history runs from `from` to `to` (whole hours). Hours inside recorded gaps are left out by the caller's `isKnown`, or one
 * silence would teach the rule to expect the next.
 */
export function expectationsOf(
  counts: readonly HourCount[],
  span: { from: Date; to: Date; isKnown?: (hour: Date) => boolean },
): { of: (hour: Date) => Expectation; hours: number; items: number } {
  const byHour = new Map(counts.map(({ hour, items }) => [hour.getTime(), items]));
  const week = Array.from({ length: 168 }, () => ({ n: 0, sum: 0, squares: 0 }));
  const day = Array.from({ length: 24 }, () => ({ n: 0, sum: 0, squares: 0 }));
  let hours = 0;
  let items = 0;
  for (let at = span.from.getTime(); at < span.to.getTime(); at += HOUR_MS) {
    const hour = new Date(at);
    if (span.isKnown?.(hour) === false) continue;
    const found = byHour.get(at) ?? 0;
    const slot = hourOfWeek(hour);
    for (const cell of [week[slot]!, day[slot % 24]!]) {
      cell.n += 1;
      cell.sum += found;
      cell.squares += found * found;
    }
    hours += 1;
    items += found;
  }
  const of = (hour: Date): Expectation => {
    const slot = hourOfWeek(hour);
    const [own, daily] = [week[slot]!, day[slot % 24]!];
    const dailyMean = daily.n === 0 ? 0 : daily.sum / daily.n;
    const mean = (own.sum + PRIOR_WEEKS * dailyMean) / (own.n + PRIOR_WEEKS);
    const variance = daily.n === 0 ? mean : Math.max(0, daily.squares / daily.n - dailyMean ** 2);
    return { mean, variance };
  };
  return { of, hours, items };
}

/**
 * The logarithm of the chance that an hour (or a share of it) brings nothing: Poisson, or the negative binomial where the past
 * scatters more than that (news comes in bursts, and a burst makes quiet hours likelier).
 */
export function logChanceOfNothing({ mean, variance }: Expectation, share = 1): number {
  const expected = mean * share;
  if (expected <= 0) return 0;
  if (variance <= mean) return -expected;
  const size = (mean * mean) / (variance - mean);
  return -size * share * Math.log1p(mean / size);
}

export type Silence = { kind: 'unknown' | 'normal' } | { kind: 'silent'; expected: number; chance: number };

/** Whether a source has been silent for longer than chance explains, from its last item to now. */
export function judgeSilence(
  history: { of: (hour: Date) => Expectation; hours: number; items: number },
  span: { since: Date; now: Date },
  policy: SilencePolicy,
): Silence {
  if (history.hours < policy.minimumHours || history.items < policy.minimumItems) return { kind: 'unknown' };
  let log = 0;
  let expected = 0;
  let at = span.since.getTime();
  while (at < span.now.getTime()) {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    const end = Math.min(hour + HOUR_MS, span.now.getTime());
    const share = (end - at) / HOUR_MS;
    const expectation = history.of(new Date(hour));
    log += logChanceOfNothing(expectation, share);
    expected += expectation.mean * share;
    at = end;
  }
  const chance = Math.exp(log);
  return chance < policy.silenceProbability ? { kind: 'silent', expected, chance } : { kind: 'normal' };
}

/** How many items a span would have brought; what a gap is measured by. */
export function expectedIn(of: (hour: Date) => Expectation, from: Date, to: Date): number {
  let expected = 0;
  for (let at = from.getTime(); at < to.getTime();) {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    const end = Math.min(hour + HOUR_MS, to.getTime());
    expected += of(new Date(hour)).mean * ((end - at) / HOUR_MS);
    at = end;
  }
  return expected;
}
