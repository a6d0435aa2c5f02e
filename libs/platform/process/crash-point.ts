/**
 * Places at which a process may be told to die on the spot, to prove that dying there loses nothing and does nothing twice
 * (docs/reliability.md). Off unless a process is started with `CRASH_AT`.
 */
let chosen: string | undefined;

/** Chooses the one place at which this process dies; `undefined` lets it live. */
export function armCrashPoint(name: string | undefined): void {
  chosen = name;
}

/** Dies here, as by `kill -9`, when this place was chosen. */
export function crashPoint(name: string): void {
  if (chosen === name) process.kill(process.pid, 'SIGKILL');
}
