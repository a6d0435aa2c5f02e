import { describe, expect, it } from '@jest/globals';
import { planLadder } from './ladder.js';
import type { AssignmentFacts, LadderFacts, LadderPlan, LadderPolicy, StepKind } from './steps.js';

const windows = { urgingHours: 24, supervisionHours: 24 };
const policy: LadderPolicy = {
  id: 'test',
  version: 1,
  reminderFractions: [0.5, 0.8],
  levels: { fast: { urgingHours: 1, supervisionHours: 4 }, 'I-II': windows, III: windows, IV: windows },
};

/** November 2026, Asia/Shanghai. */
const at = (day: number, time: string) => Date.parse(`2026-11-${day}T${time}:00+08:00`);

const assignment = (over: Partial<AssignmentFacts> = {}): AssignmentFacts => ({
  bodyId: 'HOUS',
  dispatchedAt: at(20, '09:10'),
  endedAt: null,
  signForDueAt: at(20, '10:10'),
  verificationDueAt: at(21, '09:10'),
  handlingDueAt: null,
  signedAt: at(20, '10:30'),
  verificationAcceptedAt: null,
  handlingReportedAt: null,
  ...over,
});

const facts = (over: Partial<LadderFacts> = {}): LadderFacts => ({
  level: 'III',
  clockStart: at(20, '09:00'),
  responseDueAt: at(22, '09:00'),
  publicResponseAt: null,
  closedAt: null,
  assignments: [assignment()],
  withdrawals: [],
  supervision: null,
  ...over,
});

const plan = (over: Partial<LadderFacts>, now: number) => planLadder({ facts: facts(over), policy, now });
const of = (result: LadderPlan, kind: StepKind) => result.steps.filter((step) => step.kind === kind);
const urged = (result: LadderPlan) => of(result, 'urging').filter((step) => step.state !== 'planned');

describe('8.7: the whole ladder', () => {
  const run = {
    publicResponseAt: at(23, '08:00'),
    supervision: { issuedAt: at(22, '09:40'), deadline: at(23, '09:40'), answeredAt: at(23, '08:00') },
  };

  it('is drawn ahead in full at the dispatch, with exact instants', () => {
    const ahead = plan({}, at(20, '09:10'));
    expect(ahead.steps.map(({ kind, reason, at: instant, state }) => [kind, reason, instant, state])).toEqual(
      [
        ['reminder', 'feedback', at(20, '21:10'), 'planned'],
        ['reminder', 'response', at(21, '09:00'), 'planned'],
        ['reminder', 'feedback', Date.parse('2026-11-21T04:22:00+08:00'), 'planned'],
        ['reminder', 'response', Date.parse('2026-11-21T23:24:00+08:00'), 'planned'],
        ['urging', 'feedback', at(21, '09:10'), 'planned'],
        ['urging', 'response', at(22, '09:00'), 'planned'],
        ['supervision', 'feedback', at(22, '09:10'), 'planned'],
      ].sort((a, b) => (a[2] as number) - (b[2] as number)),
    );
    expect(ahead.supervisionProposedAt).toBeNull();
  });

  it('urges at each passed due, proposes 督办 at the first unmet deadline and proposes, never decides, 问责', () => {
    const result = plan(run, at(23, '12:00'));
    expect(urged(result)).toMatchObject([
      {
        no: 1,
        reason: 'feedback',
        addressee: 'HOUS',
        at: at(21, '09:10'),
        deadline: at(22, '09:10'),
        state: 'unmet',
        answeredAt: null,
      },
      {
        no: 2,
        reason: 'response',
        at: at(22, '09:00'),
        deadline: at(23, '09:00'),
        state: 'met',
        answeredAt: at(23, '08:00'),
      },
    ]);
    expect(result.supervisionProposedAt).toBe(at(22, '09:10'));
    expect(of(result, 'supervision')).toMatchObject([
      { state: 'met', deadline: at(23, '09:40'), answeredAt: at(23, '08:00') },
    ]);
    expect(result.accountability).toEqual({
      proposedAt: at(23, '08:00'),
      grounds: ['报告不及时', '处置不得力'],
      decidedBySystem: false,
    });
    expect(result.lateMs).toMatchObject({ signFor: 20 * 60_000, response: 23 * 3_600_000 });
  });

  it('skips no step: without an issued 督办 there is no 问责, however late', () => {
    const result = plan({}, at(29, '09:00'));
    expect(of(result, 'supervision')).toMatchObject([{ state: 'proposed', at: at(22, '09:10'), deadline: null }]);
    expect(of(result, 'accountability')).toEqual([]);
    expect(result.accountability.proposedAt).toBeNull();
  });

  it('gives a 督办 without a deadline the window of its level, and draws 问责 ahead at its end', () => {
    const result = plan({ supervision: { issuedAt: at(22, '09:40'), deadline: null } }, at(22, '10:00'));
    expect(of(result, 'supervision')).toMatchObject([{ state: 'open', deadline: at(23, '09:40') }]);
    expect(of(result, 'accountability')).toMatchObject([{ state: 'planned', at: at(23, '09:40') }]);
    expect(result.accountability).toMatchObject({ proposedAt: null, grounds: [] });
  });
});

