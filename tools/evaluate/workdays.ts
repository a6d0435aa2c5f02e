import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkingCalendar } from '#kernel/calendar.js';
import { dayOf, endOfDay, weekdayOf } from '#kernel/civil-day.js';
import { officeIso } from '#kernel/time.js';
import { countNaturalDays, countWorkdays, type LastDayRule } from '#clocks/rules/count-days.js';
import { hotlineDates } from '#clocks/rules/hotline-dates.js';
import { addWorkMinutes, parseMinuteOfDay } from '#clocks/rules/work-minutes.js';
import { loadCalendar } from '#directory/calendar.js';
import { type CheckedCase, type Evaluation, readJsonLines, reportCases } from './frame.js';

interface Row {
  id: string;
  kind: 'deadline' | 'minimum' | 'hotline';
  start: string;
  amount: number;
  unit: 'workday' | 'day' | 'workminute';
  lastDayRule: LastDayRule;
  officeHours?: [string, string][];
  returnLimit?: number;
  extension?: number;
  expected: Record<string, unknown>;
  strict: boolean;
}

/** The configuration beside the compiled tool: dist/tools/evaluate → config. */
export const CONFIG_DIR =
  process.env.HUIYING_CONFIG_DIR ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../config');

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const weekday = (day: string) => WEEKDAYS[weekdayOf(day) - 1];
const iso = (instant: number) => officeIso(new Date(instant));

function answer(calendar: WorkingCalendar, row: Row): Record<string, unknown> {
  if (row.kind === 'hotline') return hotline(calendar, row);
  if (row.unit === 'workminute') {
    const spans = (row.officeHours ?? []).map(([from, to]) => ({
      fromMinute: parseMinuteOfDay(from)!,
      toMinute: parseMinuteOfDay(to)!,
    }));
    const due = addWorkMinutes(calendar, spans, Date.parse(row.start), row.amount);
    return { dueAt: iso(due.at), weekday: weekday(dayOf(due.at)), calendarIncomplete: due.calendarIncomplete };
  }
  const counted =
    row.unit === 'day'
      ? countNaturalDays(calendar, row.start, row.amount, row.lastDayRule)
      : { rawDay: undefined, ...countWorkdays(calendar, row.start, row.amount) };
  const common = { weekday: weekday(counted.day), calendarIncomplete: counted.calendarIncomplete };
  if (row.kind === 'minimum') return { earliestClosingDate: counted.day, ...common };
  return {
    ...(counted.rawDay === undefined ? {} : { rawDate: counted.rawDay }),
    dueDate: counted.day,
    dueAt: iso(endOfDay(counted.day)),
    ...common,
    ...(row.extension === undefined
      ? {}
      : { maxExtendedDate: countWorkdays(calendar, counted.day, row.extension).day }),
  };
}

function hotline(calendar: WorkingCalendar, row: Row): Record<string, unknown> {
  const dates = hotlineDates(calendar, {
    start: row.start,
    limitWorkdays: row.amount,
    returnWorkdays: row.returnLimit ?? 0,
    extensionWorkdays: row.extension ?? 0,
  });
  const named = {
    dueDate: dates.due,
    returnLimitDate: dates.returnLimit,
    yellowDate: dates.yellow,
    redDate: dates.red,
    maxExtendedDate: dates.maxExtended,
  };
  const uncertain = Object.entries(named)
    .filter(([, date]) => date.calendarIncomplete)
    .map(([name]) => name);
  return {
    ...Object.fromEntries(Object.entries(named).map(([name, date]) => [name, date.day])),
    calendarIncomplete: uncertain.length > 0,
    ...(uncertain.length > 0 ? { calendarIncompleteFields: uncertain } : {}),
  };
}

/** Instants are compared as instants, everything else as it is written. */
const sameValue = (key: string, expected: unknown, actual: unknown): boolean =>
  key === 'dueAt'
    ? Date.parse(String(expected)) === Date.parse(String(actual))
    : JSON.stringify(expected) === JSON.stringify(actual);

/** Day counting against labelled rows: every expected key must be answered exactly (dates and instants of +08:00). */
export const evaluate: Evaluation = async (file) => {
  const calendar = loadCalendar(CONFIG_DIR);
  const cases = readJsonLines<Row>(file).map((row): CheckedCase => {
    const actual = answer(calendar, row);
    const ok = Object.entries(row.expected).every(([key, value]) => sameValue(key, value, actual[key]));
    return { id: row.id, strict: row.strict, ok, expected: row.expected, actual };
  });
  return reportCases('workdays', file, cases);
};
