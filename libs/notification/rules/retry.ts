/** A notice is given up after so many attempts: about four hours. Judgement. */
export const MAX_ATTEMPTS = 12;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/** When a channel that did not take a notice is asked again, or null when the notice is given up. `attempt` counts from 1. */
export function nextAttemptAt(now: Date, attempt: number, final: boolean): Date | null {
  if (final || attempt >= MAX_ATTEMPTS) return null;
  return new Date(now.getTime() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)));
}
