/** A share with its two counts; a percentage is never shown without them. `pct` has two decimals, half up, or `—`. */
export interface Ratio {
  n: number;
  d: number;
  pct: string;
}

/** What a percentage of nothing is: a dash, never 100 %. */
export const NO_PERCENTAGE = '—';

/** `n` of `d`, both counts of things. Throws `RangeError` for what is no count. */
export function ratio(n: number, d: number): Ratio {
  for (const count of [n, d])
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a count: ${count}`);
  return { n, d, pct: percentage(n, d) };
}

/** Counts those that are in the numerator, of those given. */
export const ratioOf = <T>(whole: readonly T[], isPart: (element: T) => boolean): Ratio =>
  ratio(whole.filter(isPart).length, whole.length);

/** Change against the previous period in percent, two decimals, half away from zero; `—` when the previous one is 0. */
export const percentageChange = (current: number, previous: number): string => percentage(current - previous, previous);

/** Shares of a whole. The denominator is the sum of the parts and is given with them, since published tables mix it up. */
export function shares<Key extends string>(
  counts: Readonly<Record<Key, number>>,
): { total: number; pct: Record<Key, string> } {
  const entries = Object.entries(counts) as [Key, number][];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  return {
    total,
    pct: Object.fromEntries(entries.map(([key, count]) => [key, ratio(count, total).pct])) as Record<Key, string>,
  };
}

/** In whole numbers: floating point turns 0.285 % into 0.28. */
function percentage(n: number, d: number): string {
  if (d === 0) return NO_PERCENTAGE;
  const [numerator, denominator] = [BigInt(Math.abs(n)), BigInt(d)];
  const hundredths = (numerator * 20_000n + denominator) / (2n * denominator);
  const digits = hundredths.toString().padStart(3, '0');
  const sign = n < 0 && hundredths > 0n ? '-' : '';
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
