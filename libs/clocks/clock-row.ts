import { RUNNING } from './clock-entries.js';
import type { ClockRow } from './clocks.store.js';
import type { ClockComputation, ComputedClock } from './contract.js';
import type { PolicyPack } from './policy/contract.js';

type Figures = ClockComputation['figures'];

interface ClockedIncident {
  id: string;
  drill: boolean;
}

const secondsBetween = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(0, (to - from) / 1000);

/** A computed clock as its row: `nextLookAt` is where the sweep finds it. */
export function toRow(
  { incident, pack, figures }: { incident: ClockedIncident; pack: PolicyPack; figures: Figures },
  clock: ComputedClock,
  label: string,
  now: number,
): Omit<ClockRow, 'id'> {
  const dueAt = clock.dueAt!;
  const nextWarning = clock.warningsAt.find((warning) => warning > now);
  return {
    incidentId: incident.id,
    clockKey: clock.id,
    generation: clock.generation,
    act: clock.act,
    force: clock.force,
    form: clock.form,
    scope: clock.ring,
    label,
    bodyId: clock.body,
    assignmentId: clock.assignmentId,
    state: clock.state,
    startedAt: clock.startedAt,
    dueAt,
    stateAt: clock.stateAt,
    stateReason: clock.reason,
    provisional: clock.provisional,
    drill: incident.drill,
    policyPack: pack.id,
    policyVersion: clock.policyVersion,
    computation: {
      steps: clock.computation,
      ruleId: clock.ruleId,
      owner: clock.owner,
      breachedAt: clock.breachedAt,
      stoppedAt: clock.stoppedAt,
      stoppedBy: clock.stoppedBy,
      filedLate: clock.filedLate,
      calendarIncomplete: clock.calendarIncomplete,
      // Both ways to count (domain 3.3): from the event, and from the detection.
      legalStartAt: figures.legalStartAt,
      assessmentStartAt: figures.assessmentStartAt,
      legalSeconds: secondsBetween(figures.legalStartAt, clock.stoppedAt),
      assessmentSeconds: secondsBetween(figures.assessmentStartAt, clock.stoppedAt),
    },
    warnAt: [...clock.warningsAt],
    nextLookAt: RUNNING.has(clock.state) ? (nextWarning ?? Math.max(dueAt, now)) : null,
  };
}
