/** How growth is measured and when it raises an alarm; the numbers stand in `config/heat.yaml`. */
export interface GrowthPolicy {
  meanHours: number;
  minMeanPerHour: number;
}

export interface AlarmPolicy {
  windowHours: number;
  /** Messages on one matter within the window that raise a hot spot. */
  items: number;
  /** Growth that raises one too, from `growthItems` messages in the hour. */
  growthFactor: number;
  growthItems: number;
  /** A hot spot has passed when the window holds less than this share of `items`. */
  rearmShare: number;
}

export interface GrowthAlarm {
  /** The message with which the rule was met, milliseconds. */
  at: number;
  why: 'volume' | 'growth';
  /** Messages in the window (volume) or in the hour (growth). */
  count: number;
  /** Of the hour against the hours before. */
  factor: number;
}

const HOUR_MS = 3_600_000;

/** Messages of the last hour against the mean hour of the six before. `times` in milliseconds, any order; those after `now` don't count. */
export function growthFactor(times: readonly number[], now: number, policy: GrowthPolicy): number {
  const hour = countWithin(times, now - HOUR_MS, now);
  const before = countWithin(times, now - (policy.meanHours + 1) * HOUR_MS, now - HOUR_MS);
  return hour / Math.max(before / policy.meanHours, policy.minMeanPerHour);
}

/**
 * Hot spots of one cluster. A burst raises one, however long it goes on; the next only after the window has emptied. Messages
 * that are about different matters lie in different clusters and never add up.
 */
export function growthAlarms(times: readonly number[], growth: GrowthPolicy, policy: AlarmPolicy): GrowthAlarm[] {
  const sorted = [...times].sort((a, b) => a - b);
  const windowMs = policy.windowHours * HOUR_MS;
  const alarms: GrowthAlarm[] = [];
  let hot = false;
  let start = 0;
  let history = 0;
  for (let end = 0; end < sorted.length; end += 1) {
    const at = sorted[end]!;
    while (sorted[start]! < at - windowMs) start += 1;
    while (sorted[history]! < at - (growth.meanHours + 1) * HOUR_MS) history += 1;
    const count = end - start + 1;
    if (hot && count < policy.items * policy.rearmShare) hot = false;
    if (hot) continue;
    const known = sorted.slice(history, end + 1);
    const hour = countWithin(known, at - HOUR_MS, at);
    const factor = growthFactor(known, at, growth);
    const why =
      count >= policy.items ? 'volume' : hour >= policy.growthItems && factor >= policy.growthFactor ? 'growth' : null;
    if (why === null) continue;
    alarms.push({ at, why, count: why === 'volume' ? count : hour, factor });
    hot = true;
  }
  return alarms;
}

/** Open at the start, closed at the end. */
const countWithin = (times: readonly number[], after: number, until: number): number =>
  times.filter((time) => time > after && time <= until).length;
