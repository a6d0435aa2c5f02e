import { expect, test } from '@jest/globals';
import {
  clocksAt,
  dispatched,
  entry,
  graded,
  heat,
  incident,
  innerLines,
  lines,
  publicLines,
} from '../../../test/support/clock-histories.js';

const BLAST = { occurred: '2026-11-20 14:05', detected: '2026-11-20 14:12' };
const FAST_DUES = {
  'firstRelease.target': '11-20 17:05 armed',
  'firstRelease.limit': '11-20 19:05 armed',
  'pressConference.limit': '11-21 14:05 armed',
};

test('S-01: five dead are III, so only the 48 hours run, over the Sunday; inner clocks are those of heat III', () => {
  const history = incident(BLAST, [
    heat('2026-11-20 14:12', 'III'),
    graded('2026-11-20 14:12', 'III'),
    dispatched('2026-11-20 14:20'),
  ]);
  expect(lines(clocksAt('2026-11-20 14:30', history))).toEqual({
    'publicResponse.limit': '11-22 14:12 armed',
    'firstReport.heat3': '11-20 16:12 armed',
    'signFor.heat3#EMER': '11-20 15:20 armed',
    'verificationFeedback.heat3#EMER': '11-21 14:20 armed',
    'handlingFeedback.heat3#EMER': '11-25 00:00 armed',
  });
});

test('S-01b: a city may start the fast clocks at III', () => {
  const history = incident(BLAST, [graded('2026-11-20 14:12', 'III')]);
  expect(publicLines(clocksAt('2026-11-20 14:30', history, 'nantong', { fastFrom: 'III' }))).toEqual(FAST_DUES);
});

test('S-02, S-03: potential II starts the fast clocks provisionally, confirmed II without the mark', () => {
  const of = (basis: 'potential' | 'confirmed') =>
    incident(BLAST, [graded('2026-11-20 14:12', 'II', basis), dispatched('2026-11-20 14:20')]);
  const potential = clocksAt('2026-11-20 14:30', of('potential'));
  expect(publicLines(potential)).toEqual(FAST_DUES);
  expect(innerLines(potential)).toEqual({
    'firstReport.fast': '11-20 14:42 armed',
    'signFor.fast#EMER': '11-20 14:35 armed',
    'verificationFeedback.fast#EMER': '11-20 15:50 armed',
    'handlingFeedback.fast#EMER': '11-21 14:20 armed',
  });
  expect(potential.provisional).toBe(true);
  expect(potential.clocks.filter((clock) => clock.ring === 'public').every((clock) => clock.provisional)).toBe(true);
  expect(clocksAt('2026-11-20 14:30', of('confirmed')).provisional).toBe(false);
});

test('S-05, S-05b: a confirmed figure takes the mark away and moves no due', () => {
  const history = incident({ occurred: '2023-01-15 13:25', detected: '2023-01-15 13:40' }, [
    graded('2023-01-15 13:40', 'II', 'potential'),
    graded('2023-01-15 15:30', 'II'),
  ]);
  const before = clocksAt('2023-01-15 15:00', history);
  const after = clocksAt('2023-01-15 16:00', history);
  expect(publicLines(after)).toMatchObject({
    'firstRelease.target': '01-15 16:25 dueSoon',
    'firstRelease.limit': '01-15 18:25 armed',
    'pressConference.limit': '01-16 13:25 armed',
  });
  expect([before.provisional, after.provisional]).toEqual([true, false]);
});

test('S-06: an upgrade after everything is over leaves no neglect but a make-up release; the overdue 48 hours stand', () => {
  const history = incident({ occurred: '2023-05-01 08:36', detected: '2023-05-01 09:00' }, [
    graded('2023-05-01 09:00', 'III'),
    graded('2023-05-03 20:00', 'II', 'potential'),
  ]);
  expect(publicLines(clocksAt('2023-05-02 12:00', history))).toEqual({ 'publicResponse.limit': '05-03 09:00 armed' });
  expect(publicLines(clocksAt('2023-05-03 20:30', history))).toEqual({
    'publicResponse.limit': '05-03 09:00 overdue 05-03 09:00',
    'firstRelease.target': '05-01 11:36 overdueAtUpgrade 05-03 20:00',
    'firstRelease.limit': '05-01 13:36 overdueAtUpgrade 05-03 20:00',
    'pressConference.limit': '05-02 08:36 overdueAtUpgrade 05-03 20:00',
    'makeupRelease.limit': '05-03 21:00 armed',
  });
});

test.each([
  ['S-07 leak into a river', 'II', true],
  ['S-08 plant fire', 'III', false],
  ['S-09 occupational poisoning', 'II', true],
  ['S-10 armed fight', 'II', true],
  ['S-10b crowd without casualties', 'none', false],
  ['S-11 120 ill', 'III', false],
  ['S-11 120 ill and one death', 'II', true],
] as const)('%s: grade %s decides between fast clocks and 48 hours', (_, grade, fast) => {
  const history = incident({ occurred: '2026-11-10 08:00', detected: '2026-11-10 08:30' }, [
    graded('2026-11-10 08:40', grade),
  ]);
  const expected = {
    'firstRelease.target': '11-10 11:00 armed',
    'firstRelease.limit': '11-10 13:00 armed',
    'pressConference.limit': '11-11 08:00 armed',
  };
  expect(publicLines(clocksAt('2026-11-10 09:00', history))).toEqual(
    fast ? expected : { 'publicResponse.limit': '11-12 08:30 armed' },
  );
});

