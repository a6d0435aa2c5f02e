import { addDays, dayOf, endOfDay } from '#kernel/civil-day.js';
import type { PackTerms } from '../policy/contract.js';
import { applyClass, endIncident } from './apply-class.js';
import { earliestStamps, type Handler } from './incident-state.js';

export const applyGraded: Handler<'graded'> = (state, entry) => {
  state.grade = entry.grade;
  state.basis = entry.basis;
  state.opened = true;
  if (state.mergedInto === null && !state.closed) applyClass(state, entry.at, 'graded');
  state.lateCasualtyAt = null;
};

/** Whether a casualty figure of `at` still changes the grade: natural days from the event, the last one included (493号 Art.13). */
export function isWithinCasualtyWindow(
  window: PackTerms['casualtyWindowDays'],
  eventAt: number,
  at: number,
  eventType: string,
): boolean {
  const days = window.byEventType[eventType] ?? window.default;
  return at <= endOfDay(addDays(dayOf(eventAt), days));
}

/** The figure itself moves no clock; the grade that a person gives after it does. Outside the window nothing re-grades by itself. */
export const applyCasualty: Handler<'casualtyUpdated'> = (state, entry) => {
  const stamps = earliestStamps(state);
  const event = stamps.eventOccurredAt ?? stamps.firstPublicAt ?? stamps.detectedAt;
  if (event === null) return;
  if (isWithinCasualtyWindow(state.pack.terms.casualtyWindowDays, event.at, entry.at, entry.eventType))
    state.lateCasualtyAt = entry.at;
  else state.flags.push({ code: 'casualtyOutsideWindow', at: entry.at, subject: entry.entryId });
};

export const applyClosed: Handler<'closed'> = (state, entry) => {
  if (!state.opened) return;
  state.closed = true;
  endIncident(state, entry.at, { state: 'cancelled', reason: entry.how, withOrders: true });
};

/** Public clocks go on from their original start; a due that passed meanwhile is no neglect. */
export const applyReopened: Handler<'reopened'> = (state, entry) => {
  state.closed = false;
  if (state.fast !== null && state.mergedInto === null) applyClass(state, entry.at, 'reopened');
};
