/** Events of this stage in the ledger. */
export const REPORT_EVENTS = { frozen: 'report.frozen' } as const;
