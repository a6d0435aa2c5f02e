import type { EscalationRow, EscalationStep } from './escalations.store.js';
import type { LadderSubject } from './ladder-facts.store.js';
import type { EscalationState } from './rules/escalation-states.js';
import { planLadder } from './rules/ladder.js';
import type { LadderPlan, LadderPolicy, LadderStep, StepKind } from './rules/steps.js';

/** The rules' word for a step, and the one under which it is kept, numbered and shown. */
export const KEPT_AS: Record<StepKind, EscalationStep> = {
  reminder: 'notice',
  urging: 'reminder',
  supervision: 'supervision',
  accountability: 'accountabilityReferral',
};
/** States of the rules that are kept. A planned step is drawn ahead and kept nowhere. */
export const STATE: Partial<Record<LadderStep['state'], EscalationState>> = {
  open: 'issued',
  met: 'met',
  unmet: 'unmet',
  withdrawn: 'withdrawn',
  proposed: 'proposed',
};
/** What makes a step itself: an urging by what is missing, whose it is and since when; there is one supervision and one referral. */
export const keyOf = (step: LadderStep): string =>
  step.kind === 'urging' ? `urging:${step.reason}:${step.addressee}:${step.at}` : `${step.kind}:${step.no}`;

/** The plan, knowing which urgings people have taken back; the rules know those by their number in the plan. */
export function planWith(
  subject: LadderSubject,
  { policy, now, rows }: { policy: LadderPolicy; now: number; rows: EscalationRow[] },
): LadderPlan {
  const plan = planLadder({ facts: subject.facts, policy, now });
  const takenBack = rows.filter(
    (row) => row.step === 'reminder' && row.state === 'withdrawn' && row.withdrawn?.by !== undefined,
  );
  if (takenBack.length === 0) return plan;
  const withdrawals = takenBack.flatMap((row) => {
    const step = plan.steps.find((candidate) => keyOf(candidate) === row.triggerKey);
    return step === undefined
      ? []
      : [{ no: step.no, at: Date.parse(row.withdrawn!.at), reason: row.withdrawn!.reason }];
  });
  return planLadder({ facts: { ...subject.facts, withdrawals }, policy, now });
}
