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

/** Messages of the hour before `now`. */
export const lastHour = (times: readonly number[], now: Date): number =>
  countWithin(times, now.getTime() - HOUR_MS, now.getTime());

/** Whether a burst goes on that has raised its alarm, and the alarms that the new messages raise. */
export interface GrowthWatch {
  hot: boolean;
  alarms: GrowthAlarm[];
}

/**
 * Watches one cluster over its new messages. A burst raises one hot spot, however long it goes on; the next only after the
 * window has emptied. Messages about different matters lie in different clusters and never add up. `times` has all messages
 * of the window before the new ones, and the new ones too.
 */
export function watchGrowth(
  { times, fresh, hot: hotBefore }: { times: readonly number[]; fresh: readonly number[]; hot: boolean },
  growth: GrowthPolicy,
  policy: AlarmPolicy,
): GrowthWatch {
  const windowMs = policy.windowHours * HOUR_MS;
  const alarms: GrowthAlarm[] = [];
  let hot = hotBefore;
  for (const at of [...fresh].sort((a, b) => a - b)) {
    const count = countWithin(times, at - windowMs - 1, at);
    if (hot && count < policy.items * policy.rearmShare) hot = false;
    if (hot) continue;
    const hour = countWithin(times, at - HOUR_MS, at);
    const factor = growthFactor(times, at, growth);
    const why =
      count >= policy.items ? 'volume' : hour >= policy.growthItems && factor >= policy.growthFactor ? 'growth' : null;
    if (why === null) continue;
    alarms.push({ at, why, count: why === 'volume' ? count : hour, factor });
    hot = true;
  }
  return { hot, alarms };
}

/** Open at the start, closed at the end. */
const countWithin = (times: readonly number[], after: number, until: number): number =>
  times.filter((time) => time > after && time <= until).length;
