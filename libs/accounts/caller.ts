import type { Purpose, Scope } from '#platform/database/scope.js';
import type { Actor } from '#platform/ledger/ledger.js';
import type { Caller, HeldDuty, Permission } from './contract.js';

/** A person or token as the stores give it, with the duties that are in force. */
export interface Identity {
  userId: string;
  username: string;
  displayName: string;
  kind: Caller['kind'];
  /** Of a token: the ledger names it beside the person for whom it acts. */
  token?: { id: string; name: string; scopes: readonly Permission[]; sourceId: string | null };
  duties: HeldDuty[];
}

/** The caller of an identity: permissions are the union over the duties, of a token only what its scopes name as well. */
export function callerOf(identity: Identity): Caller {
  const { token } = identity;
  const allowed = new Set(identity.duties.flatMap((held) => [...held.permissions]));
  const permissions = token === undefined ? allowed : new Set(token.scopes.filter((scope) => allowed.has(scope)));
  return {
    userId: identity.userId,
    username: identity.username,
    displayName: identity.displayName,
    kind: identity.kind,
    duties: identity.duties,
    ...(token?.sourceId == null ? {} : { sourceId: token.sourceId }),
    permissions,
    scope: scopeOf(identity.duties, 'case'),
    actor: actorOf(identity, undefined, undefined),
  };
}

/**
 * The caller for one call: what its transaction sees comes from the duties that carry the permission and from no other.
 * Who drafts for one body and reads statistics of a whole city can't draft for the whole city.
 */
export function callerFor(
  caller: Caller,
  need: { permission: Permission | undefined; purpose: Purpose; requestId: string },
): Caller {
  const { permission, purpose, requestId } = need;
  const fitting =
    permission === undefined ? caller.duties : caller.duties.filter((held) => held.permissions.has(permission));
  const allowing = permission === undefined ? undefined : fitting[0];
  return {
    ...caller,
    scope: scopeOf(fitting, purpose),
    actor: { ...caller.actor, ...(allowing === undefined ? {} : { duty: dutyName(allowing) }), requestId },
  };
}

/** What duties let see, without repetition and in a fixed order. */
export function scopeOf(duties: readonly HeldDuty[], purpose: Purpose): Scope {
  const jurisdictions = duties.filter((held) => held.sees === 'jurisdiction').map((held) => held.jurisdiction);
  const bodies = duties.flatMap((held) => (held.sees === 'body' && held.bodyId !== null ? [held.bodyId] : []));
  return { purpose, jurisdictions: [...new Set(jurisdictions)].sort(), bodies: [...new Set(bodies)].sort() };
}

/** A duty as the ledger names it; a deputy's names the person for whom it is held. */
const dutyName = (held: HeldDuty): string =>
  held.deputyFor === undefined ? held.duty : `${held.duty} (deputy for ${held.deputyFor.displayName})`;

function actorOf(identity: Identity, duty: string | undefined, requestId: string | undefined): Actor {
  const { token } = identity;
  return {
    kind: identity.kind,
    id: identity.userId,
    name: token === undefined ? identity.displayName : `${identity.displayName} (${token.name})`,
    ...(duty === undefined ? {} : { duty }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
