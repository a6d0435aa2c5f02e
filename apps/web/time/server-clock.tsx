import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';

interface ServerClock {
  /** The server's time now, in milliseconds since the epoch; stands still while offline. */
  now: number;
  online: boolean;
}

const Context = createContext<ServerClock>({ now: Date.now(), online: false });
const NowContext = createContext<() => number>(Date.now);

const TICK_MS = 1_000;
const MEASURE_MS = 30_000;

/** Asks the server for its time and returns the offset of this machine's clock, halving the way there and back. */
async function measureOffset(): Promise<number> {
  const sent = Date.now();
  const response = await fetch('/api/v1/about', { cache: 'no-store' });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const { now } = (await response.json()) as { now: string };
  const received = Date.now();
  return Date.parse(now) - (sent + received) / 2;
}

/** One ticker for all countdowns of the page, on the server's time. When the server can't be reached it stops and says so. */
export function ServerClockProvider({ children }: { children: ReactNode }) {
  const [offset, setOffset] = useState(0);
  const [online, setOnline] = useState(true);
  const [local, setLocal] = useState(Date.now());
  useEffect(() => {
    let stopped = false;
    const measure = () =>
      measureOffset().then(
        (value) => {
          if (stopped) return;
          setOffset(value);
          setOnline(true);
        },
        () => {
          if (!stopped) setOnline(false);
        },
      );
    void measure();
    const measuring = setInterval(() => void measure(), MEASURE_MS);
    window.addEventListener('online', measure);
    window.addEventListener('huiying:reconnected', measure);
    window.addEventListener('huiying:disconnected', measure);
    return () => {
      stopped = true;
      clearInterval(measuring);
      window.removeEventListener('online', measure);
      window.removeEventListener('huiying:reconnected', measure);
      window.removeEventListener('huiying:disconnected', measure);
    };
  }, []);
  useEffect(() => {
    if (!online) return;
    const ticking = setInterval(() => setLocal(Date.now()), TICK_MS);
    return () => clearInterval(ticking);
  }, [online]);
  const value = useMemo(() => ({ now: local + offset, online }), [local, offset, online]);
  const latest = useRef(value.now);
  latest.current = value.now;
  const nowOf = useCallback(() => latest.current, []);
  return (
    <NowContext.Provider value={nowOf}>
      <Context.Provider value={value}>{children}</Context.Provider>
    </NowContext.Provider>
  );
}

/** For what shows the time: drawn again with every tick. */
export const useServerClock = (): ServerClock => useContext(Context);

/** For what only asks for the time when something is done: the same function always, so that no tick draws it again. */
export const useServerNow = (): (() => number) => useContext(NowContext);
