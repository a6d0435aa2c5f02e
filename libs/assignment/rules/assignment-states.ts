import type { StateTable } from '#kernel/state-table.js';

export type AssignmentState =
  'dispatched' | 'acknowledged' | 'returnRequested' | 'returned' | 'verified' | 'reported' | 'completed' | 'withdrawn';

export type AssignmentAct =
  | 'acknowledge'
  | 'requestReturn'
  | 'acceptReturn'
  | 'refuseReturn'
  | 'refuseUnsignedReturn'
  | 'verify'
  | 'report'
  | 'complete'
  | 'withdraw';

/** The course of an order (交办). Signing for it is knowing of it, not agreeing; a refused return leaves it with the body, still to be signed for when it was not. */
export const ASSIGNMENT_STATES: StateTable<AssignmentState, AssignmentAct> = {
  dispatched: { acknowledge: 'acknowledged', requestReturn: 'returnRequested', withdraw: 'withdrawn' },
  acknowledged: {
    requestReturn: 'returnRequested',
    verify: 'verified',
    report: 'reported',
    complete: 'completed',
    withdraw: 'withdrawn',
  },
  returnRequested: {
    acceptReturn: 'returned',
    refuseReturn: 'acknowledged',
    refuseUnsignedReturn: 'dispatched',
    withdraw: 'withdrawn',
  },
  verified: { verify: 'verified', report: 'reported', complete: 'completed', withdraw: 'withdrawn' },
  reported: { report: 'reported', complete: 'completed', withdraw: 'withdrawn' },
  returned: {},
  completed: {},
  withdrawn: {},
};
