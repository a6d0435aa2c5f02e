import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError } from '#kernel/error.js';
import { loadCalendar } from './calendar.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'calendar-'));
  mkdirSync(path.join(folder, 'calendars'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = (year: string) => {
  writeFileSync(
    path.join(folder, 'calendars', 'cn.yaml'),
    `id: cn\nlabel: cn\nyears:\n  - { year: 2026, notice: 通知, flag: N, ${year} }\n`,
  );
  return loadCalendar(folder);
};

test('the shipped calendar covers 2018–2026 and nothing else', () => {
  const calendar = loadCalendar(path.resolve(import.meta.dirname, '../../config'));
  expect([2017, 2018, 2026, 2027].map((year) => calendar.isCovered(year))).toEqual([false, true, true, false]);
  // National Day, a worked Saturday, an ordinary Sunday, a December day of the following year's notice.
  expect(
    ['2026-10-01', '2026-10-10', '2026-11-22', '2018-12-29', '2022-12-31'].map((day) => calendar.isWorkday(day)),
  ).toEqual([false, true, false, true, false]);
});

test.each([
  [
    'a day off that is also worked',
    'holidays: { 元旦: 2026-01-01..2026-01-04 }, makeupWorkdays: [2026-01-04]',
    /years\[0\] \(2026\)\.makeupWorkdays\[0\]: 2026-01-04 is listed already/,
  ],
  [
    'holidays that overlap',
    'holidays: { 中秋节: 2026-09-25..2026-10-01, 国庆节: 2026-10-01 }, makeupWorkdays: []',
    /holidays\.国庆节: 2026-10-01 is listed already/,
  ],
  ['a make-up day that is a Monday', 'holidays: {}, makeupWorkdays: [2026-01-05]', /2026-01-05 is worked anyway/],
  [
    'a date that does not exist',
    'holidays: { 春节: 2026-02-30 }, makeupWorkdays: []',
    /holidays\.春节: 2026-02-30 is no day/,
  ],
  ['a day of another year', 'holidays: { 元旦: 2027-01-01 }, makeupWorkdays: []', /2027-01-01 is no day of 2026/],
  ['an unknown key', 'holidays: {}, makeupWorkdays: [], workdays: []', /workdays/],
])('%s is refused with file and path', (_, year, message) => {
  expect(() => load(year)).toThrow(ConfigError);
  expect(() => load(year)).toThrow(message);
  expect(() => load(year)).toThrow(/cn\.yaml/);
});
