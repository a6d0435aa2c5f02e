import type { AssignmentState } from './assignment-states.js';

/** Why a link doesn't sign: each is told on the page, and nothing changes. */
export type SignLinkFault = 'unknown' | 'used' | 'expired' | 'withdrawn' | 'signed' | 'otherBody';

export interface SignLinkFacts {
  link: { bodyId: string; expiresAt: Date; usedAt: Date | null } | undefined;
  order: { bodyId: string; state: AssignmentState; endedAt: Date | null; acknowledgedAt: Date | null } | undefined;
}

/**
 * The fault of a link, or null when it may sign. A used one is used whatever has become of the order; an order that was signed for in
 * another way is signed; the instant of expiry is too late.
 */
export function signLinkFault({ link, order }: SignLinkFacts, now: Date): SignLinkFault | null {
  if (link === undefined || order === undefined) return 'unknown';
  if (link.usedAt !== null) return 'used';
  if (order.bodyId !== link.bodyId) return 'otherBody';
  if (order.endedAt !== null) return 'withdrawn';
  if (order.acknowledgedAt !== null) return 'signed';
  if (order.state !== 'dispatched') return 'withdrawn';
  return now >= link.expiresAt ? 'expired' : null;
}
