import type { Ratio } from './ratio.js';

/** One row of a table that is ranked by a rate. */
export interface Ranked {
  id: string;
  rate: Ratio;
}

/** Fewer rows than this have no quartile: naming one of three says nothing. */
export const MIN_RANKED = 4;

/**
 * Ids in the lowest quartile (domain 7.7): rate at or below the nearest-rank 25th percentile, and below the best. Rows
 * without a denominator are not ranked.
 */
export function lowestQuartile(rows: readonly Ranked[]): string[] {
  const ranked = rows.filter(({ rate }) => rate.d > 0).sort((a, b) => compare(a.rate, b.rate));
  if (ranked.length < MIN_RANKED) return [];
  const edge = ranked[Math.ceil(ranked.length / 4) - 1]!.rate;
  const best = ranked[ranked.length - 1]!.rate;
  return ranked.filter(({ rate }) => compare(rate, edge) <= 0 && compare(rate, best) < 0).map(({ id }) => id);
}

/** In the lowest quartile of this quarter and of the one before. */
export function laggards(current: readonly Ranked[], previous: readonly Ranked[]): string[] {
  const before = new Set(lowestQuartile(previous));
  return lowestQuartile(current).filter((id) => before.has(id));
}

/** By cross-multiplication: 1/3 and 2/6 are equal, as divided floating-point numbers they need not be. */
const compare = (a: Ratio, b: Ratio): number => a.n * b.d - b.n * a.d;
