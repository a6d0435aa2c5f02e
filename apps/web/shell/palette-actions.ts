import { useSyncExternalStore } from 'react';

/** Something that the page in front can do, as the palette offers it; `key` is its shortcut. */
export interface PaletteAction {
  label: string;
  key: string;
  run: () => void;
}

const NOTHING: readonly PaletteAction[] = [];
let offered = NOTHING;
const listeners = new Set<() => void>();
const change = (next: readonly PaletteAction[]) => {
  offered = next;
  for (const listener of listeners) listener();
};

/** Offers actions until the returned function is called; to be used in an effect of the page. */
export function offerActions(actions: readonly PaletteAction[]): () => void {
  change(actions);
  return () => change(NOTHING);
}

export const usePaletteActions = (): readonly PaletteAction[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
  );
