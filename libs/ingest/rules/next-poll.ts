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
  /** What the feed asks for: `ttl`; hours and days (0 = Sunday) of GMT in which it is not to be asked. */
  ttlSeconds?: number;
  skipHours?: readonly number[];
  skipDays?: readonly number[];
  /** Items of the last day: a source that brings many is asked more often. */
  hot?: boolean;
  /** 0 to 1, from the identity of the source and the poll: spreads sources that were added together. */
  spread?: number;
}

/** Bounds of the intervals; judgement, see docs/operations.md. */
export const POLL_LIMITS = {
  emergencySeconds: 60,
  shortestSeconds: 1,
  hotSeconds: 300,
  longestQuietFactor: 4,
  quietAfter: 12,
  longestFailureSeconds: 6 * 3_600,
  longestServerWishSeconds: 24 * 3_600,
  /** What the feed itself wishes weighs less than the office's need to know. */
  longestFeedWishSeconds: 3_600,
  jitterShare: 0.1,
} as const;

/** Seconds until the next poll. A failing source is asked less and less, but never given up (domain R1: a silent feed is an alarm, not an end). */
export function nextPollSeconds(plan: PollPlan): number {
  const base = plan.mode === 'emergency' ? Math.min(plan.intervalSeconds, POLL_LIMITS.emergencySeconds) : hotOr(plan);
  const interval = Math.max(base, POLL_LIMITS.shortestSeconds);
  const asked = Math.min(plan.serverAsksSeconds ?? 0, POLL_LIMITS.longestServerWishSeconds);
  if (plan.failures > 0) {
    const backOff = Math.min(
      interval * 2 ** Math.min(plan.failures, 20),
      Math.max(POLL_LIMITS.longestFailureSeconds, interval),
    );
    return jittered(Math.max(backOff, asked), plan);
  }
  // In an emergency nothing is slowed down because it was quiet, nor because the feed would rather not be asked.
  if (plan.mode === 'emergency') return jittered(Math.max(interval, asked), plan);
  const slow = plan.unchanged >= POLL_LIMITS.quietAfter && interval >= POLL_LIMITS.hotSeconds;
  const quiet = slow ? Math.min(interval * POLL_LIMITS.longestQuietFactor, 3_600) : interval;
  const wished = Math.min(plan.ttlSeconds ?? 0, POLL_LIMITS.longestFeedWishSeconds);
  return jittered(Math.max(quiet, asked, wished), plan);
}

const hotOr = (plan: PollPlan) =>
  plan.hot === true ? Math.min(plan.intervalSeconds, POLL_LIMITS.hotSeconds) : plan.intervalSeconds;

/** Only later, never earlier: what the server asked for is kept. Short intervals are left exact. */
const jittered = (seconds: number, { spread = 0 }: PollPlan): number =>
  seconds < 60 ? seconds : seconds + Math.round(seconds * POLL_LIMITS.jitterShare * spread);

/** The instant of the next poll: moved behind the hours and days that the feed leaves out, a day at most, and not in an emergency. */
export function nextPollAt(now: Date, plan: PollPlan): Date {
  const first = new Date(now.getTime() + nextPollSeconds(plan) * 1_000);
  if (plan.mode === 'emergency') return first;
  let at = first;
  for (let hours = 0; hours < 24; hours += 1) {
    const left =
      plan.skipHours?.includes(at.getUTCHours()) === true || plan.skipDays?.includes(at.getUTCDay()) === true;
    if (!left) return at;
    at = new Date(Math.floor(at.getTime() / 3_600_000 + 1) * 3_600_000);
  }
  return at;
}

/** Seconds of a `Retry-After` header, given in seconds or as a date; `answeredAt` is the server's own time in ms, NaN when it sent none. */
export function retryAfterSeconds(header: string | undefined, answeredAt: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const until = Date.parse(header);
  return Number.isNaN(until) || Number.isNaN(answeredAt) ? null : Math.max(0, (until - answeredAt) / 1000);
}

/** Seconds for which an answer stays fresh by `Cache-Control`; null where it says nothing or forbids keeping. */
export function maxAgeSeconds(header: string | undefined): number | null {
  if (header === undefined || /no-(?:cache|store)/i.test(header)) return null;
  const found = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(header)?.[1];
  return found === undefined ? null : Number(found);
}
