/** Median, P90 and maximum of durations, in the unit of the input; null when there are none. Never only a mean (domain 7.8). */
export interface DurationSummary {
  count: number;
  median: number | null;
  p90: number | null;
  max: number | null;
}

/** The middle value; of an even count the mean of the two middle ones. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Nearest rank: the value number ceil(percent × n / 100), so it is always one that occurred. `percent` is a whole number, 1–100. */
export function percentile(values: readonly number[], percent: number): number | null {
  if (values.length === 0) return null;
  // Whole numbers first: 0.9 × 10 is exact, 0.07 × 100 is not.
  return ascending(values)[Math.ceil((percent * values.length) / 100) - 1]!;
}

export function summariseDurations(values: readonly number[]): DurationSummary {
  return {
    count: values.length,
    median: median(values),
    p90: percentile(values, 90),
    max: values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b)),
  };
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
