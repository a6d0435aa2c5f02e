import type { Ground, Instant, LadderFacts, LadderPlan, LadderPolicy, LadderStep } from './steps.js';
import { dutiesOf, HOUR_MS, QUEUE_OWNER, remindersOf, urgingsOf } from './urgings.js';

const SUPERVISOR = 'supervisor';

/**
 * The whole ladder 提醒 → 催办 → 督办 → 问责 of an incident: what happened, and what comes next if nobody answers (NT19 Art.20).
 * No step is skipped: a supervision refers to an urging, accountability to a supervision. Issuing a supervision and every
 * decision on accountability belong to people; this only proposes them. Holidays stop nothing.
 */
export function planLadder({
  facts,
  policy,
  now,
}: {
  facts: LadderFacts;
  policy: LadderPolicy;
  now: Instant;
}): LadderPlan {
  const urgings = urgingsOf(facts, policy, now);
  const supervision = supervisionStep(facts, policy, { urgings, now });
  const grounds = groundsOf(facts, urgings, supervision);
  const accountability = accountabilityStep(supervision, grounds, now);
  const proposed = accountability?.state === 'proposed';
  const steps = [...remindersOf(facts, policy, now), ...urgings, supervision, accountability].filter(
    (step): step is LadderStep => step !== undefined,
  );
  return {
    steps: steps.sort((a, b) => a.at - b.at || RANK[a.kind] - RANK[b.kind] || a.no - b.no),
    supervisionProposedAt: supervision === undefined || supervision.state === 'planned' ? null : supervision.at,
    accountability: {
      proposedAt: proposed ? accountability.at : null,
      grounds: proposed ? grounds : [],
      decidedBySystem: false,
    },
    lateMs: lateness(facts, now),
  };
}

const RANK = { reminder: 0, urging: 1, supervision: 2, accountability: 3 } as const;

/** The instant from which an urging supports a supervision: its deadline, or at once while nobody is responsible (domain 10, 15). */
const supportsFrom = (urging: LadderStep): Instant => (urging.addressee === QUEUE_OWNER ? urging.at : urging.deadline!);

const supports = (urging: LadderStep, now: Instant): boolean =>
  urging.state === 'unmet' || (urging.state === 'open' && urging.addressee === QUEUE_OWNER && now > urging.at);

function supervisionStep(
  facts: LadderFacts,
  policy: LadderPolicy,
  { urgings, now }: { urgings: LadderStep[]; now: Instant },
): LadderStep | undefined {
  const byInstant = (a: LadderStep, b: LadderStep) => supportsFrom(a) - supportsFrom(b) || a.no - b.no;
  const failed = urgings.filter((urging) => supports(urging, now)).sort(byInstant)[0];
  const ahead = urgings.filter((urging) => urging.state === 'open' || urging.state === 'planned').sort(byInstant)[0];
  const cause = failed ?? ahead;
  const issued = facts.supervision !== null && facts.supervision.issuedAt <= now ? facts.supervision : null;
  if (cause === undefined && issued === null) return undefined;
  const base = {
    kind: 'supervision' as const,
    no: 1,
    reason: cause?.reason ?? 'response',
    addressee: SUPERVISOR,
    // One that a person issued without waiting stands from its issue.
    at: failed !== undefined ? supportsFrom(failed) : (issued?.issuedAt ?? supportsFrom(cause!)),
  };
  if (issued === null) {
    const state = failed === undefined ? ('planned' as const) : ('proposed' as const);
    return { ...base, deadline: null, state, answeredAt: failed?.answeredAt ?? null };
  }
  const deadline = issued.deadline ?? supervisionDeadline({ issuedAt: issued.issuedAt, level: facts.level }, policy);
  const answeredAt = supervisionAnswer(facts, issued, now);
  if (issued.withdrawnAt !== undefined && issued.withdrawnAt !== null && issued.withdrawnAt <= now)
    return {
      ...base,
      deadline,
      state: 'withdrawn',
      answeredAt,
      withdrawn: { at: issued.withdrawnAt, reason: 'withdrawn' },
    };
  const state = answeredAt !== null && answeredAt <= deadline ? 'met' : now > deadline ? 'unmet' : 'open';
  return { ...base, deadline, state, answeredAt };
}

/** When a supervision runs out that names no time of its own. */
export const supervisionDeadline = (
  { issuedAt, level }: { issuedAt: Instant; level: LadderFacts['level'] },
  policy: LadderPolicy,
): Instant => issuedAt + policy.levels[level].supervisionHours * HOUR_MS;

/** A supervision is settled by its answer, or by the first missing thing that arrives after it was issued (domain 10, 14). */
function supervisionAnswer(
  facts: LadderFacts,
  issued: { issuedAt: Instant; answeredAt?: Instant | null },
  now: Instant,
): Instant | null {
  const arrivals = dutiesOf(facts)
    .filter((duty) => duty.deliveredAt !== null && duty.deliveredAt > duty.dueAt && duty.deliveredAt >= issued.issuedAt)
    .map((duty) => duty.deliveredAt!);
  const answers = [
    ...arrivals,
    ...(issued.answeredAt === undefined || issued.answeredAt === null ? [] : [issued.answeredAt]),
  ];
  const first = Math.min(...answers.filter((at) => at <= now));
  return Number.isFinite(first) ? first : null;
}

function groundsOf(facts: LadderFacts, urgings: LadderStep[], supervision: LadderStep | undefined): Ground[] {
  const unmet = (reasons: LadderStep['reason'][]) =>
    urgings.some((u) => u.state === 'unmet' && reasons.includes(u.reason));
  const answeredLate =
    facts.responseDueAt !== null &&
    urgings.some((u) => u.reason === 'response' && u.state !== 'withdrawn' && u.state !== 'planned');
  const grounds: Ground[] = [];
  if (unmet(['feedback', 'handling'])) grounds.push('报告不及时');
  if (answeredLate || supervision?.state === 'unmet') grounds.push('处置不得力');
  return grounds;
}

/** Proposed when an issued supervision has ended, answered or not, and a ground remains; drawn ahead while it is open. */
function accountabilityStep(
  supervision: LadderStep | undefined,
  grounds: Ground[],
  now: Instant,
): LadderStep | undefined {
  if (supervision === undefined || supervision.deadline === null || supervision.state === 'withdrawn') return undefined;
  const endsAt = supervision.state === 'met' ? supervision.answeredAt! : supervision.deadline;
  const base = {
    kind: 'accountability' as const,
    no: 1,
    reason: supervision.reason,
    addressee: SUPERVISOR,
    at: endsAt,
    deadline: null,
    answeredAt: null,
  };
  if (supervision.state === 'open') return { ...base, state: 'planned' };
  return grounds.length === 0 || endsAt > now ? undefined : { ...base, state: 'proposed' };
}

function lateness(facts: LadderFacts, now: Instant): LadderPlan['lateMs'] {
  const latest = facts.assignments.at(-1);
  const late = (dueAt: Instant | null | undefined, doneAt: Instant | null | undefined): number => {
    if (dueAt === null || dueAt === undefined) return 0;
    const until =
      doneAt !== null && doneAt !== undefined && doneAt <= now ? doneAt : Math.min(now, facts.closedAt ?? now);
    return Math.max(0, until - dueAt);
  };
  return {
    signFor: late(latest?.signForDueAt, latest?.signedAt),
    verification: late(latest?.verificationDueAt, latest?.verificationAcceptedAt),
    handling: late(latest?.handlingDueAt, latest?.handlingReportedAt),
    response: late(facts.responseDueAt, facts.publicResponseAt),
  };
}
