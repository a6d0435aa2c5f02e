import { expect, test } from '@jest/globals';
import { doubtOfStamp, latestSnooze } from './time-bounds.js';

const detected = new Date('2026-11-20T14:12:00+08:00');
const at = (text: string) => new Date(`${text}+08:00`);

test.each([
  ['2026-10-21T14:12:00', false, undefined],
  ['2026-10-21T14:11:59', false, 'STAMP_FAR_PAST'],
  ['2026-10-21T14:11:59', true, undefined],
  ['2025-11-20T14:05:00', false, 'STAMP_FAR_PAST'],
  ['1926-11-20T14:05:00', true, 'STAMP_TOO_OLD'],
  ['2026-11-20T15:00:00', false, undefined],
])('a stamp of %s, confirmed twice: %s → %s', (value, meant, doubt) => {
  expect(doubtOfStamp(at(value), detected, meant)).toBe(doubt);
});

test('a proposal comes back after thirty days at the latest', () => {
  expect(latestSnooze(detected)).toEqual(at('2026-12-20T14:12:00'));
});
