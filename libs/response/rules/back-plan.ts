/** What must stand before a press conference can be held. */
export const CONFERENCE_STEPS = ['approval', 'venue', 'questions', 'media', 'liveLink'] as const;
export type ConferenceStep = (typeof CONFERENCE_STEPS)[number];

export interface BackPlanRule {
  step: ConferenceStep;
  minutesBefore: number;
}

export interface PlannedStep {
  step: ConferenceStep;
  dueAt: Date;
}

const MINUTE_MS = 60_000;

/**
 * Plans backwards from the start of the conference, or from the end of its 24 h while no start is fixed (NT19 Art.21).
 * Where less time is left than the plan asks for, the steps keep their order and share what is left.
 */
export function backPlan(rules: readonly BackPlanRule[], target: Date, now: Date): PlannedStep[] {
  const left = target.getTime() - now.getTime();
  if (left <= 0) return [];
  const longest = Math.max(...rules.map((rule) => rule.minutesBefore)) * MINUTE_MS;
  // The first step needs time too: a plan that is pressed leaves it a share, in proportion to the steps after it.
  const scale = Math.min(1, left / (longest * (1 + 1 / (rules.length + 1))));
  return rules.map(({ step, minutesBefore }) => ({
    step,
    dueAt: new Date(Math.round(target.getTime() - minutesBefore * MINUTE_MS * scale)),
  }));
}
