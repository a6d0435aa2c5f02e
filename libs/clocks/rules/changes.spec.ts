import { expect, test } from '@jest/globals';
import {
  at,
  clocksAt,
  entry,
  filed,
  graded,
  incident,
  publicLines,
  released,
} from '../../../test/support/clock-histories.js';
import type { HistoryEntry } from '../contract.js';

const STAMPS = { occurred: '2026-06-03 09:00', detected: '2026-06-03 09:20' };
const fast = (...timeline: HistoryEntry[]) => incident(STAMPS, [graded('2026-06-03 09:30', 'II'), ...timeline]);

test('an upgrade asks for a make-up release only where none existed; one in time has met its limit', () => {
  const upgraded = (...timeline: HistoryEntry[]) =>
    incident(STAMPS, [graded('2026-06-03 09:30', 'none'), graded('2026-06-03 16:00', 'II'), ...timeline]);
  const missed = publicLines(clocksAt('2026-06-03 18:00', upgraded()));
  expect(missed).toMatchObject({
    'firstRelease.limit': '06-03 14:00 overdueAtUpgrade 06-03 16:00',
    'makeupRelease.limit': '06-03 17:00 overdue 06-03 17:00',
  });
  const made = publicLines(clocksAt('2026-06-03 18:00', upgraded(released('2026-06-03 16:45'))));
  expect(made).toMatchObject({
    'firstRelease.limit': '06-03 14:00 overdueAtUpgrade 06-03 16:00',
    'makeupRelease.limit': '06-03 17:00 met 06-03 16:45',
  });
  const before = publicLines(clocksAt('2026-06-03 18:00', upgraded(released('2026-06-03 11:00'))));
  expect(before).toEqual({
    'publicResponse.limit': '06-05 09:20 met 06-03 11:00',
    'firstRelease.target': '06-03 12:00 met 06-03 11:00',
    'firstRelease.limit': '06-03 14:00 met 06-03 11:00',
    'pressConference.limit': '06-04 09:00 armed',
  });
});

test('a late death re-grades inside its window only, and creates no breach for the past', () => {
  const update = (when: string, eventType: string) => entry(when, { type: 'casualtyUpdated', eventType, deaths: 10 });
  const base = [graded('2026-06-03 09:30', 'III'), released('2026-06-04 08:00')];
  const road = clocksAt('2026-06-13 09:00', incident(STAMPS, [...base, update('2026-06-12 10:00', 'traffic_road')]));
  expect(road.flags).toMatchObject([{ code: 'casualtyOutsideWindow' }]);
  expect(publicLines(road)).toEqual({ 'publicResponse.limit': '06-05 09:20 met 06-04 08:00' });
  const plant = incident(STAMPS, [...base, update('2026-06-24 09:00', 'production'), graded('2026-06-24 09:00', 'II')]);
  expect(publicLines(clocksAt('2026-06-24 09:40', plant))).toMatchObject({
    'firstRelease.limit': '06-03 14:00 overdueAtUpgrade 06-24 09:00',
    'makeupRelease.limit': '06-24 10:00 armed',
  });
});

test('a corrected stamp moves open dues, a breach stands, a future time is refused', () => {
  const correct = (when: string, value: string) =>
    entry(when, { type: 'stampCorrected', stamp: 'eventOccurredAt', value: at(value), source: 'notice' });
  const history = fast(
    correct('2026-06-03 13:00', '2026-06-03 11:00'),
    correct('2026-06-03 13:10', '2026-06-03 13:11'),
  );
  const computed = clocksAt('2026-06-03 13:30', history);
  expect(publicLines(computed)).toEqual({
    'firstRelease.target': '06-03 12:00 overdue 06-03 12:00',
    'firstRelease.limit': '06-03 16:00 armed',
    'pressConference.limit': '06-04 11:00 armed',
  });
  expect(computed.refusals).toMatchObject([{ action: 'correctStamp', reason: 'timeInFuture' }]);
});

