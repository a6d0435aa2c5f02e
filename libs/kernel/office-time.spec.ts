import { expect, test } from '@jest/globals';
import { parseOfficeInstant } from './office-time.js';

test.each([
  ['2026-06-03 13:30', '2026-06-03T05:30:00Z'],
  ['2026-06-03T05:30:00Z', '2026-06-03T05:30:00Z'],
  ['2026-06-03T05:30:00.250+08:00', '2026-06-02T21:30:00.250Z'],
  ['2026/6/3 13:30:05', '2026-06-03T05:30:05Z'],
  ['2026年6月3日 13时30分', '2026-06-03T05:30:00Z'],
  ['2026年6月3日13:30', '2026-06-03T05:30:00Z'],
  ['2026-06-03', '2026-06-02T16:00:00Z'],
  ['2026-06-03T13:30-0500', '2026-06-03T18:30:00Z'],
])('%s is %s: a time without zone is read as +08:00', (written, instant) => {
  expect(parseOfficeInstant(written)).toBe(Date.parse(instant));
});

test.each(['', '昨天', '2026-02-30', '2026-06-03 25:00', '03/06/2026', '2026-06-03 13:30 CST'])(
  '%s is no time',
  (written) => {
    expect(parseOfficeInstant(written)).toBeUndefined();
  },
);
