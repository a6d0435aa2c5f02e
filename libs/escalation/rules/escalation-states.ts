import type { StateTable } from '#kernel/state-table.js';

export type EscalationState = 'proposed' | 'issued' | 'met' | 'unmet' | 'withdrawn' | 'dismissed';
export type EscalationAct = 'issue' | 'withdraw' | 'dismiss' | 'answer' | 'settle' | 'passDeadline';

/** The course of one step of the ladder. A step that was answered late stays unmet; its answer stands beside it (domain 10.14). */
export const ESCALATION_STATES: StateTable<EscalationState, EscalationAct> = {
  proposed: { issue: 'issued', dismiss: 'dismissed' },
  issued: { answer: 'issued', settle: 'met', passDeadline: 'unmet', withdraw: 'withdrawn' },
  unmet: { answer: 'unmet' },
  met: {},
  withdrawn: {},
  dismissed: {},
};
