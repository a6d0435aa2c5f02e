import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ClockPolicies } from '#clocks/keeper.service.js';
import { missingNotice } from '#clocks/rules/calendar-alarm.js';
import { SKEW_WARNING_MS } from '#clocks/rules/clock-jump.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { instant } from '../http/schemas.js';

/** How long a jump of the database's clock stays on the board. */
const JUMP_HOURS = 24;

const alertSchema = z
  .discriminatedUnion('code', [
    z.object({ code: z.literal('calendarMissing'), year: z.number().int() }),
    z.object({ code: z.literal('databaseJumped'), at: instant(), stepMs: z.number(), heldMs: z.number() }),
    z.object({ code: z.literal('processSkew'), process: z.string(), skewMs: z.number() }),
  ])
  .meta({ id: 'SystemAlert' });
const alerts = defineRoute({
  method: 'GET',
  path: '/alerts',
  summary:
    'What the supervisor must know of the timing itself: a missing notice of holidays, a jump of the clock, skew',
  permission: 'session',
  scope: 'none',
  response: z.object({ now: instant(), items: z.array(alertSchema) }),
});

interface Beat {
  process: string;
  skew_ms: number | null;
  report: { jump?: { at: string; stepMs: number; heldMs: number } | null };
}

@Controller()
export class AlertsController {
  constructor(private readonly policies: ClockPolicies) {}

  @Route(alerts)
  async alerts(@Input() { tx }: RouteInput<typeof alerts>) {
    const now = await tx.now();
    const year = missingNotice(this.policies.calendar, now.getTime());
    const beats = await tx.query<Beat>(
      `SELECT process, skew_ms, report FROM heartbeats WHERE process LIKE 'clocks-%' AND at > $1::timestamptz - make_interval(hours => $2) ORDER BY process`,
      [now, JUMP_HOURS],
    );
    const jumps = beats
      .flatMap(({ report }) => report.jump ?? [])
      .filter((jump) => now.getTime() - Date.parse(jump.at) < JUMP_HOURS * 3_600_000)
      .sort((a, b) => b.at.localeCompare(a.at));
    const skewed = beats.filter((beat) => Math.abs(beat.skew_ms ?? 0) > SKEW_WARNING_MS);
    return {
      now,
      items: [
        ...(year === null ? [] : [{ code: 'calendarMissing' as const, year }]),
        // Every process sees the same jump; the board tells of it once.
        ...jumps.slice(0, 1).map((jump) => ({ code: 'databaseJumped' as const, ...jump, at: new Date(jump.at) })),
        ...skewed.map((beat) => ({ code: 'processSkew' as const, process: beat.process, skewMs: beat.skew_ms! })),
      ],
    };
  }
}
