/** Events of this stage in the ledger. */
export const REPORT_EVENTS = {
  frozen: 'report.frozen',
  objected: 'report.objected',
  objectionDecided: 'report.objectionDecided',
  eventEntered: 'report.eventEntered',
  eventMatched: 'report.eventMatched',
  evaluationImported: 'report.evaluationImported',
} as const;