describe('the exact instants', () => {
  it('takes a delivery at the due as in time, a millisecond later as overdue', () => {
    const due = at(22, '09:00');
    const quiet = { assignments: [assignment({ verificationAcceptedAt: at(20, '12:00') })] };
    expect(urged(plan({ ...quiet, publicResponseAt: due }, due + 1))).toEqual([]);
    expect(urged(plan({ ...quiet, publicResponseAt: due + 1 }, due + 1))).toMatchObject([{ state: 'met' }]);
    expect(urged(plan(quiet, due))).toEqual([]);
    expect(urged(plan(quiet, due + 1))).toMatchObject([{ no: 1, state: 'open' }]);
  });

  it('makes no urging of a late signature alone', () => {
    const result = plan(
      { publicResponseAt: at(21, '09:00'), assignments: [assignment({ verificationAcceptedAt: at(20, '12:00') })] },
      at(25, '09:00'),
    );
    expect(urged(result)).toEqual([]);
    expect(result.lateMs.signFor).toBe(1_200_000);
  });
});

describe('domain 10.14: what settles what', () => {
  it('urges handling feedback with its own reason, and the verification feedback does not settle it', () => {
    const handling = assignment({ verificationAcceptedAt: at(20, '12:00'), handlingDueAt: at(22, '00:00') });
    const result = plan({ publicResponseAt: at(21, '09:00'), assignments: [handling] }, at(22, '10:00'));
    expect(urged(result)).toMatchObject([{ no: 1, reason: 'handling', state: 'open' }]);
  });

  it('leaves past unmet urgings unmet when the supervision is answered', () => {
    const supervision = { issuedAt: at(22, '09:40'), deadline: at(23, '09:40'), answeredAt: at(22, '20:00') };
    const result = plan({ supervision }, at(22, '21:00'));
    expect(of(result, 'supervision')).toMatchObject([{ state: 'met' }]);
    expect(urged(result)[0]).toMatchObject({ reason: 'feedback', state: 'unmet' });
  });

  it('withdraws with a reason and keeps the number; a withdrawn urging leads to nothing', () => {
    const result = plan({ withdrawals: [{ no: 1, at: at(21, '12:00'), reason: '已代报' }] }, at(22, '09:30'));
    expect(urged(result)).toMatchObject([
      { no: 1, state: 'withdrawn', withdrawn: { reason: '已代报' } },
      { no: 2, reason: 'response', state: 'open' },
    ]);
    expect(result.supervisionProposedAt).toBeNull();
  });

  it('withdraws the response urging when proof of a timely publication is filed late', () => {
    const known = { publicResponseAt: at(22, '08:30'), publicResponseFiledAt: at(22, '15:00') };
    expect(urged(plan(known, at(22, '14:00')))[1]).toMatchObject({ no: 2, reason: 'response', state: 'met' });
    const filed = plan(known, at(22, '16:00'));
    expect(urged(filed)[1]).toMatchObject({ no: 2, state: 'withdrawn', withdrawn: { reason: 'timelyEvidence' } });
    expect(filed.lateMs.response).toBe(0);
  });
});

describe('domain 10.15: re-assignment and incidents without a body', () => {
  it('withdraws the old body’s open urgings, numbers go on, and the public due stays', () => {
    const first = assignment({ endedAt: at(22, '09:05') });
    const second = assignment({ bodyId: 'WATER', dispatchedAt: at(22, '09:05'), verificationDueAt: at(23, '09:05') });
    const result = plan({ assignments: [first, second] }, at(22, '12:00'));
    expect(urged(result)).toMatchObject([
      { no: 1, reason: 'feedback', addressee: 'HOUS', state: 'withdrawn', withdrawn: { reason: 'reassigned' } },
      { no: 2, reason: 'response', addressee: 'HOUS', state: 'withdrawn' },
      { no: 3, reason: 'response', addressee: 'WATER', at: at(22, '09:05'), deadline: at(23, '09:05'), state: 'open' },
    ]);
    expect(result.lateMs.response).toBe(3 * 3_600_000);
  });

  it('urges the queue’s owner while there is no body, and proposes to the supervisor at once', () => {
    const result = plan({ assignments: [] }, at(22, '09:01'));
    expect(urged(result)).toMatchObject([{ no: 1, reason: 'response', addressee: 'queueOwner', state: 'open' }]);
    expect(result.supervisionProposedAt).toBe(at(22, '09:00'));
  });

  it('urges nobody after the case was closed', () => {
    expect(urged(plan({ closedAt: at(20, '18:00') }, at(25, '09:00')))).toEqual([]);
  });
});
