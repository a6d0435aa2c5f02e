import type { Schemas } from '../api/client';

/** Clocks that run to the same instant in the same state for the same act, together: one row, several bodies. Keeps the order. */
export function alike(clocks: readonly Schemas['Clock'][]): Schemas['Clock'][][] {
  const groups = new Map<string, Schemas['Clock'][]>();
  for (const clock of clocks) {
    const key = [clock.incidentId, clock.act, clock.force, clock.label, clock.state, clock.dueAt].join('|');
    groups.set(key, [...(groups.get(key) ?? []), clock]);
  }
  return [...groups.values()];
}
