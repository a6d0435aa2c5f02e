import { expect, test } from '@jest/globals';
import { at, calendar } from '../../../test/support/clock-histories.js';
import { missingNotice } from './calendar-alarm.js';

test.each([
  ['2026-10-31 23:59:59', null],
  ['2026-11-01 00:00:00', 2027],
  ['2026-12-31 12:00:00', 2027],
  ['2027-02-01 12:00:00', 2027],
  ['2025-11-15 12:00:00', null],
])('at %s the notice that is missed is that of %s', (when, year) => {
  expect(missingNotice(calendar, at(when))).toBe(year);
});

test('a loaded notice ends the alarm', () => {
  const loaded = { ...calendar, isCovered: (year: number) => year === 2027 || calendar.isCovered(year) };
  expect(missingNotice(loaded, at('2026-11-15 12:00'))).toBeNull();
});
