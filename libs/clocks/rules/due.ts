import type { CivilDay, WorkingCalendar } from '#kernel/calendar.js';
import { dayOf, endOfDay } from '#kernel/civil-day.js';
import type { ComputationStep } from '../contract.js';
import type { Amount, ClockRule } from '../policy/contract.js';
import { type CountedDay, countNaturalDays, countWorkdays } from './count-days.js';
import { addWorkMinutes, type OfficeSpan } from './work-minutes.js';

const MILLISECONDS: Partial<Record<Amount['unit'], number>> = {
  millisecond: 1,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

export interface Counting {
  calendar: WorkingCalendar;
  officeHours: readonly OfficeSpan[];
}

export interface CountedDue {
  at: number;
  calendarIncomplete: boolean;
  steps: ComputationStep[];
}

type Term = Amount & Pick<ClockRule, 'dayRule' | 'lastDayRule'>;

/**
 * The instant at which a term that starts at `start` (epoch milliseconds) ends. Hours run in natural time without rounding;
 * days end at 24:00 +08:00 of the last day (domain 3.7). Throws RangeError for units that no single term has (month, quarter, year).
 */
export function countDue(counting: Counting, term: Term, start: number): CountedDue {
  const { amount, unit } = term;
  if (unit === 'workday' || (unit === 'day' && term.dayRule === 'exclude-first-day')) {
    const from = dayOf(start);
    const { day, rawDay, calendarIncomplete } = countDays(counting.calendar, term, from);
    const steps: ComputationStep[] = [{ step: 'counted', from, to: rawDay, amount, unit }];
    if (rawDay !== day) steps.push({ step: 'rolled', from: rawDay, to: day });
    return { at: endOfDay(day), calendarIncomplete, steps };
  }
  if (unit === 'workminute') {
    const end = addWorkMinutes(counting.calendar, counting.officeHours, start, amount);
    return { ...end, steps: [{ step: 'counted', from: dayOf(start), to: dayOf(end.at), amount, unit }] };
  }
  const milliseconds = MILLISECONDS[unit];
  if (milliseconds === undefined) throw new RangeError(`a term in ${unit} has no due of its own`);
  return { at: start + amount * milliseconds, calendarIncomplete: false, steps: [] };
}

function countDays(calendar: WorkingCalendar, term: Term, from: CivilDay): CountedDay & { rawDay: CivilDay } {
  if (term.unit === 'day') return countNaturalDays(calendar, from, term.amount, term.lastDayRule);
  const counted = countWorkdays(calendar, from, term.amount);
  return { ...counted, rawDay: counted.day };
}

/** A due moved by an extension: working days go on from the day of the due, which ends at 24:00; hours are added. */
export function extendDue(counting: Counting, dueAt: number, by: Amount): CountedDue {
  // A due at 24:00 belongs to the day that ends there.
  if (by.unit === 'workday' || by.unit === 'day')
    return countDue(counting, { ...by, dayRule: 'exclude-first-day', lastDayRule: 'none' }, dueAt - 1);
  return countDue(counting, { ...by, dayRule: 'from-instant', lastDayRule: 'none' }, dueAt);
}
