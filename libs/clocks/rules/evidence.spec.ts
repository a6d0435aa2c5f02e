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

/** The fast case of S-02: target 17:05, limit 19:05, conference 11-21 14:05. */
const fast = (...timeline: ReturnType<typeof entry>[]) =>
  incident({ occurred: '2026-11-20 14:05', detected: '2026-11-20 14:12' }, [
    graded('2026-11-20 14:12', 'II', 'potential'),
    ...timeline,
  ]);
const RUNNING = {
  'firstRelease.target': '11-20 17:05 armed',
  'firstRelease.limit': '11-20 19:05 armed',
  'pressConference.limit': '11-21 14:05 armed',
};

test('E-01: a release at the very due is on time, one second later it is not', () => {
  expect(publicLines(clocksAt('2026-11-20 20:00', fast(released('2026-11-20 19:05'))))['firstRelease.limit']).toBe(
    '11-20 19:05 met 11-20 19:05',
  );
  const late = clocksAt('2026-11-20 20:00', fast(released('2026-11-20 19:05:01')));
  expect(publicLines(late)['firstRelease.limit']).toBe('11-20 19:05 metLate 11-20 19:05:01');
  expect(publicLines(clocksAt('2026-11-20 19:05', fast()))['firstRelease.limit']).toBe('11-20 19:05 dueSoon');
});

test('E-02: a missed target is no breach of the limit', () => {
  expect(publicLines(clocksAt('2026-11-20 18:00', fast(filed('2026-11-20 17:40', 'wechat'))))).toMatchObject({
    'firstRelease.target': '11-20 17:05 metLate 11-20 17:40',
    'firstRelease.limit': '11-20 19:05 met 11-20 17:40',
  });
});

test.each(['internalReport', 'citizenReply', 'acknowledgement', 'conferenceAnnouncement'])(
  'E-03, E-07: %s stops no public clock',
  (kind) => {
    expect(publicLines(clocksAt('2026-11-20 16:10', fast(filed('2026-11-20 14:45', kind))))).toEqual(RUNNING);
  },
);

test('E-04: a conference stops its clock when it is held, not when it is announced', () => {
  const computed = clocksAt(
    '2026-11-21 12:00',
    fast(
      released('2026-11-20 16:00'),
      filed('2026-11-20 17:00', 'conferenceAnnouncement'),
      filed('2026-11-21 10:00', 'pressConference'),
    ),
  );
  expect(publicLines(computed)['pressConference.limit']).toBe('11-21 14:05 met 11-21 10:00');
});

test('a conference is no release and a release no conference: each act has its own proof', () => {
  const held = publicLines(clocksAt('2026-11-20 19:10', fast(filed('2026-11-20 16:00', 'pressConference'))));
  expect(held).toMatchObject({
    'firstRelease.limit': '11-20 19:05 overdue 11-20 19:05',
    'pressConference.limit': '11-21 14:05 met 11-20 16:00',
  });
});

test('E-05: a page that vanished still counts through its snapshot, and is flagged', () => {
  const page = released('2026-11-20 16:00', { evidenceId: 'page', snapshot: true });
  const computed = clocksAt(
    '2026-11-21 12:00',
    fast(page, entry('2026-11-21 09:00', { type: 'evidencePageGone', evidenceId: 'page' })),
  );
  expect(publicLines(computed)['firstRelease.limit']).toBe('11-20 19:05 met 11-20 16:00');
  expect(computed.flags).toContainEqual({ code: 'evidencePageGone', at: at('2026-11-21 09:00'), subject: 'page' });
});

test.each([
  ['E-06 a private account', { channelRegistered: false }, 'unregisteredChannel'],
  ['a page without snapshot', { snapshot: false }, 'noSnapshot'],
  ['a publication time in the future', { effectiveAt: at('2026-11-20 15:00:01') }, 'publicationInFuture'],
])('%s is refused and leaves every clock as it is', (_, evidence, reason) => {
  const computed = clocksAt('2026-11-20 16:10', fast(released('2026-11-20 15:00', evidence)));
  expect(publicLines(computed)).toEqual(RUNNING);
  expect(computed.refusals).toMatchObject([{ at: at('2026-11-20 15:00'), action: 'acceptEvidence', reason }]);
});

test('E-08: a section chief alone meets the 24 hours, but attendance is flagged and the top leader has not spoken', () => {
  const held = (rank: string) =>
    clocksAt('2026-11-21 12:00', fast(filed('2026-11-21 09:30', 'pressConference', { speakers: [{ rank }] })));
  expect(publicLines(held('科长'))['pressConference.limit']).toBe('11-21 14:05 met 11-21 09:30');
  const codes = (rank: string) => held(rank).flags.map((flag) => flag.code);
  expect(codes('科长')).toEqual(['attendanceRule', 'topLeaderOpen']);
  expect(codes('新闻发言人')).toEqual(['topLeaderOpen']);
  expect(codes('副市长')).toEqual(['topLeaderOpen']);
  expect(codes('主要负责人')).toEqual([]);
});

test('a timely publication that is filed after the due turns the breach to met, and is counted apart', () => {
  const history = fast(released('2026-11-21 08:00', { effectiveAt: at('2026-11-20 18:00') }));
  expect(publicLines(clocksAt('2026-11-20 20:00', history))['firstRelease.limit']).toBe(
    '11-20 19:05 overdue 11-20 19:05',
  );
  const computed = clocksAt('2026-11-21 09:00', history);
  expect(publicLines(computed)['firstRelease.limit']).toBe('11-20 19:05 met 11-20 18:00');
  expect(computed.clocks.find((clock) => clock.id === 'firstRelease.limit')).toMatchObject({
    filedLate: true,
    breachedAt: null,
  });
});

test('every release of a fast case asks for the next one within the interval, until the case is struck off', () => {
  const history = fast(
    released('2026-11-20 16:00'),
    released('2026-11-21 10:00'),
    entry('2026-11-21 20:00', { type: 'closed', how: 'struckOff' }),
  );
  const following = clocksAt('2026-11-22 12:00', history).clocks.filter((clock) => clock.act === 'continuingRelease');
  expect(following.map((clock) => [clock.generation, clock.state, clock.stateAt])).toEqual([
    [1, 'met', at('2026-11-21 10:00')],
    [2, 'cancelled', at('2026-11-21 20:00')],
  ]);
});
