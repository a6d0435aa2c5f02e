import { z } from 'zod';
import { instant } from '../http/schemas.js';

/** `2026Q4`. */
export const quarterName = () =>
  z
    .string()
    .regex(/^20\d\d[Qq][1-4]$/)
    .transform((name) => name.toUpperCase());

/** `2026-11`. */
export const monthName = () => z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

/** A share with its two counts; `pct` has two decimals or is `—` when there is no denominator. */
export const ratioSchema = z
  .object({ n: z.number().int(), d: z.number().int(), pct: z.string() })
  .meta({ id: 'Ratio' });

/** Milliseconds; null when there are none. */
export const durationsSchema = z
  .object({
    count: z.number().int(),
    median: z.number().nullable(),
    p90: z.number().nullable(),
    max: z.number().nullable(),
  })
  .meta({ id: 'DurationSummary' });

/** A count of this period, of the one before, and the change in percent (`—` when there was none before). */
export const changeSchema = z
  .object({ current: z.number().int(), previous: z.number().int(), changePct: z.string() })
  .meta({ id: 'CountWithChange' });

/** What every report says of itself: period, time of its data, and what it leaves out. */
export const reportHead = {
  period: z.object({ kind: z.string(), name: z.string(), from: instant(), to: instant() }),
  asOf: instant(),
  notes: z.array(z.string()),
};

/** The period as an answer gives it. */
export const periodOut = (period: { kind: string; name: string; from: number; to: number }) => ({
  kind: period.kind,
  name: period.name,
  from: new Date(period.from),
  to: new Date(period.to),
});

/** Orders of a hotline: every rate with its counts. */
export const hotlineFiguresSchema = z
  .object({
    accepted: z.number().int(),
    handled: ratioSchema,
    satisfied: ratioSchema,
    solved: ratioSchema,
    closedInTime: ratioSchema,
    returned: ratioSchema,
    validCallbacks: z.number().int(),
  })
  .meta({ id: 'HotlineFigures' });

/** Orders by type; the denominator is the sum of the types. */
export const typeShares = z.array(z.object({ type: z.string(), share: ratioSchema }));
