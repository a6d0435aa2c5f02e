import { expect, test } from '@jest/globals';
import { at, clocksAt, graded, incident } from '../../../test/support/clock-histories.js';
import { whatChanges } from './what-changes.js';

const before = () => [graded('2026-11-20 14:15', 'III')];
const stamps = { occurred: '2026-11-20 14:05', detected: '2026-11-20 14:12' };

test('before an upgrade one sees which clocks start, which rest, and what would be over already', () => {
  const now = clocksAt('2026-11-20 18:00', incident(stamps, before()));
  const then = clocksAt('2026-11-20 18:00', incident(stamps, [...before(), graded('2026-11-20 18:00', 'II')]));
  const changed = whatChanges(now, then).filter(({ ring }) => ring === 'public');
  expect(changed.map(({ act, force, before: was, after }) => [act, force, was?.state ?? null, after?.state])).toEqual([
    ['firstRelease', 'target', null, 'overdueAtUpgrade'],
    ['firstRelease', 'limit', null, 'armed'],
    ['pressConference', 'limit', null, 'armed'],
    ['publicResponse', 'limit', 'armed', 'superseded'],
  ]);
  expect(changed[1]).toMatchObject({ label: '最迟5小时发布权威信息', after: { dueAt: at('2026-11-20 19:05') } });
});

test('nothing that stays as it is is listed', () => {
  const now = clocksAt('2026-11-20 18:00', incident(stamps, before()));
  expect(whatChanges(now, now)).toEqual([]);
});
