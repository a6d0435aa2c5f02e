import { addDays, dayOf, startOfDay, weekdayOf } from '#kernel/civil-day.js';
import { DomainError } from '#kernel/error.js';
import type { CivilDay } from '#kernel/calendar.js';

export type PeriodKind = 'day' | 'week' | 'month' | 'quarter' | 'span';

/** Whole civil days in Asia/Shanghai: `from` inclusive, `to` exclusive, epoch milliseconds. `name` says which: `2026-11-26`, `2026Q4`. */
export interface Period {
  kind: PeriodKind;
  name: string;
  from: number;
  to: number;
}

const period = (kind: PeriodKind, name: string, first: CivilDay, next: CivilDay): Period => ({
  kind,
  name,
  from: startOfDay(first),
  to: startOfDay(next),
});

export const dayPeriod = (day: CivilDay): Period => period('day', day, day, addDays(day, 1));

/** Monday to Sunday; named after its Monday. */
export function weekPeriod(day: CivilDay): Period {
  const monday = addDays(day, 1 - weekdayOf(day));
  return period('week', monday, monday, addDays(monday, 7));
}

/** The calendar month of a day, or of `YYYY-MM`. */
export function monthPeriod(day: string): Period {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return period('month', day.slice(0, 7), firstOfMonth(year, month), firstOfMonth(year, month + 1));
}

/** `2026Q4`. */
export function quarterPeriod(name: string): Period {
  const [year, first] = [Number(name.slice(0, 4)), Number(name.slice(5)) * 3 - 2];
  return period('quarter', name, firstOfMonth(year, first), firstOfMonth(year, first + 3));
}

/** Days `first` to `last`, both included. Throws `PERIOD_REVERSED` (422) and, beyond 731 days, `PERIOD_TOO_LONG` (422). */
export function spanPeriod(first: CivilDay, last: CivilDay): Period {
  if (last < first) throw new DomainError('PERIOD_REVERSED', 422, 'the period ends before it begins', { first, last });
  if (last > addDays(first, MAX_SPAN_DAYS - 1))
    throw new DomainError('PERIOD_TOO_LONG', 422, 'the period is longer than two years', { maxDays: MAX_SPAN_DAYS });
  return period('span', `${first}/${last}`, first, addDays(last, 1));
}
const MAX_SPAN_DAYS = 731;

/** The name of the quarter of an instant. */
export function quarterOf(instant: number): string {
  const day = dayOf(instant);
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The period of the same kind just before; of a span, the same number of days. */
export function previousPeriod(current: Period): Period {
  const before = dayOf(current.from - 1);
  switch (current.kind) {
    case 'day':
      return dayPeriod(before);
    case 'week':
      return weekPeriod(before);
    case 'month':
      return monthPeriod(before);
    case 'quarter':
      return quarterPeriod(quarterOf(current.from - 1));
    case 'span': {
      const days = Math.round((current.to - current.from) / 86_400_000);
      return spanPeriod(addDays(before, 1 - days), before);
    }
  }
}

/** Refuses a period that has not begun: nothing can be said of it (`PERIOD_IN_FUTURE`, 422). */
export function requireBegun(wanted: Period, now: number): Period {
  if (wanted.from > now)
    throw new DomainError('PERIOD_IN_FUTURE', 422, 'the period has not begun', { period: wanted.name });
  return wanted;
}

function firstOfMonth(year: number, month: number): CivilDay {
  const index = year * 12 + month - 1;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}
