/**
 * Places at which a process may be told to die on the spot, to prove that dying there loses nothing and does nothing twice
 * (docs/reliability.md). Off unless a process is started with `CRASH_AT`.
 */
let chosen: string | undefined;
let signal: NodeJS.Signals = 'SIGKILL';

/** Chooses the one place at which this process dies, or with `<place>:SIGSTOP` freezes; `undefined` lets it live. */
export function armCrashPoint(name: string | undefined): void {
  const [place, how] = name?.split(':') ?? [];
  chosen = place;
  signal = how === 'SIGSTOP' ? 'SIGSTOP' : 'SIGKILL';
}

/** Dies here, as by `kill -9`, or stands still, when this place was chosen; once. */
export function crashPoint(name: string): void {
  if (chosen !== name) return;
  chosen = undefined;
  process.kill(process.pid, signal);
}
