import { useEffect, useState } from 'react';
import type { IncidentRow } from './use-inbox';

interface Known {
  key: string;
  ids: Set<string>;
  /** Decided by this hand; the server's answer is still under way or has just come. */
  away: Set<string>;
}

/**
 * Rows that are shown change in place; new ones wait behind a banner until they are asked for, so nothing moves under
 * the hand. An empty list takes new rows in at once.
 */
export function useSteadyList(rows: readonly IncidentRow[], filterKey: string, settled: boolean) {
  const [known, setKnown] = useState<Known>({ key: '', ids: new Set(), away: new Set() });
  const ids = rows.map((row) => row.id).join();
  const all = () => new Set(rows.map((row) => row.id));
  useEffect(() => {
    // Until the answer to a new filter is here, the rows are still those of the old one.
    if (!settled) return;
    setKnown((before) => {
      const steady = before.key === filterKey && rows.some(({ id }) => before.ids.has(id) && !before.away.has(id));
      return steady ? before : { key: filterKey, ids: all(), away: before.key === filterKey ? before.away : new Set() };
    });
    // The set of ids is what matters, not the array that carries it.
  }, [filterKey, ids, known.away, settled]);
  const present = rows.filter((row) => !known.away.has(row.id));
  const shown = present.filter((row) => known.ids.has(row.id));
  const without = (set: Set<string>, id: string) => new Set([...set].filter((other) => other !== id));
  return {
    shown,
    waiting: present.length - shown.length,
    takeIn: () => setKnown((before) => ({ ...before, ids: all() })),
    put: (id: string) => setKnown((before) => ({ ...before, away: new Set([...before.away, id]) })),
    back: (id: string) => setKnown((before) => ({ ...before, away: without(before.away, id) })),
  };
}
