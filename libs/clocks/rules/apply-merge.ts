import type { GradeBasis, IncidentGrade, IncidentHistory, Stamp } from '../contract.js';
import { applyClass, endIncident } from './apply-class.js';
import { type Contribution, earliestStamps, type Handler, type Stamps } from './incident-state.js';

/** What an incident brings at `at`: its grade and stamps as they stood then, with what had been merged into it. */
export function contributionOf(history: IncidentHistory, at: number): Contribution {
  let grade: IncidentGrade | null = null;
  let basis: GradeBasis = 'confirmed';
  let stamps: Stamps = history.stamps;
  for (const entry of history.entries) {
    if (entry.at > at) break;
    if (entry.type === 'graded') ({ grade, basis } = entry);
    if (
      entry.type === 'stampCorrected' &&
      entry.stamp !== 'dispatchedAt' &&
      (entry.value === null || entry.value <= entry.at)
    )
      stamps = { ...stamps, [entry.stamp]: correctedStamp(entry.value, entry.source) };
    if (entry.type === 'merged')
      for (const child of entry.from)
        stamps = earliestStamps({ stamps, children: new Map([[child.incidentId, contributionOf(child, entry.at)]]) });
  }
  return { id: history.incidentId, grade, basis, stamps };
}

export const correctedStamp = (value: number | null, source: string): Stamp | null =>
  value === null ? null : { at: value, source };

/** Earliest start and strictest grade win; the parent's clocks follow at the instant of the merge (domain 3.8). */
export const applyMerged: Handler<'merged'> = (state, entry) => {
  for (const child of entry.from) state.children.set(child.incidentId, contributionOf(child, entry.at));
  state.opened = true;
  applyClass(state, entry.at, 'merged');
};

/** A merged child's clocks rest; it keeps its number, its breaches and the orders that its bodies have. */
export const applyMergedInto: Handler<'mergedInto'> = (state, entry) => {
  state.mergedInto = entry.into;
  endIncident(state, entry.at, { state: 'superseded', reason: 'merged' });
};

/** Restores the dues of the child, or takes its share out of the parent. */
export const applyUnmerged: Handler<'unmerged'> = (state, entry) => {
  if (state.mergedInto !== null && entry.with.includes(state.mergedInto)) {
    state.mergedInto = null;
    applyClass(state, entry.at, 'unmerged');
    return;
  }
  let changed = false;
  for (const id of entry.with) changed = state.children.delete(id) || changed;
  if (changed) applyClass(state, entry.at, 'unmerged');
};

/** A split closes the clocks of the whole; the parts begin with its stamps and history ("children inherit the start"). */
export const applySplit: Handler<'split'> = (state, entry) =>
  endIncident(state, entry.at, { state: 'superseded', reason: 'split', withOrders: true });
