/** A person may try a channel so often within the window: a message may cost money, and floods whoever shares the channel. */
const TESTS = 5;
const WINDOW_MS = 10 * 60_000;

/** From when on earlier tests count. */
export const countedSince = (now: Date): Date => new Date(now.getTime() - WINDOW_MS);

/** Seconds until the next test may be asked for, 0 for now. `earlier`: when this person tried this channel, in any order. */
export function secondsToWait(earlier: readonly Date[], now: Date): number {
  const counted = earlier.filter((at) => at > countedSince(now)).sort((a, b) => b.getTime() - a.getTime());
  const oldest = counted[TESTS - 1];
  return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest.getTime() + WINDOW_MS - now.getTime()) / 1_000));
}
