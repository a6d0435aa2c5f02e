import { expect, test } from '@jest/globals';
import { calendar } from '../../../test/support/clock-histories.js';
import { countNaturalDays, countWorkdays } from './count-days.js';
import { hotlineDates } from './hotline-dates.js';
import { addWorkMinutes } from './work-minutes.js';

test.each([
  ['W-01', '2026-09-30', 3, '2026-10-10'],
  ['W-02', '2026-02-12', 7, '2026-02-28'],
  ['W-03', '2026-09-18', 1, '2026-09-20'],
  ['W-04 earliest closing of a minimum period', '2026-04-30', 5, '2026-05-11'],
  ['W-05', '2026-05-08', 3, '2026-05-12'],
  ['W-09 first', '2026-09-21', 15, '2026-10-19'],
  ['W-09 extension', '2026-10-19', 7, '2026-10-28'],
  ['W-10', '2026-01-30', 7, '2026-02-10'],
  ['W-11', '2018-09-28', 2, '2018-09-30'],
  ['W-12', '2021-09-29', 3, '2021-10-09'],
])('%s: %s + %i working days = %s', (_, start, count, due) => {
  expect(countWorkdays(calendar, start, count)).toEqual({ day: due, calendarIncomplete: false });
});

test('W-06, W-07: natural days roll to the next working day where the rule says so', () => {
  expect(countNaturalDays(calendar, '2026-01-28', 20, 'roll-to-next-workday')).toEqual({
    rawDay: '2026-02-17',
    day: '2026-02-24',
    calendarIncomplete: false,
  });
  expect(countNaturalDays(calendar, '2026-01-28', 20, 'none').day).toBe('2026-02-17');
  expect(countNaturalDays(calendar, '2026-11-20', 20, 'roll-to-next-workday').day).toBe('2026-12-10');
  // A make-up Saturday is worked, so the period ends there.
  expect(countNaturalDays(calendar, '2024-09-22', 20, 'roll-to-next-workday').day).toBe('2024-10-12');
});

test('W-08: the dates of a hotline order', () => {
  const dates = hotlineDates(calendar, {
    start: '2026-06-15',
    limitWorkdays: 5,
    returnWorkdays: 2,
    extensionWorkdays: 10,
  });
  expect(Object.fromEntries(Object.entries(dates).map(([name, date]) => [name, date.day]))).toEqual({
    due: '2026-06-23',
    returnLimit: '2026-06-17',
    yellow: '2026-06-22',
    red: '2026-06-24',
    maxExtended: '2026-07-07',
  });
});

test('W-13: a year without a notice is counted by weekends and marked', () => {
  expect(countWorkdays(calendar, '2026-12-28', 5)).toEqual({ day: '2027-01-04', calendarIncomplete: true });
  const dates = hotlineDates(calendar, {
    start: '2026-12-14',
    limitWorkdays: 5,
    returnWorkdays: 2,
    extensionWorkdays: 10,
  });
  expect(
    Object.entries(dates)
      .filter(([, date]) => date.calendarIncomplete)
      .map(([name]) => name),
  ).toEqual(['maxExtended']);
});

const SPANS = [
  { fromMinute: 510, toMinute: 720 },
  { fromMinute: 840, toMinute: 1080 },
];
test.each([
  ['W-14 over a weekend', '2026-11-20T16:30', 240, '2026-11-23T11:00'],
  ['W-15 over a week of holidays', '2026-09-30T17:00', 120, '2026-10-08T09:30'],
  ['W-16 from a worked Saturday', '2026-10-10T15:00', 240, '2026-10-12T09:30'],
  ['over the noon break', '2026-11-16T11:45', 30, '2026-11-16T14:15'],
  ['that ends at closing time', '2026-11-13T14:00', 240, '2026-11-13T18:00'],
  ['that starts in the evening', '2026-11-16T19:30', 240, '2026-11-17T14:30'],
])('%s: %s + %i work minutes = %s', (_, start, minutes, due) => {
  expect(addWorkMinutes(calendar, SPANS, Date.parse(`${start}:00+08:00`), minutes)).toEqual({
    at: Date.parse(`${due}:00+08:00`),
    calendarIncomplete: false,
  });
});
