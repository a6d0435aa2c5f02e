import type { Caller, Permission } from '#accounts/contract.js';
import { jurisdictionPattern } from '#platform/database/scope.js';

/** What is of use to everybody who is signed in: reference data. */
export const EVERYBODY = 'everybody';
/** What concerns accounts, tokens and sessions. */
export const ADMINISTRATION = 'administration';

/** What a socket must be allowed to read for hints of a topic to be worth sending. */
const CASE_PERMISSION: Permission = 'incident.read';
const INTAKE_PERMISSION: Permission = 'item.read';
/** Lengths of jurisdiction codes without their zeros: province, city, county, town, village. */
const PREFIX_LENGTHS = [0, 2, 4, 6, 9, 12];

/** The rooms of a caller: its places and bodies, for cases and for intake, as far as its duties allow to read them. */
export function roomsOf(caller: Caller): string[] {
  const rooms = new Set([EVERYBODY]);
  if (caller.permissions.has('account.manage')) rooms.add(ADMINISTRATION);
  for (const held of caller.duties)
    for (const [kind, permission] of [
      ['case', CASE_PERMISSION],
      ['intake', INTAKE_PERMISSION],
    ] as const) {
      if (!held.permissions.has(permission) || !caller.permissions.has(permission)) continue;
      if (held.sees === 'jurisdiction') rooms.add(placeRoom(kind, jurisdictionPattern(held.jurisdiction).slice(0, -1)));
      else if (held.bodyId !== null && kind === 'case') rooms.add(bodyRoom(held.bodyId));
    }
  return [...rooms];
}

/** The rooms that may hear of a thing in a jurisdiction, in which bodies take part: the same rule as the scope of a transaction. */
export function audienceOf(kind: 'case' | 'intake', jurisdiction: string, bodyIds: readonly string[]): string[] {
  const places = PREFIX_LENGTHS.filter((length) => length <= jurisdiction.length).map((length) =>
    placeRoom(kind, jurisdiction.slice(0, length)),
  );
  return [...places, ...bodyIds.map(bodyRoom)];
}

const placeRoom = (kind: string, prefix: string): string => `${kind}:place:${prefix}`;
const bodyRoom = (id: string): string => `case:body:${id}`;
