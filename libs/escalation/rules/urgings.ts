import type { AssignmentFacts, Instant, LadderFacts, LadderPolicy, LadderStep, StepReason } from './steps.js';

export const HOUR_MS = 3_600_000;
export const QUEUE_OWNER = 'queueOwner';

/** Something that a body owes at an instant. */
export interface Duty {
  reason: StepReason;
  addressee: string;
  startAt: Instant;
  dueAt: Instant;
  /** The instant at which the duty counts as overdue for this addressee: the due, or its dispatch if the due had passed. */
  triggerAt: Instant;
  deliveredAt: Instant | null;
  /** When the delivery became known; a late proof of a timely delivery withdraws what it overtook. */
  knownAt: Instant | null;
  /** When the addressee stopped being responsible. */
  endedAt: Instant | null;
}

const ORDER: readonly StepReason[] = ['feedback', 'handling', 'response'];

/** Every duty of every body in turn. A verified feedback does not stand for the response, nor the other way round. */
export function dutiesOf(facts: LadderFacts): Duty[] {
  const duties: Duty[] = [];
  for (const a of facts.assignments) {
    duties.push(...innerDuty(a, 'feedback', a.verificationDueAt, a.verificationAcceptedAt));
    duties.push(...innerDuty(a, 'handling', a.handlingDueAt, a.handlingReportedAt));
  }
  return [...duties, ...responseDuties(facts)].sort(
    (a, b) => a.triggerAt - b.triggerAt || ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason),
  );
}

function innerDuty(a: AssignmentFacts, reason: StepReason, dueAt: Instant | null, deliveredAt: Instant | null): Duty[] {
  if (dueAt === null) return [];
  return [
    {
      reason,
      addressee: a.bodyId,
      startAt: a.dispatchedAt,
      dueAt,
      triggerAt: dueAt,
      deliveredAt,
      knownAt: deliveredAt,
      endedAt: a.endedAt,
    },
  ];
}

/** The public due survives re-assignment: whoever is responsible when it passes owes the response, and so does each later body. */
function responseDuties(facts: LadderFacts): Duty[] {
  const dueAt = facts.responseDueAt;
  if (dueAt === null) return [];
  const duty = {
    reason: 'response' as const,
    startAt: facts.clockStart,
    dueAt,
    deliveredAt: facts.publicResponseAt,
    knownAt: facts.publicResponseFiledAt ?? facts.publicResponseAt,
  };
  const turns = facts.assignments.filter((a) => a.endedAt === null || a.endedAt > dueAt);
  const duties = turns.map((a) => ({
    ...duty,
    addressee: a.bodyId,
    triggerAt: Math.max(dueAt, a.dispatchedAt),
    endedAt: a.endedAt,
  }));
  const first = turns[0];
  if (first !== undefined && first.dispatchedAt <= dueAt) return duties;
  // Nobody was responsible when the due passed: the queue's owner is urged until a body is.
  return [{ ...duty, addressee: QUEUE_OWNER, triggerAt: dueAt, endedAt: first?.dispatchedAt ?? null }, ...duties];
}

/** True when nothing had arrived, nobody had been replaced and the case was open at the trigger, as far as was known then. */
const missingAtTrigger = (duty: Duty, closedAt: Instant | null): boolean =>
  (duty.knownAt === null || duty.knownAt > duty.triggerAt) &&
  (duty.endedAt === null || duty.endedAt > duty.triggerAt) &&
  (closedAt === null || closedAt > duty.triggerAt);

/** 催办 of the incident, triggered and planned, numbered in order of trigger (NT19 Art.20: 逾期不回应、不反馈). */
export function urgingsOf(facts: LadderFacts, policy: LadderPolicy, now: Instant): LadderStep[] {
  const windowMs = policy.levels[facts.level].urgingHours * HOUR_MS;
  return dutiesOf(facts)
    .filter((duty) => missingAtTrigger(duty, facts.closedAt))
    .map((duty, index) => urging({ duty, no: index + 1, deadline: duty.triggerAt + windowMs }, facts, now));
}

function urging(
  { duty, no, deadline }: { duty: Duty; no: number; deadline: Instant },
  facts: LadderFacts,
  now: Instant,
): LadderStep {
  const step = {
    kind: 'urging' as const,
    no,
    reason: duty.reason,
    addressee: duty.addressee,
    at: duty.triggerAt,
    deadline,
  };
  // Overdue is strictly after the due; at the exact instant a delivery is still in time.
  if (now <= duty.triggerAt) return { ...step, state: 'planned', answeredAt: null };
  const answeredAt = known(duty.deliveredAt, now);
  const withdrawn = withdrawalOf({ duty, no, deadline }, facts, now);
  if (withdrawn !== undefined) return { ...step, state: 'withdrawn', answeredAt, withdrawn };
  if (answeredAt !== null && answeredAt <= deadline) return { ...step, state: 'met', answeredAt };
  return { ...step, state: now > deadline ? 'unmet' : 'open', answeredAt };
}

/**
 * An urging falls when a person takes it back, when its addressee is replaced or the case closed while it is open, and when
 * proof is filed that the duty had been done in time. Its number stays.
 */
function withdrawalOf(
  { duty, no, deadline }: { duty: Duty; no: number; deadline: Instant },
  facts: LadderFacts,
  now: Instant,
): { at: Instant; reason: string } | undefined {
  const explicit = facts.withdrawals.find((withdrawal) => withdrawal.no === no && withdrawal.at <= now);
  if (explicit !== undefined) return { at: explicit.at, reason: explicit.reason };
  if (duty.deliveredAt !== null && duty.deliveredAt <= duty.dueAt && duty.knownAt !== null && duty.knownAt <= now)
    return { at: duty.knownAt, reason: 'timelyEvidence' };
  const endsOpen = (at: Instant | null): at is Instant =>
    at !== null && at <= now && at <= deadline && (duty.deliveredAt === null || duty.deliveredAt > at);
  if (endsOpen(duty.endedAt)) return { at: duty.endedAt, reason: 'reassigned' };
  if (endsOpen(facts.closedAt)) return { at: facts.closedAt, reason: 'closed' };
  return undefined;
}

/** A reminder before each due, at the policy's shares of the time, while the thing is still missing. Not in the texts. */
export function remindersOf(facts: LadderFacts, policy: LadderPolicy, now: Instant): LadderStep[] {
  const steps: LadderStep[] = [];
  for (const duty of dutiesOf(facts).filter((d) => d.triggerAt === d.dueAt)) {
    for (const fraction of policy.reminderFractions) {
      const at = Math.round(duty.startAt + fraction * (duty.dueAt - duty.startAt));
      if (!missingAtTrigger({ ...duty, triggerAt: at }, facts.closedAt)) continue;
      const answeredAt = known(duty.deliveredAt, now);
      const inTime = answeredAt !== null && answeredAt <= duty.dueAt;
      const state = now < at ? 'planned' : inTime ? 'met' : now > duty.dueAt ? 'unmet' : 'open';
      steps.push({
        kind: 'reminder',
        no: 0,
        reason: duty.reason,
        addressee: duty.addressee,
        at,
        deadline: duty.dueAt,
        state,
        answeredAt,
      });
    }
  }
  return steps.sort((a, b) => a.at - b.at).map((step, index) => ({ ...step, no: index + 1 }));
}

const known = (instant: Instant | null, now: Instant): Instant | null =>
  instant !== null && instant <= now ? instant : null;
