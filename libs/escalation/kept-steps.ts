import type { EscalationRow, EscalationStep } from './escalations.store.js';
import { belongsTo, ladderOf, type LadderSubject } from './ladder-facts.store.js';
import type { EscalationState } from './rules/escalation-states.js';
import { planLadder } from './rules/ladder.js';
import type { LadderFacts, LadderPlan, LadderPolicy, LadderStep, StepKind } from './rules/steps.js';

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

/** One ladder of an incident: that of the case and its lead, or that of one co-responder's task. */
export interface Ladder {
  /** Begins the keys of its steps. */
  prefix: string;
  /** Whom its supervising steps concern; null: the queue's owner. */
  bodyId: string | null;
  plan: LadderPlan;
}

/** Every ladder of an incident, the lead's first. A co-responder's lateness climbs its own (domain 5.4). */
export function laddersOf(
  subject: LadderSubject,
  question: { policy: LadderPolicy; now: number; rows: EscalationRow[] },
): Ladder[] {
  const ladder = (prefix: string, bodyId: string | null, facts: LadderFacts): Ladder => {
    const rows = question.rows.filter((row) => belongsTo(row.triggerKey, prefix));
    return { prefix, bodyId, plan: planWith(facts, { ...question, rows, prefix }) };
  };
  return [
    ladder(ladderOf(null), subject.leadBodyId, subject.facts),
    ...subject.coResponders.map(({ bodyId, facts }) => ladder(ladderOf(bodyId), bodyId, facts)),
  ];
}

/** The plan, knowing which urgings people have taken back; the rules know those by their number in the plan. */
function planWith(
  facts: LadderFacts,
  { policy, now, rows, prefix }: { policy: LadderPolicy; now: number; rows: EscalationRow[]; prefix: string },
): LadderPlan {
  const plan = planLadder({ facts, policy, now });
  const takenBack = rows.filter(
    (row) => row.step === 'reminder' && row.state === 'withdrawn' && row.withdrawn?.by !== undefined,
  );
  if (takenBack.length === 0) return plan;
  const withdrawals = takenBack.flatMap((row) => {
    const step = plan.steps.find((candidate) => `${prefix}${keyOf(candidate)}` === row.triggerKey);
    return step === undefined
      ? []
      : [{ no: step.no, at: Date.parse(row.withdrawn!.at), reason: row.withdrawn!.reason }];
  });
  return planLadder({ facts: { ...facts, withdrawals }, policy, now });
}
