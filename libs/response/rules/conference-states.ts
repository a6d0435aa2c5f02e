import type { StateTable } from '#kernel/state-table.js';

export type ConferenceState = 'planned' | 'announced' | 'held' | 'waived' | 'cancelled';
export type ConferenceAct = 'announce' | 'hold' | 'waive' | 'cancel';

/** The course of a press conference. Only one that was held is a proof; a notice or a waiver stops no clock (domain 3.4). */
export const CONFERENCE_STATES: StateTable<ConferenceState, ConferenceAct> = {
  planned: { announce: 'announced', hold: 'held', waive: 'waived', cancel: 'cancelled' },
  announced: { announce: 'announced', hold: 'held', waive: 'waived', cancel: 'cancelled' },
  held: {},
  waived: { announce: 'announced', hold: 'held' },
  cancelled: {},
};
