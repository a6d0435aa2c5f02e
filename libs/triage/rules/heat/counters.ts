/** A count that a site shows. `exact: false`: the site rounds ("10w+"), so this is a lower bound. */
export interface Counter {
  value: number;
  exact: boolean;
}

const UNITS: Readonly<Record<string, number>> = {
  k: 1e3,
  千: 1e3,
  w: 1e4,
  万: 1e4,
  百万: 1e6,
  m: 1e6,
  千万: 1e7,
  亿: 1e8,
  e: 1e8,
};
const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  百: 100,
  千: 1000,
};
const COUNTER = /^(\d+(?:\.\d+)?|[一二两三四五六七八九十百千])(百万|千万|[kwme千万亿])?(\+|多|余)?$/;

/**
 * A counter as short-video sites and boards print it: "1,234", "1.2万", "10w+", "999+", "十万+". Rounded ones are lower bounds;
 * what is no counter ("-", "", "赞") is null, unknown, never 0.
 */
export function parseCounter(text: string): Counter | null {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,，]/g, '')
    .replace(/[次人条]$/, '');
  const match = COUNTER.exec(folded);
  if (match === null) return null;
  const [, digits, unit, more] = match;
  const number = DIGITS[digits!] ?? Number(digits);
  const value = Math.round(number * (unit === undefined ? 1 : UNITS[unit]!));
  if (!Number.isSafeInteger(value)) return null;
  return { value, exact: unit === undefined && more === undefined && Number.isInteger(number) };
}

/** Sum of the known counters of several places; null when none is known. What is unknown makes the sum a lower bound. */
export function addCounters(counters: readonly (Counter | null)[]): Counter | null {
  const known = counters.filter((counter) => counter !== null);
  if (known.length === 0) return null;
  return {
    value: known.reduce((sum, { value }) => sum + value, 0),
    exact: known.length === counters.length && known.every(({ exact }) => exact),
  };
}
