import { describe, expect, it } from '@jest/globals';
import { countReturns, disputeOf, mayName, nextDisputeStep } from './dispute.js';
import { type OrderToReturn, refuseReturn, type ReturnRequest } from './return-limit.js';

const at = (clock: string) => new Date(`2026-06-03T${clock}+08:00`);
const policy = { limits: { fastMinutes: 30, otherMinutes: 120 }, bodyExists: (id: string) => id !== '320600-NOPE' };
const order = (facts: Partial<OrderToReturn> = {}): OrderToReturn => ({
  dispatchedAt: at('09:40:00'),
  fast: false,
  returnedBy: [],
  ...facts,
});
const request = (facts: Partial<ReturnRequest> = {}): ReturnRequest => ({
  bodyId: '320600-TRAN',
  code: 'R3',
  legalBasis: '三定规定',
  proposedBodyId: '320600-URB',
  ...facts,
});
const refusal = (r: ReturnRequest, now: string, facts: Partial<OrderToReturn> = {}) =>
  refuseReturn(r, order(facts), at(now), policy);

describe('return of an order', () => {
  it('the exact instant of the limit is in time, one second later is not', () => {
    expect(refusal(request(), '11:40:00')).toBeNull();
    expect(refusal(request(), '11:40:01')).toBe('AFTER_RETURN_LIMIT');
    expect(refusal(request(), '10:10:00', { fast: true })).toBeNull();
    expect(refusal(request(), '10:11:00', { fast: true })).toBe('AFTER_RETURN_LIMIT');
  });

  it('R3 needs a legal basis and another, existing body', () => {
    expect(refusal(request({ legalBasis: ' ' }), '10:00:00')).toBe('NO_LEGAL_BASIS');
    expect(refusal(request({ proposedBodyId: null }), '10:00:00')).toBe('NO_PROPOSED_BODY');
    expect(refusal(request({ proposedBodyId: '320600-TRAN' }), '10:00:00')).toBe('PROPOSES_ITSELF');
    expect(refusal(request({ proposedBodyId: '320600-NOPE' }), '10:00:00')).toBe('UNKNOWN_PROPOSED_BODY');
    expect(refusal(request({ code: 'R5', legalBasis: null, proposedBodyId: null }), '10:00:00')).toBeNull();
  });

  it('each body returns an incident once', () => {
    expect(refusal(request(), '10:00:00', { returnedBy: ['320600-TRAN'] })).toBe('RETURNED_BEFORE');
    expect(refusal(request(), '10:00:00', { returnedBy: ['320600-HOUS'] })).toBeNull();
  });
});

describe('S-29 dispute', () => {
  const returned = (bodyId: string, clock: string, upheld: boolean | null = null) => ({
    bodyId,
    at: at(clock),
    upheld,
  });
  const two = [returned('320600-URB', '10:00:00'), returned('320600-TRAN', '11:00:00')];

  it('opens with the second return by another body; the first receiver coordinates', () => {
    expect(disputeOf(two.slice(0, 1), null)).toBeNull();
    expect(disputeOf(two, null)).toEqual({
      since: at('11:00:00'),
      coordinatorBodyId: '320600-URB',
      returnedBy: ['320600-URB', '320600-TRAN'],
    });
  });

  it('only the lead decider may name the lead, which closes it until somebody returns again', () => {
    const dispute = disputeOf(two, null);
    expect([mayName('analyst', dispute), mayName('leadDecider', dispute), mayName('analyst', null)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(disputeOf(two, at('12:00:00'))).toBeNull();
    expect(disputeOf([...two, returned('320600-WATER', '12:30:00')], at('12:00:00'))).not.toBeNull();
  });

  it('goes from meeting to opinion to decision', () => {
    expect([
      nextDisputeStep([]),
      nextDisputeStep(['meeting']),
      nextDisputeStep(['meeting', 'opinion']),
      nextDisputeStep(['meeting', 'opinion', 'leadDecision']),
    ]).toEqual(['meeting', 'opinion', 'leadDecision', null]);
  });

  it('counts returns and upheld returns by body', () => {
    expect(
      countReturns([returned('a', '10:00:00', true), returned('a', '11:00:00', false), returned('b', '11:00:00')]),
    ).toEqual(
      new Map([
        ['a', { returns: 2, upheld: 1 }],
        ['b', { returns: 1, upheld: 0 }],
      ]),
    );
  });
});
