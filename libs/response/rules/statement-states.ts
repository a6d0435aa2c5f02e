import type { StateTable } from '#kernel/state-table.js';

export type StatementState =
  'draft' | 'submitted' | 'reviewed' | 'approved' | 'rejected' | 'published' | 'corrected' | 'withdrawn';

export type StatementAct =
  'edit' | 'submit' | 'passGate' | 'passLastGate' | 'reject' | 'fileEvidence' | 'publish' | 'correct' | 'withdraw';

/** The course of a statement. Nothing goes out unreviewed (R40): only an approved one can be published, and evidence makes it so. */
export const STATEMENT_STATES: StateTable<StatementState, StatementAct> = {
  draft: { edit: 'draft', submit: 'submitted', withdraw: 'withdrawn' },
  submitted: { passGate: 'reviewed', reject: 'rejected', withdraw: 'withdrawn' },
  reviewed: { passGate: 'reviewed', passLastGate: 'approved', reject: 'rejected', withdraw: 'withdrawn' },
  approved: { fileEvidence: 'approved', publish: 'published', reject: 'rejected', withdraw: 'withdrawn' },
  rejected: { edit: 'draft', withdraw: 'withdrawn' },
  published: { fileEvidence: 'published', correct: 'corrected' },
  corrected: {},
  withdrawn: {},
};
