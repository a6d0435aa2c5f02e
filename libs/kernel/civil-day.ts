import type { CivilDay } from './calendar.js';
import { officeDate, officeMidnight } from './time.js';

const DAY_MS = 86_400_000;
const asUtc = (day: CivilDay): number => Date.parse(`${day}T00:00:00Z`);

/** The day `count` days after (or, negative, before) a civil day. */
export const addDays = (day: CivilDay, count: number): CivilDay =>
  new Date(asUtc(day) + count * DAY_MS).toISOString().slice(0, 10);

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: CivilDay): number => new Date(asUtc(day)).getUTCDay() || 7;

export const yearOf = (day: CivilDay): number => Number(day.slice(0, 4));

/** The civil day in Asia/Shanghai of an instant (epoch milliseconds). */
export const dayOf = (instant: number): CivilDay => officeDate(new Date(instant));

/** 00:00 +08:00 of a day, epoch milliseconds. */
export const startOfDay = (day: CivilDay): number => officeMidnight(day).getTime();

/** 24:00 +08:00 of a day, epoch milliseconds: the instant at which a period of days ends (domain 3.7.2). */
export const endOfDay = (day: CivilDay): number => startOfDay(addDays(day, 1));

/** True for an existing date in the form `YYYY-MM-DD`. */
export function isCivilDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = asUtc(text);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(text);
}
