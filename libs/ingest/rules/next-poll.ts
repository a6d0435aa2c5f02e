/** What decides when a source is asked again; durations in seconds. */
export interface PollPlan {
  intervalSeconds: number;
  mode: 'routine' | 'emergency';
  /** Failures in a row, the present one included. */
  failures: number;
  /** Polls in a row that brought nothing new, the present one included. */
  unchanged: number;
  /** What the server asked for (`Retry-After`, `Cache-Control: max-age`), if anything. */
  serverAsksSeconds: number | null;
}

/** Bounds of the intervals; judgement, see docs/operations.md. */
export const POLL_LIMITS = {
  emergencySeconds: 60,
  shortestSeconds: 1,
  longestQuietFactor: 4,
  quietAfter: 12,
  longestFailureSeconds: 6 * 3_600,
  longestServerWishSeconds: 24 * 3_600,
} as const;

/** Seconds until the next poll. A failing source is asked less and less, but never given up (domain R1: a silent feed is an alarm, not an end). */
export function nextPollSeconds(plan: PollPlan): number {
  const base =
    plan.mode === 'emergency' ? Math.min(plan.intervalSeconds, POLL_LIMITS.emergencySeconds) : plan.intervalSeconds;
  const interval = Math.max(base, POLL_LIMITS.shortestSeconds);
  const asked = Math.min(plan.serverAsksSeconds ?? 0, POLL_LIMITS.longestServerWishSeconds);
  if (plan.failures > 0) {
    const backOff = Math.min(
      interval * 2 ** Math.min(plan.failures, 20),
      Math.max(POLL_LIMITS.longestFailureSeconds, interval),
    );
    return Math.max(backOff, asked);
  }
  // In an emergency nothing is slowed down because it was quiet.
  const slow = plan.mode === 'routine' && plan.unchanged >= POLL_LIMITS.quietAfter && interval >= 300;
  return Math.max(slow ? Math.min(interval * POLL_LIMITS.longestQuietFactor, 3_600) : interval, asked);
}

/** Seconds of a `Retry-After` header, given in seconds or as a date; `answeredAt` is the server's own time in ms, NaN when it sent none. */
export function retryAfterSeconds(header: string | undefined, answeredAt: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const until = Date.parse(header);
  return Number.isNaN(until) || Number.isNaN(answeredAt) ? null : Math.max(0, (until - answeredAt) / 1000);
}
