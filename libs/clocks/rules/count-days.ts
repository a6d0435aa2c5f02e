import type { CivilDay, WorkingCalendar } from '#kernel/calendar.js';
import { addDays, yearOf } from '#kernel/civil-day.js';

/** The last day of a period, and whether a day was counted in a year that has no notice yet. */
export interface CountedDay {
  day: CivilDay;
  calendarIncomplete: boolean;
}

/** More days off in a row than any notice has ever named; a calendar without working days is a programming error. */
const LONGEST_REST_DAYS = 60;

function stepToWorkday(calendar: WorkingCalendar, from: CivilDay, direction: 1 | -1): CountedDay {
  let day = from;
  let calendarIncomplete = false;
  for (let step = 0; step < LONGEST_REST_DAYS; step += 1) {
    day = addDays(day, direction);
    calendarIncomplete ||= !calendar.isCovered(yearOf(day));
    if (calendar.isWorkday(day)) return { day, calendarIncomplete };
  }
  throw new RangeError(`no working day near ${from}`);
}

/** The first working day after a day (a red card's day: the first working day after the due). */
export const nextWorkday = (calendar: WorkingCalendar, day: CivilDay): CountedDay => stepToWorkday(calendar, day, 1);

/** The last working day before a day (a yellow card's day). */
export const previousWorkday = (calendar: WorkingCalendar, day: CivilDay): CountedDay =>
  stepToWorkday(calendar, day, -1);

/** Day `count` of a period of working days; the start day is never counted (NT19 Art.35(三) 次日起, Civil Code Art.201). */
export function countWorkdays(calendar: WorkingCalendar, start: CivilDay, count: number): CountedDay {
  let counted: CountedDay = { day: start, calendarIncomplete: false };
  for (let n = 0; n < count; n += 1) {
    const next = nextWorkday(calendar, counted.day);
    counted = { day: next.day, calendarIncomplete: counted.calendarIncomplete || next.calendarIncomplete };
  }
  return counted;
}

export type LastDayRule = 'none' | 'roll-to-next-workday';

/** Day `count` of a period of natural days; a last day of rest moves to the next working day if the rule says so (Civil Code Art.203). */
export function countNaturalDays(
  calendar: WorkingCalendar,
  start: CivilDay,
  count: number,
  lastDayRule: LastDayRule,
): CountedDay & { rawDay: CivilDay } {
  const rawDay = addDays(start, count);
  const rawIncomplete = !calendar.isCovered(yearOf(rawDay));
  if (lastDayRule === 'none' || calendar.isWorkday(rawDay))
    return { rawDay, day: rawDay, calendarIncomplete: rawIncomplete };
  const rolled = nextWorkday(calendar, rawDay);
  return { rawDay, day: rolled.day, calendarIncomplete: rawIncomplete || rolled.calendarIncomplete };
}
