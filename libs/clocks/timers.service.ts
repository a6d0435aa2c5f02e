import { Injectable } from '@nestjs/common';
import type { Database } from '#platform/database/database.js';
import type { WakeUps } from '#platform/queue/wake-ups.js';

/** Timers are armed for the dues of this span only; far-off dues need no job (design, invariant 2). */
export const TIMER_HORIZON_MINUTES = 15;
/** Due instants are rounded up to this, and each distinct instant has one timer. */
const ROUNDING_MS = 100;
const MAX_TIMERS = 20_000;

/** Arms "look now" timers for the distinct instants of the next quarter of an hour. Losing all of them costs the sweep's second. */
@Injectable()
export class TimersService {
  constructor(
    private readonly database: Database,
    private readonly wakeUps: WakeUps,
  ) {}

  /** Returns how many instants are armed. Running it again is harmless: a timer that exists is not set twice. */
  async reconcile(): Promise<number> {
    const timers = await this.database.asSystem((tx) =>
      tx.query<{ due_ms: string; delay_ms: number }>(
        `SELECT due_ms, due_ms - extract(epoch FROM huiying_now()) * 1000 AS delay_ms FROM (
           SELECT DISTINCT ceil(extract(epoch FROM next_look_at) * 1000 / ${ROUNDING_MS})::bigint * ${ROUNDING_MS} AS due_ms
             FROM response_clocks WHERE next_look_at > huiying_now() AND next_look_at <= huiying_now() + interval '${TIMER_HORIZON_MINUTES} minutes'
            ORDER BY due_ms LIMIT ${MAX_TIMERS}) instants`,
      ),
    );
    // One millisecond after the instant: at the instant itself nothing is late yet.
    if (timers.length > 0)
      await this.wakeUps.wakeAt(
        'clocks',
        timers.map((t) => ({ dueMs: Number(t.due_ms), delayMs: Math.ceil(Number(t.delay_ms)) + 1 })),
      );
    return timers.length;
  }
}
