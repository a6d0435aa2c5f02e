import type { CivilDay, WorkingCalendar } from '#kernel/calendar.js';
import { type CountedDay, countWorkdays, nextWorkday, previousWorkday } from './count-days.js';

export interface HotlineTerms {
  start: CivilDay;
  limitWorkdays: number;
  returnWorkdays: number;
  extensionWorkdays: number;
}

/** The dates of one hotline order. Each says for itself whether it leans on a year without a notice. */
export interface HotlineDates {
  due: CountedDay;
  returnLimit: CountedDay;
  /** The working day before the due: yellow card. */
  yellow: CountedDay;
  /** The first working day after the due: red card. */
  red: CountedDay;
  /** The due with the longest extension. */
  maxExtended: CountedDay;
}

/** Dates of a hotline order in working days (Shandong hotline rules 2017 and 2020: return limit, cards, extension). */
export function hotlineDates(calendar: WorkingCalendar, terms: HotlineTerms): HotlineDates {
  const due = countWorkdays(calendar, terms.start, terms.limitWorkdays);
  return {
    due,
    returnLimit: countWorkdays(calendar, terms.start, terms.returnWorkdays),
    yellow: onTop(due, previousWorkday(calendar, due.day)),
    red: onTop(due, nextWorkday(calendar, due.day)),
    maxExtended: onTop(due, countWorkdays(calendar, due.day, terms.extensionWorkdays)),
  };
}

const onTop = (base: CountedDay, counted: CountedDay): CountedDay => ({
  day: counted.day,
  calendarIncomplete: base.calendarIncomplete || counted.calendarIncomplete,
});
