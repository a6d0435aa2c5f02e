import type { WorkingCalendar } from '#kernel/calendar.js';
import { dayOf, yearOf } from '#kernel/civil-day.js';

/** The State Council's notice of the next year usually comes in November (domain 3.7.5). */
const ALARM_FROM = '11-01';

/** The first year whose notice is missing and missed: the present one always, the next one from 1 November. */
export function missingNotice(calendar: WorkingCalendar, now: number): number | null {
  const today = dayOf(now);
  const year = yearOf(today);
  if (!calendar.isCovered(year)) return year;
  return today >= `${year}-${ALARM_FROM}` && !calendar.isCovered(year + 1) ? year + 1 : null;
}
