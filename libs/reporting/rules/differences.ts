/** A place in two versions of a report where they differ: `/counties/rows/0/onTime/n`. */
export interface Difference {
  place: string;
  frozen: unknown;
  now: unknown;
}

/** Where two JSON values differ, leaf by leaf, at most `limit` places. */
export function differences(frozen: unknown, now: unknown, limit: number, place = ''): Difference[] {
  if (Object.is(frozen, now)) return [];
  if (!isObject(frozen) || !isObject(now) || Array.isArray(frozen) !== Array.isArray(now))
    return [{ place: place === '' ? '/' : place, frozen: frozen ?? null, now: now ?? null }].slice(0, limit);
  const found: Difference[] = [];
  for (const key of new Set([...Object.keys(frozen), ...Object.keys(now)])) {
    if (found.length >= limit) break;
    found.push(...differences(frozen[key], now[key], limit - found.length, `${place}/${key}`));
  }
  return found;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
