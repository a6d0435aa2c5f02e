import { useEffect, useRef, useState } from 'react';
import type { Item } from './use-items';

/** The item that the keys are about. It stays the same when others come in above it; when it leaves the list, the one in its place is next. */
export function useCurrent(rows: readonly Item[]) {
  const [chosen, setChosen] = useState<string | null>(null);
  const place = useRef(0);
  const found = rows.findIndex(({ id }) => id === chosen);
  const index = found >= 0 ? found : Math.min(place.current, rows.length - 1);
  const current = rows[index];
  useEffect(() => {
    place.current = Math.max(0, index);
  }, [index]);
  // What somebody looks at stays what the keys are about, also when another comes in above it.
  if (current !== undefined && current.id !== chosen) setChosen(current.id);
  const row = useRef<HTMLLIElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    // Whoever only looks is not scrolled about.
    if (moved.current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current?.id]);
  return {
    current,
    row,
    move: (by: 1 | -1) => {
      moved.current = true;
      setChosen(rows[Math.min(Math.max(index + by, 0), rows.length - 1)]?.id ?? null);
    },
    choose: setChosen,
    /** The one after an item that is done with; at the end of the list, the one before. */
    leave: (id: string) => {
      const at = rows.findIndex((other) => other.id === id);
      const next = (rows[at + 1] ?? rows[at - 1])?.id ?? null;
      // Whoever has moved on meanwhile stays there.
      setChosen((now) => (now === id ? next : now));
    },
  };
}
