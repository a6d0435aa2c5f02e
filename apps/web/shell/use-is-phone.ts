import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 760px)');

/** True on a screen of phone width. */
export const useIsPhone = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