test('an un-merge gives the children their own dues back; one release meanwhile counts for all', () => {
  const child = (id: string, detected: string) => incident({ detected }, [graded(`${detected}:30`, 'none')], id);
  const p = child('P', '2026-06-03 07:50');
  const q = child('Q', '2026-06-03 09:20');
  const whole = incident(
    {},
    [entry('2026-06-03 10:00', { type: 'merged', from: [p, q] }), released('2026-06-03 13:00')],
    'M',
  );
  const timeline = [
    entry('2026-06-03 10:00', { type: 'mergedInto', into: 'M', history: whole }),
    entry('2026-06-03 14:00', { type: 'unmerged', with: ['M'] }),
  ];
  const back = (history: typeof p) =>
    publicLines(clocksAt('2026-06-03 15:00', { ...history, entries: [...history.entries, ...timeline] }));
  expect(publicLines(clocksAt('2026-06-03 13:30', whole))).toEqual({
    'publicResponse.limit': '06-05 07:50 met 06-03 13:00',
  });
  expect([back(p), back(q)]).toEqual([
    { 'publicResponse.limit': '06-05 07:50 met 06-03 13:00' },
    { 'publicResponse.limit': '06-05 09:20 met 06-03 13:00' },
  ]);
});

test('an instruction has a clock of its own; a hand-over lists what is open; a refused incident rests until it is reopened', () => {
  const instruction = entry('2026-06-03 16:00', { type: 'instructed', dueAt: at('2026-06-04 18:00') });
  const computed = clocksAt(
    '2026-06-03 20:30',
    fast(
      released('2026-06-03 11:50'),
      instruction,
      filed('2026-06-03 10:00', 'dutyOfficeReceipt'),
      entry('2026-06-03 20:00', { type: 'handedOver', signedBy: 'night shift' }),
    ),
  );
  expect(computed.clocks.find((clock) => clock.act === 'instruction')).toMatchObject({
    dueAt: at('2026-06-04 18:00'),
    state: 'armed',
  });
  expect(computed.handovers[0]!.openClocks.map((clock) => clock.act)).toEqual(['pressConference', 'instruction']);
  const closed = [
    entry('2026-06-03 10:00', { type: 'closed', how: 'rejected' }),
    entry('2026-06-03 13:00', { type: 'reopened' }),
  ];
  expect(publicLines(clocksAt('2026-06-03 10:30', fast(...closed)))['firstRelease.limit']).toBe(
    '06-03 14:00 cancelled 06-03 10:00',
  );
  expect(publicLines(clocksAt('2026-06-03 13:30', fast(...closed)))).toMatchObject({
    'firstRelease.target': '06-03 12:00 overdueAtUpgrade 06-03 13:00',
    'firstRelease.limit': '06-03 14:00 dueSoon',
  });
});

test('a merge excuses no breach that a child already had; what only the merge makes due is no neglect', () => {
  const p = incident(
    { occurred: '2026-06-03 08:00', detected: '2026-06-03 08:10' },
    [graded('2026-06-03 08:20', 'II')],
    'P',
  );
  const q = incident(
    { occurred: '2026-06-03 07:00', detected: '2026-06-03 09:10' },
    [graded('2026-06-03 09:20', 'none')],
    'Q',
  );
  const merge = (when: string, ...from: (typeof p)[]) => incident({}, [entry(when, { type: 'merged', from })], 'M');
  // P alone was fast and had missed its target at 11:00.
  expect(publicLines(clocksAt('2026-06-03 12:00', merge('2026-06-03 11:30', p)))['firstRelease.target']).toBe(
    '06-03 11:00 overdue 06-03 11:00',
  );
  // With Q the start moves to 07:00, which nobody could have known: no neglect, and a make-up release where the limit passed.
  expect(publicLines(clocksAt('2026-06-03 12:30', merge('2026-06-03 12:10', p, q)))).toMatchObject({
    'firstRelease.target': '06-03 10:00 overdueAtUpgrade 06-03 12:10',
    'firstRelease.limit': '06-03 12:00 overdueAtUpgrade 06-03 12:10',
    'makeupRelease.limit': '06-03 13:10 armed',
  });
});
