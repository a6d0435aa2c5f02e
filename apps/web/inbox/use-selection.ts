import { useCallback, useState } from 'react';

const NONE: ReadonlySet<string> = new Set();

/** The rows that are chosen for something to be done to all of them. */
export function useSelection() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE);
  const toggle = useCallback(
    (id: string) =>
      setSelected((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id])),
    [],
  );
  const clear = useCallback(() => setSelected(NONE), []);
  return { selected, toggle, clear };
}
