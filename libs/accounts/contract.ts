import type { Scope } from '#platform/database/scope.js';
import type { Actor } from '#platform/ledger/ledger.js';
import { DomainError } from '#kernel/error.js';

/** Everything that can be allowed. Which duty carries which permission is data: `config/duties.yaml`. */
export const PERMISSIONS = [
  'incident.read',
  'incident.decide',
  'incident.assign',
  'item.read',
  'item.enter',
  'clock.read',
  'clock.pause',
  'stamp.correct',
  'assignment.acknowledge',
  'assignment.return',
  'assignment.verify',
  'assignment.report',
  'return.decide',
  'leadDecision.make',
  'statement.draft',
  'statement.review',
  'statement.approve',
  'statement.publish',
  'evidence.file',
  'evidence.second',
  'channel.register',
  'channel.confirm',
  'conference.manage',
  'firstReport.file',
  'firstReport.receive',
  'disposition.decide',
  'closeOut.rectify',
  'closeOut.accept',
  'closeOut.strikeOff',
  'escalation.read',
  'escalation.remind',
  'escalation.supervise',
  'escalation.refer',
  'escalation.answer',
  'source.read',
  'source.manage',
  'standard.manage',
  'import.run',
  'hotline.push',
  'ledger.read',
  'ledger.verify',
  'report.read',
  'report.freeze',
  'report.object',
  'directory.read',
  'directory.manage',
  'account.manage',
  'token.manage',
  'policy.read',
  'rules.test',
  'model.manage',
  'deadLetter.manage',
  'noticeChannel.manage',
  'personalData.reveal',
  'bigScreen.read',
  'preferences.write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The duties that a person can hold (domain, Appendix A). A duty is always held somewhere: in a body or in a jurisdiction. */
export const DUTIES = [
  'analyst',
  'shift_leader',
  'spokesperson',
  'liaison',
  'drafter',
  'competent_reviewer',
  'secrecy_reviewer',
  'approver',
  'body_head',
  'gov_office',
  'supervision',
  'discipline',
  'hotline_operator',
  'statistician',
  'auditor',
  'administrator',
] as const;
export type Duty = (typeof DUTIES)[number];

/** A duty that is in force now, with what it allows where it is held. */
export interface HeldDuty {
  duty: Duty;
  bodyId: string | null;
  jurisdiction: string;
  /** What the duty lets see: every case of the jurisdiction, or those in which the body takes part. */
  sees: 'jurisdiction' | 'body';
  permissions: ReadonlySet<Permission>;
  /** The holder acts for this person, who holds the same duty. */
  deputyFor?: { userId: string; displayName: string };
}

/** Entries that this library writes to the ledger. `subjectId` is the user, or the token. No entry carries a secret. */
export const ACCOUNT_EVENTS = {
  signedIn: 'session.opened',
  signInRefused: 'session.refused',
  signedOut: 'session.closed',
  sessionsRevoked: 'session.revoked',
  accountCreated: 'account.created',
  accountDisabled: 'account.disabled',
  accountEnabled: 'account.enabled',
  passwordSet: 'account.passwordSet',
  dutyGranted: 'duty.granted',
  dutyEnded: 'duty.ended',
  tokenCreated: 'token.created',
  tokenRevoked: 'token.revoked',
} as const;

/** Who calls: a signed-in person, or a machine with a token that acts for one. */
export interface Caller {
  userId: string;
  username: string;
  displayName: string;
  kind: 'user' | 'token';
  duties: HeldDuty[];
  /** Of a machine token: the one source that it may deliver for. */
  sourceId?: string;
  /** The union over all duties; of a token, only what its scopes name. */
  permissions: ReadonlySet<Permission>;
  /** What the caller's transactions see. Never made by hand. */
  scope: Scope;
  /** How the caller stands in the ledger: with the duty that allowed the present call, and the request. */
  actor: Actor;
}

/** True when the caller holds a duty with this permission in this very body (a spokesperson acts for the own body only). */
export function mayInBody(caller: Caller, permission: Permission, bodyId: string): boolean {
  return (
    caller.permissions.has(permission) &&
    caller.duties.some((held) => held.bodyId === bodyId && held.permissions.has(permission))
  );
}

/** Refuses with 403 `NOT_IN_THIS_BODY` what `mayInBody` denies. */
export function requireInBody(caller: Caller, permission: Permission, bodyId: string): void {
  if (!mayInBody(caller, permission, bodyId))
    throw new DomainError('NOT_IN_THIS_BODY', 403, 'this needs a duty held in the body that it is about', {
      permission,
      bodyId,
    });
}

/** What a decision is about: a case of a place, and the body that it concerns, if any. */
export interface CasePlace {
  jurisdiction: string;
  bodyId: string | null;
}

/**
 * Refuses with 403 `OUT_OF_REACH` a decision on a case by somebody whose duty with the permission is held neither over its
 * place nor in the body that it concerns: a body that only takes part sees the case and doesn't decide it.
 */
export function requireOnCase(caller: Caller, permission: Permission, place: CasePlace): void {
  const covers = (held: HeldDuty) =>
    held.sees === 'jurisdiction'
      ? place.jurisdiction.startsWith(held.jurisdiction.replace(/(00)+$/, ''))
      : held.bodyId !== null && held.bodyId === place.bodyId;
  if (
    !caller.permissions.has(permission) ||
    !caller.duties.some((held) => held.permissions.has(permission) && covers(held))
  )
    throw new DomainError('OUT_OF_REACH', 403, 'this needs a duty held over the place or in the body of the case', {
      permission,
    });
}

/** Ids of the bodies in which the caller holds the permission. */
export function bodiesWith(caller: Caller, permission: Permission): string[] {
  if (!caller.permissions.has(permission)) return [];
  const ids = caller.duties.flatMap((held) =>
    held.bodyId !== null && held.permissions.has(permission) ? [held.bodyId] : [],
  );
  return [...new Set(ids)];
}
