/** An order of the lead, as far as it says who has the case. */
export interface LeadOrder {
  bodyId: string;
  dispatchedAt: Date;
  endedAt: Date | null;
  /** Ended because the work was done, not because it was returned or passed on. */
  completed: boolean;
}

/** A return that was asked for: the case lies with whoever judges it. */
export interface ReturnSpan {
  from: Date;
  to: Date | null;
}

/** A dispute: the first receiver coordinates until the lead is named (首接负责). */
export interface DisputeSpan extends ReturnSpan {
  coordinatorBodyId: string;
}

export interface HolderFacts {
  detectedAt: Date;
  closedAt: Date | null;
  /** Who has a case that nobody is assigned to. */
  ownerBodyId: string;
  leads: readonly LeadOrder[];
  returns: readonly ReturnSpan[];
  disputes: readonly DisputeSpan[];
}

export type HolderReason = 'unassigned' | 'lead' | 'returnJudged' | 'dispute' | 'closing';

export interface HolderSpan {
  bodyId: string;
  reason: HolderReason;
  from: Date;
  to: Date;
  minutes: number;
}

const MS_A_MINUTE = 60_000;

/**
 * Who held a case for how long, from detection to close-out or now, without gap and without overlap. A dispute goes before a return, a
 * return before the order; where no order runs, the owner of the line has it.
 */
export function holdersOf(facts: HolderFacts, now: Date): HolderSpan[] {
  const start = facts.detectedAt.getTime();
  const end = Math.max(start, (facts.closedAt ?? now).getTime());
  const edges = [
    start,
    end,
    ...facts.leads.flatMap((order) => [order.dispatchedAt, order.endedAt]),
    ...[...facts.returns, ...facts.disputes].flatMap(({ from, to }) => [from, to]),
  ]
    .map((edge) => (edge instanceof Date ? edge.getTime() : edge))
    .filter((edge): edge is number => edge !== null && edge >= start && edge <= end);
  const cuts = [...new Set(edges)].sort((a, b) => a - b);
  const spans: HolderSpan[] = [];
  for (const [at, from] of cuts.slice(0, -1).entries()) {
    const to = cuts[at + 1]!;
    const holder = holderAt(facts, from);
    const last = spans.at(-1);
    if (last?.bodyId === holder.bodyId && last.reason === holder.reason) last.to = new Date(to);
    else spans.push({ ...holder, from: new Date(from), to: new Date(to), minutes: 0 });
  }
  for (const span of spans) span.minutes = (span.to.getTime() - span.from.getTime()) / MS_A_MINUTE;
  return spans;
}

function holderAt(facts: HolderFacts, at: number): { bodyId: string; reason: HolderReason } {
  const runs = ({ from, to }: ReturnSpan) => from.getTime() <= at && at < (to?.getTime() ?? Infinity);
  const dispute = facts.disputes.find(runs);
  if (dispute !== undefined) return { bodyId: dispute.coordinatorBodyId, reason: 'dispute' };
  if (facts.returns.some(runs)) return { bodyId: facts.ownerBodyId, reason: 'returnJudged' };
  const lead = facts.leads.findLast((order) => runs({ from: order.dispatchedAt, to: order.endedAt }));
  if (lead !== undefined) return { bodyId: lead.bodyId, reason: 'lead' };
  const handled = facts.leads.some(
    (order) => order.completed && order.endedAt !== null && order.endedAt.getTime() <= at,
  );
  return { bodyId: facts.ownerBodyId, reason: handled ? 'closing' : 'unassigned' };
}

/** How often the case went from one lead to another: 0 = never, each further lead counts one. */
export function pingPongOf(leads: readonly LeadOrder[]): number {
  const inOrder = [...leads].sort((a, b) => a.dispatchedAt.getTime() - b.dispatchedAt.getTime());
  return inOrder.filter((order, at) => at > 0 && order.bodyId !== inOrder[at - 1]!.bodyId).length;
}
