/** Events of this stage; the ledger keeps them, later stages follow them. */
export const ASSIGNMENT_EVENTS = {
  proposed: 'assignment.proposed',
  dispatched: 'assignment.dispatched',
  acknowledged: 'assignment.acknowledged',
  returnRequested: 'assignment.returnRequested',
  returnAccepted: 'assignment.returnAccepted',
  returnRefused: 'assignment.returnRefused',
  disputed: 'assignment.disputed',
  leadDecided: 'assignment.leadDecided',
  verified: 'assignment.verified',
  reported: 'assignment.reported',
  transferred: 'assignment.transferred',
  withdrawn: 'assignment.withdrawn',
  completed: 'assignment.completed',
} as const;
