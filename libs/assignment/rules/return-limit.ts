import type { ReturnCode } from './routing/types.js';

/** Grounds for giving an order back (domain 5.2): other level, other place, other duty, in a legal procedure, duplicate, too little known. */
export const RETURN_CODES: Readonly<Record<ReturnCode, string>> = {
  R1: '非本级',
  R2: '非本地',
  R3: '非职责',
  R4: '已进入法定程序',
  R5: '重复件',
  R6: '信息不足',
};

/** Minutes from dispatch within which a body may return; the pack carries them (`returnLimits`). */
export interface ReturnLimits {
  fastMinutes: number;
  otherMinutes: number;
}

export interface ReturnRequest {
  bodyId: string;
  code: ReturnCode;
  legalBasis: string | null;
  proposedBodyId: string | null;
}

export interface OrderToReturn {
  dispatchedAt: Date;
  /** Whether fast clocks run for the incident. */
  fast: boolean;
  /** Bodies that have already returned this incident, whether or not that was upheld. */
  returnedBy: readonly string[];
}

export type ReturnRefusal =
  | 'AFTER_RETURN_LIMIT'
  | 'RETURNED_BEFORE'
  | 'NO_LEGAL_BASIS'
  | 'NO_PROPOSED_BODY'
  | 'UNKNOWN_PROPOSED_BODY'
  | 'PROPOSES_ITSELF';

/** Last instant at which the order may be returned; that instant itself is in time. */
export function returnDueAt(order: Pick<OrderToReturn, 'dispatchedAt' | 'fast'>, limits: ReturnLimits): Date {
  return new Date(order.dispatchedAt.getTime() + (order.fast ? limits.fastMinutes : limits.otherMinutes) * 60_000);
}

/**
 * Why a return is refused, or null if it may be judged. Clocks go on meanwhile. R3 needs the legal basis and the body that
 * ought to have it; each body returns an incident once.
 */
export function refuseReturn(
  request: ReturnRequest,
  order: OrderToReturn,
  now: Date,
  policy: { limits: ReturnLimits; bodyExists: (bodyId: string) => boolean },
): ReturnRefusal | null {
  if (now.getTime() > returnDueAt(order, policy.limits).getTime()) return 'AFTER_RETURN_LIMIT';
  if (order.returnedBy.includes(request.bodyId)) return 'RETURNED_BEFORE';
  const proposed = request.proposedBodyId;
  if (request.code === 'R3') {
    if ((request.legalBasis ?? '').trim() === '') return 'NO_LEGAL_BASIS';
    if (proposed === null) return 'NO_PROPOSED_BODY';
  }
  if (proposed === null) return null;
  if (proposed === request.bodyId) return 'PROPOSES_ITSELF';
  return policy.bodyExists(proposed) ? null : 'UNKNOWN_PROPOSED_BODY';
}
