import { useEffect, useState } from 'react';

const LATEST_MS = 2_000;
/** Safari has no idle callback. */
const SOON_MS = 200;

/** Runs when the browser has nothing better to do; returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, SOON_MS);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(work, { timeout: LATEST_MS });
  return () => cancelIdleCallback(asked);
}

let idleOnce = false;

/** False until the first page has been drawn and the browser had time: for what may come after it can be worked with. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(idleOnce);
  useEffect(() => {
    if (idleOnce) return;
    return whenIdle(() => {
      idleOnce = true;
      setIdle(true);
    });
  }, []);
  return idle;
}