test('S-12: nothing moves for New Year’s Eve', () => {
  const history = incident({ occurred: '2026-02-16 23:40', detected: '2026-02-16 23:50' }, [
    graded('2026-02-16 23:55', 'II'),
  ]);
  expect(publicLines(clocksAt('2026-02-17 00:30', history))).toEqual({
    'firstRelease.target': '02-17 02:40 armed',
    'firstRelease.limit': '02-17 04:40 armed',
    'pressConference.limit': '02-17 23:40 armed',
  });
});

test('S-13: an upgrade counts from the original start; what is still ahead runs on', () => {
  const history = incident({ occurred: '2026-09-24 20:00', detected: '2026-09-24 20:00' }, [
    graded('2026-09-24 20:00', 'none'),
    graded('2026-09-25 02:30', 'II'),
  ]);
  expect(publicLines(clocksAt('2026-09-25 02:40', history))).toEqual({
    'publicResponse.limit': '09-26 20:00 superseded 09-25 02:30',
    'firstRelease.target': '09-24 23:00 overdueAtUpgrade 09-25 02:30',
    'firstRelease.limit': '09-25 01:00 overdueAtUpgrade 09-25 02:30',
    'pressConference.limit': '09-25 20:00 armed',
    'makeupRelease.limit': '09-25 03:30 armed',
  });
});

test('S-14: Yiwu has no 3-hour target, and the leap day is a day', () => {
  const history = incident({ occurred: '2024-02-28 22:15', detected: '2024-02-28 22:20' }, [
    graded('2024-02-28 22:25', 'II'),
  ]);
  expect(publicLines(clocksAt('2024-02-28 23:00', history, 'yiwu'))).toEqual({
    'firstRelease.limit': '02-29 03:15 armed',
    'pressConference.limit': '02-29 22:15 armed',
  });
});

test('S-15, S-16: opinion without a grade has 48 hours from its detection', () => {
  const video = incident({ detected: '2026-11-23 09:10' }, [graded('2026-11-23 09:20', 'none')]);
  expect(publicLines(clocksAt('2026-11-23 12:00', video, 'heze'))).toEqual({
    'publicResponse.limit': '11-25 09:10 armed',
  });
  const rumour = incident({ detected: '2026-11-20 21:00' }, [
    graded('2026-11-20 21:05', 'none'),
    entry('2026-11-20 21:50', {
      type: 'evidenceFiled',
      evidence: { evidenceId: 'denial', kind: 'weibo', effectiveAt: null },
    }),
  ]);
  const computed = clocksAt('2026-11-20 23:00', rumour);
  expect(publicLines(computed)).toEqual({ 'publicResponse.limit': '11-22 21:00 met 11-20 21:50' });
  expect(computed.figures.assessmentSeconds).toBe(50 * 60);
});

test('S-17: what was never confirmed as an incident starts no clock', () => {
  const computed = clocksAt('2026-11-20 12:00', incident({ detected: '2026-11-20 10:00' }, []));
  expect([computed.opened, computed.clocks]).toEqual([false, []]);
});

test('S-18: of two merged incidents the earliest start and the strictest grade win; the children’s clocks rest', () => {
  const p = incident(
    { occurred: '2026-11-20 08:00', detected: '2026-11-20 08:00' },
    [graded('2026-11-20 08:00', 'none')],
    'P',
  );
  const q = incident(
    { occurred: '2026-11-20 09:30', detected: '2026-11-20 09:35' },
    [graded('2026-11-20 09:35', 'II')],
    'Q',
  );
  const merged = incident({}, [entry('2026-11-20 10:00', { type: 'merged', from: [p, q] })], 'M');
  const rests = (child: typeof p) => ({
    ...child,
    entries: [...child.entries, entry('2026-11-20 10:00', { type: 'mergedInto', into: 'M', history: merged })],
  });
  expect(publicLines(clocksAt('2026-11-20 10:05', merged))).toEqual({
    'firstRelease.target': '11-20 11:00 armed',
    'firstRelease.limit': '11-20 13:00 armed',
    'pressConference.limit': '11-21 08:00 armed',
  });
  expect(publicLines(clocksAt('2026-11-20 10:30', rests(p)))).toEqual({
    'publicResponse.limit': '11-22 08:00 superseded 11-20 10:00',
  });
  expect(publicLines(clocksAt('2026-11-20 10:30', rests(q)))['firstRelease.limit']).toBe(
    '11-20 14:30 superseded 11-20 10:00',
  );
});

test('S-19: a downgrade cancels what is open, keeps the missed target, and starts 48 hours from the original detection', () => {
  const history = incident(BLAST, [graded('2026-11-20 14:12', 'II', 'potential'), graded('2026-11-20 18:00', 'III')]);
  const computed = clocksAt('2026-11-20 19:30', history);
  expect(publicLines(computed)).toEqual({
    'firstRelease.target': '11-20 17:05 overdue 11-20 17:05',
    'firstRelease.limit': '11-20 19:05 cancelled 11-20 18:00',
    'pressConference.limit': '11-21 14:05 cancelled 11-20 18:00',
    'publicResponse.limit': '11-22 14:12 armed',
  });
  expect(computed.clocks.find((clock) => clock.id === 'firstRelease.limit')?.reason).toBe('regrade');
});
