import { ConfigError } from '#kernel/error.js';
import type { CityPack } from './city-schema.js';
import type { Body, BodyType, Jurisdiction } from './contract.js';

/**
 * The bodies of a city: catalogue kinds at the root and in each county as the pack says, then its local entries, which
 * refine or add. Parents: the lead decider's office of the same place; that office's parent is the one above.
 */
export function buildBodies(
  pack: CityPack,
  types: ReadonlyMap<string, BodyType>,
  jurisdictions: ReadonlyMap<string, Jurisdiction>,
  file: string,
): Map<string, Body> {
  const generic = [...types.values()].filter((t) => t.kind !== 'town' && t.kind !== 'division').map((t) => t.code);
  const present = (only: readonly string[] | undefined, not: readonly string[]) =>
    (only ?? generic).filter((c) => !not.includes(c));
  for (const code of [
    ...(pack.bodies.city ?? []),
    ...(pack.bodies.county ?? []),
    ...pack.bodies.notInCity,
    ...pack.bodies.notInCounty,
  ])
    if (!types.has(code)) throw new ConfigError(file, `bodies: unknown body code ${code}`);
  const bodies = new Map<string, Body>();
  for (const place of jurisdictions.values()) {
    const codes =
      place.parent === null
        ? present(pack.bodies.city, pack.bodies.notInCity)
        : place.level === 'town'
          ? []
          : present(pack.bodies.county, pack.bodies.notInCounty);
    for (const code of codes) put(bodies, makeBody(place, types.get(code)!));
    if (place.level === 'town' && pack.bodies.townOffices) put(bodies, townOffice(place, types.get('TOWN')!));
  }
  const seen = new Set<string>();
  pack.bodies.local.forEach((local, at) => {
    const where = `bodies.local.${at}`;
    const type = types.get(local.code);
    const place = jurisdictions.get(local.at ?? pack.code);
    if (type === undefined) throw new ConfigError(file, `${where}: unknown body code ${local.code}`);
    if (place === undefined) throw new ConfigError(file, `${where}: unknown jurisdiction ${local.at}`);
    const body = bodies.get(`${place.code}-${local.code}`) ?? makeBody(place, type);
    if (seen.has(body.id)) throw new ConfigError(file, `${where}: ${body.id} stands twice`);
    seen.add(body.id);
    const target = (code: string | undefined) => (code === undefined ? undefined : `${place.code}-${code}`);
    put(bodies, {
      ...body,
      name: local.name ?? body.name,
      shortName: local.short ?? body.shortName,
      parent: target(local.parent) ?? body.parent,
      regulator: target(local.regulator) ?? body.regulator,
      validFrom: local.validFrom,
      validTo: local.validTo,
    });
  });
  linkParents(bodies, pack, jurisdictions);
  return bodies;
}

function put(bodies: Map<string, Body>, body: Body): void {
  bodies.set(body.id, body);
}

function makeBody(place: Jurisdiction, type: BodyType): Body {
  const official = type.names[0]!;
  const shortOfficial = type.names[1] ?? official;
  const mark = place.parent === null ? '市' : place.name;
  return {
    id: `${place.code}-${type.code}`,
    code: type.code,
    jurisdiction: place.code,
    level: place.level,
    kind: type.kind,
    name: `${place.name}${official}`,
    shortName: type.kind === 'division' ? official : `${mark}${shortOfficial}`,
    parent: null,
    regulator: type.regulator === null ? null : `${place.code}-${type.regulator}`,
    duty: type.duty,
    validFrom: null,
    validTo: null,
  };
}

function townOffice(place: Jurisdiction, type: BodyType): Body {
  const name = place.name.endsWith('街道') ? `${place.name}办事处` : `${place.name}人民政府`;
  return { ...makeBody(place, type), name, shortName: place.name };
}

/** Fills what the pack leaves open: an ordinary body stands under the office of its place, that office under the next one above. */
function linkParents(
  bodies: Map<string, Body>,
  pack: CityPack,
  jurisdictions: ReadonlyMap<string, Jurisdiction>,
): void {
  const office = pack.roles.leadDecider;
  for (const body of bodies.values()) {
    if (body.parent !== null) continue;
    let at: string | null =
      body.code === office ? (jurisdictions.get(body.jurisdiction)?.parent ?? null) : body.jurisdiction;
    while (at !== null && !bodies.has(`${at}-${office}`)) at = jurisdictions.get(at)?.parent ?? null;
    body.parent = at === null ? null : `${at}-${office}`;
  }
}
