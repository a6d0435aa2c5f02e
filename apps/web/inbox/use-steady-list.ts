import { useEffect, useMemo, useState } from 'react';
import type { IncidentRow } from './use-inbox';

interface Known {
  key: string;
  pages: number;
  ids: Set<string>;
  /** Decided by this hand; the server's answer is still under way or has just come. */
  away: Set<string>;
}

interface Frame {
  /** Names the filter. */
  key: string;
  /** How many pages are loaded: rows of a further page were asked for and are shown at once. */
  pages: number;
  /** False while the rows are still those of the filter before. */
  settled: boolean;
}

/**
 * Rows that are shown change in place; new ones wait behind a banner until they are asked for, so nothing moves under
 * the hand. An empty list takes new rows in at once.
 */
export function useSteadyList(rows: readonly IncidentRow[], { key, pages, settled }: Frame) {
  const [known, setKnown] = useState<Known>({ key: '', pages: 0, ids: new Set(), away: new Set() });
  const ids = useMemo(() => rows.map((row) => row.id).join(), [rows]);
  useEffect(() => {
    if (!settled) return;
    setKnown((before) => {
      const same = before.key === key;
      if (same && before.pages < pages) {
        // What stands below the last known row came with the new page; what stands above it is news.
        const last = rows.findLastIndex(({ id }) => before.ids.has(id));
        const added = rows.slice(last + 1).map(({ id }) => id);
        return { ...before, pages, ids: new Set([...before.ids, ...added]) };
      }
      if (same && rows.some(({ id }) => before.ids.has(id) && !before.away.has(id))) return before;
      return { key, pages, ids: new Set(rows.map((row) => row.id)), away: same ? before.away : new Set() };
    });
    // The set of ids is what matters, not the array that carries it.
  }, [key, ids, pages, known.away, settled]);
  const present = useMemo(() => rows.filter((row) => !known.away.has(row.id)), [rows, known.away]);
  const shown = useMemo(() => present.filter((row) => known.ids.has(row.id)), [present, known.ids]);
  const away = (change: (before: Set<string>) => Iterable<string>) =>
    setKnown((before) => ({ ...before, away: new Set(change(before.away)) }));
  return {
    shown,
    waiting: present.length - shown.length,
    takeIn: () => setKnown((before) => ({ ...before, ids: new Set(rows.map((row) => row.id)) })),
    put: (id: string) => away((before) => [...before, id]),
    back: (id: string) => away((before) => [...before].filter((other) => other !== id)),
  };
}
