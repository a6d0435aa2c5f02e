import { useState } from 'react';

const NONE: ReadonlySet<string> = new Set();

/** The rows that are chosen for something to be done to all of them. */
export function useSelection() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE);
  const toggle = (id: string) =>
    setSelected((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]));
  return { selected, toggle, set: (ids: string[]) => setSelected(new Set(ids)), clear: () => setSelected(NONE) };
}
