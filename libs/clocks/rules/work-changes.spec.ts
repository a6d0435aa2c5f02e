import { expect, test } from '@jest/globals';
import {
  at,
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
import type { HistoryEntry } from '../contract.js';

const STAMPS = { occurred: '2026-06-03 09:00', detected: '2026-06-03 09:20' };
const fast = (...timeline: HistoryEntry[]) => incident(STAMPS, [graded('2026-06-03 09:30', 'II'), ...timeline]);
/** Heat III, ordered to TRAN at 09:40. */
const ordered = (...timeline: HistoryEntry[]) =>
  incident(STAMPS, [
    heat('2026-06-03 09:30', 'III'),
    graded('2026-06-03 09:30', 'none'),
    dispatched('2026-06-03 09:40', 'TRAN'),
    ...timeline,
  ]);
const pause = (
  when: string,
  act: string,
  ground: string | null = 'citizenSupplement',
  approvedBy: string | null = 'shift leader',
) => entry(when, { type: 'pauseRequested', clock: { act }, ground, approvedBy });
const extend = (when: string, act: string, workdays = 2, approvedBy: string | null = 'shift leader') =>
  entry(when, {
    type: 'extensionRequested',
    clock: { act },
    extension: { amount: workdays, unit: 'workday' },
    ground: 'complex',
    approvedBy,
  });
const returned = (
  when: string,
  fields: Partial<{ body: string; code: string; legalBasis: string; proposedBody: string | null }> = {},
) =>
  entry(when, {
    type: 'returned',
    assignmentId: null,
    body: 'TRAN',
    code: 'R3',
    legalBasis: '三定规定',
    proposedBody: 'URB',
    ...fields,
  });

test('a public clock neither pauses nor extends', () => {
  const computed = clocksAt(
    '2026-06-03 11:00',
    fast(pause('2026-06-03 10:15', 'firstRelease'), extend('2026-06-03 10:20', 'pressConference')),
  );
  expect(computed.refusals).toMatchObject([
    { action: 'pause', reason: 'notPausable' },
    { action: 'extend', reason: 'notExtendable' },
  ]);
  expect(publicLines(computed)['firstRelease.limit']).toBe('06-03 14:00 armed');
});

test('a work clock pauses with ground and approver; the due moves by the paused time on resuming', () => {
  const verification = (now: string, ...timeline: HistoryEntry[]) =>
    innerLines(clocksAt(now, ordered(...timeline)))['verificationFeedback.heat3#TRAN'];
  expect(
    clocksAt('2026-06-03 16:00', ordered(pause('2026-06-03 13:00', 'verificationFeedback', 'citizenSupplement', null)))
      .refusals,
  ).toMatchObject([{ reason: 'noApprover' }]);
  expect(
    clocksAt('2026-06-03 16:00', ordered(pause('2026-06-03 13:00', 'verificationFeedback', 'tired'))).refusals,
  ).toMatchObject([{ reason: 'noGround' }]);
  expect(
    clocksAt('2026-06-05 16:00', ordered(pause('2026-06-04 09:41', 'verificationFeedback'))).refusals,
  ).toMatchObject([{ reason: 'notOpen' }]);
  const paused = pause('2026-06-03 13:00', 'verificationFeedback');
  expect(verification('2026-06-05 09:00', paused)).toBe('06-04 09:40 paused 06-03 13:00');
  const resumed = entry('2026-06-03 17:00', { type: 'resumed', clock: { act: 'verificationFeedback' } });
  expect(verification('2026-06-03 18:00', paused, resumed)).toBe('06-04 13:40 armed');
});

test('a handling clock extends once, before its due, by working days', () => {
  const history = ordered(
    extend('2026-06-04 10:00', 'handlingFeedback'),
    extend('2026-06-05 10:00', 'handlingFeedback', 1),
  );
  const computed = clocksAt('2026-06-05 12:00', history);
  expect(innerLines(computed)['handlingFeedback.heat3#TRAN']).toBe('06-10 00:00 armed');
  expect(computed.refusals).toMatchObject([{ at: at('2026-06-05 10:00'), action: 'extend', reason: 'extendedBefore' }]);
  expect(
    clocksAt('2026-06-06 12:00', ordered(extend('2026-06-06 00:00:01', 'handlingFeedback'))).refusals,
  ).toMatchObject([{ reason: 'afterDue' }]);
  expect(
    clocksAt('2026-06-05 12:00', ordered(extend('2026-06-04 10:00', 'handlingFeedback', 11))).refusals,
  ).toMatchObject([{ reason: 'overMaximum' }]);
});

test('re-assignment leaves the public clock and gives the new body its own inner clocks', () => {
  const computed = clocksAt(
    '2026-06-03 12:00',
    ordered(
      entry('2026-06-03 11:30', {
        type: 'reassigned',
        assignmentId: 'TRAN',
        newAssignmentId: 'second',
        to: 'URB',
        dispatchedAt: at('2026-06-03 11:30'),
      }),
    ),
  );
  expect(lines(computed)).toMatchObject({
    'publicResponse.limit': '06-05 09:20 armed',
    'signFor.heat3#TRAN': '06-03 10:40 overdue 06-03 10:40',
    'verificationFeedback.heat3#TRAN': '06-04 09:40 superseded 06-03 11:30',
    'signFor.heat3#second': '06-03 12:30 armed',
    'verificationFeedback.heat3#second': '06-04 11:30 armed',
  });
  expect(computed.figures.lostWithWrongBodySeconds).toBe(110 * 60);
});

test.each([
  ['at the very limit', '2026-06-03 11:40', {}, undefined],
  ['a second after it', '2026-06-03 11:40:01', {}, 'afterReturnLimit'],
  ['without another body', '2026-06-03 10:00', { proposedBody: null }, 'noProposedBody'],
  ['to itself', '2026-06-03 10:00', { proposedBody: 'TRAN' }, 'noProposedBody'],
  ['without legal basis', '2026-06-03 10:00', { legalBasis: '' }, 'noLegalBasis'],
])('a return %s', (_, when, fields, reason) => {
  const computed = clocksAt('2026-06-03 12:00', ordered(returned(when, fields)));
  expect(computed.refusals.map((refusal) => refusal.reason)).toEqual(reason === undefined ? [] : [reason]);
  expect(computed.acceptedReturns).toHaveLength(reason === undefined ? 1 : 0);
});

test('a fast case is returned within 30 minutes, and a body returns once', () => {
  const history = fast(
    dispatched('2026-06-03 09:40', 'TRAN'),
    returned('2026-06-03 10:10'),
    returned('2026-06-03 10:10'),
    returned('2026-06-03 10:11', { body: 'URB' }),
  );
  expect(clocksAt('2026-06-03 11:00', history).refusals.map((refusal) => refusal.reason)).toEqual([
    'returnedBefore',
    'noProposedBody',
  ]);
});
