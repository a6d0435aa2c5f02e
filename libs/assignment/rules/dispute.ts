/** One return of an incident, in order of time. */
export interface ReturnRecord {
  bodyId: string;
  at: Date;
  upheld: boolean | null;
}

/** Who acts while bodies point at each other. */
export interface Dispute {
  since: Date;
  /** Coordinates until the lead is named (首接负责). */
  coordinatorBodyId: string;
  /** Bodies that returned it, first receiver first. */
  returnedBy: readonly string[];
}

/** What happens next in a dispute, in order; each step needs the one before to have failed. */
export const DISPUTE_STEPS = ['meeting', 'opinion', 'leadDecision'] as const;
export type DisputeStep = (typeof DISPUTE_STEPS)[number];

/**
 * The dispute over an incident, or null: it opens with the second return by another body. A lead decision made after the
 * last return closes it; a further return by a third body opens it again.
 */
export function disputeOf(returns: readonly ReturnRecord[], leadDecidedAt: Date | null): Dispute | null {
  const first = returns[0];
  if (first === undefined) return null;
  const second = returns.find((r) => r.bodyId !== first.bodyId);
  if (second === undefined) return null;
  const last = returns[returns.length - 1]!;
  if (leadDecidedAt !== null && leadDecidedAt.getTime() >= last.at.getTime()) return null;
  return { since: second.at, coordinatorBodyId: first.bodyId, returnedBy: [...new Set(returns.map((r) => r.bodyId))] };
}

/** Whether the lead of an incident may be set by an analyst: not while it is disputed (R21; NT19 Art.19 "必要时可由本级政府办公室确定牵头部门"). */
export function mayName(role: 'analyst' | 'leadDecider', dispute: Dispute | null): boolean {
  return dispute === null || role === 'leadDecider';
}

/** The step after `done` steps: meeting called by network office or government office, opinion of organisation office and justice bureau, decision. */
export function nextDisputeStep(done: readonly DisputeStep[]): DisputeStep | null {
  return DISPUTE_STEPS.find((step) => !done.includes(step)) ?? null;
}

/** Returns and upheld returns by body (an undecided one counts as not upheld). */
export function countReturns(
  returns: readonly ReturnRecord[],
): ReadonlyMap<string, { returns: number; upheld: number }> {
  const counts = new Map<string, { returns: number; upheld: number }>();
  for (const { bodyId, upheld } of returns) {
    const count = counts.get(bodyId) ?? { returns: 0, upheld: 0 };
    counts.set(bodyId, { returns: count.returns + 1, upheld: count.upheld + (upheld === true ? 1 : 0) });
  }
  return counts;
}
