import path from 'node:path';
import { ConfigError } from '#kernel/error.js';
import { buildBodies } from './build-bodies.js';
import { buildGazetteer } from './build-gazetteer.js';
import { checkBodies, checkDuplicates, checkKeys, checkTree } from './check-city.js';
import {
  type BodyTypeData,
  type CityPack,
  catalogueSchema,
  citySchema,
  type SharedMatterData,
  sharedMattersSchema,
} from './city-schema.js';
import { withLine } from './config-line.js';
import type { Body, BodyType, CityDirectory, Jurisdiction, SharedMatter } from './contract.js';
import { leadingCharacters } from './rules/leading-characters.js';
import { type Hint, resolvePlace } from './rules/resolve-place.js';
import { readYaml } from './yaml-file.js';

/**
 * Loads one city: catalogue, shared matters and the city's pack, checked as a whole. `configDir` is the configuration
 * folder. Throws `ConfigError` that names file, line and path for: unknown code, duplicate, cycle, a shared matter whose lead
 * also assists, a body that no rule can reach.
 */
export function loadCity(configDir: string, cityId: string): CityDirectory {
  return withLine(() => loadChecked(configDir, cityId));
}

function loadChecked(configDir: string, cityId: string): CityDirectory {
  const files = {
    catalogue: path.join(configDir, 'bodies', 'catalogue.yaml'),
    matters: path.join(configDir, 'bodies', 'disputes.yaml'),
    city: path.join(configDir, 'cities', `${cityId}.yaml`),
  };
  const pack = readYaml(files.city, citySchema);
  const catalogue = readYaml(files.catalogue, catalogueSchema).bodies;
  const shared = readYaml(files.matters, sharedMattersSchema);
  checkDuplicates(catalogue, files.catalogue);
  const generic = pack.unitLevel === 'none' ? catalogue.filter((t) => pack.bodies.city?.includes(t.code)) : catalogue;
  const types = typesOf([...generic, ...pack.bodies.types], pack);
  checkDuplicates(
    [...generic.filter((t) => !pack.bodies.types.some((own) => own.code === t.code)), ...pack.bodies.types],
    files.city,
  );

  const jurisdictions = jurisdictionsOf(pack, files.city);
  checkTree(jurisdictions, files.city);
  const bodies = buildBodies(pack, types, jurisdictions, files.city);
  const standIns = new Map(Object.entries(pack.bodies.standIns));
  const root = jurisdictions.get(pack.code)!;
  const bodyFor = finder(bodies, jurisdictions, standIns);
  const general = pack.unitLevel === 'none' ? { matters: [], lastResort: [] } : shared;
  checkKeys([...pack.matters, ...general.matters, ...general.lastResort], files.matters);
  const sharedMatters = [
    ...pack.matters.map((m) => compileMatter(m, types, files.city)),
    ...general.matters.map((m) => compileMatter(m, types, files.matters)),
  ];
  const lastResort = general.lastResort.map((m) => compileMatter(m, types, files.matters));
  checkBodies({ pack, types, bodies, standIns, bodyFor }, files.city);

  const index = {
    gazetteer: buildGazetteer(pack),
    root,
    jurisdictions,
    above: [pack.province, ...(pack.prefecture === null ? [] : [pack.prefecture])],
    sayings: pack.sayings,
    hasUnits: pack.unitLevel !== 'none',
    hints: new Map<string, Hint>(),
  };
  return {
    id: cityId,
    name: pack.name,
    policy: pack.policy,
    root,
    unitLevel: pack.unitLevel,
    jurisdictions,
    bodies,
    types,
    sharedMatters,
    lastResort,
    standIns,
    roles: pack.roles,
    cityNames: [pack.name, ...pack.short],
    numberPrefix: pack.numberPrefix,
    bodyFor,
    resolvePlace: (text, context) => resolvePlace(text, context, index),
  };
}

function typesOf(data: readonly BodyTypeData[], pack: CityPack): Map<string, BodyType> {
  const types = new Map<string, BodyType>();
  for (const t of data) {
    const local = pack.bodies.local
      .filter((l) => l.code === t.code)
      .flatMap((l) => [...(l.short === undefined ? [] : [l.short.replace(/^市/u, '')]), ...l.aliases]);
    const names = [...new Set([t.names.official, ...t.names.short, ...t.names.former, ...local])].filter(
      (n) => n.length >= 2,
    );
    types.set(t.code, {
      code: t.code,
      kind: t.kind,
      names,
      duty: t.duty,
      regulator: t.regulator,
      strong: t.strong,
      weak: t.weak,
    });
  }
  if (pack.bodies.townOffices)
    types.set('TOWN', {
      code: 'TOWN',
      kind: 'town',
      names: [],
      duty: '镇街属地处置',
      regulator: null,
      strong: [],
      weak: [],
    });
  return types;
}

function jurisdictionsOf(pack: CityPack, file: string): Map<string, Jurisdiction> {
  const rootLevel = pack.unitLevel === 'town' ? 'county' : pack.unitLevel === 'none' ? 'province' : 'city';
  const list: Jurisdiction[] = [
    { code: pack.code, name: pack.name, level: rootLevel, parent: null },
    ...pack.counties.map((c) => ({ code: c.code, name: c.name, level: c.level, parent: c.parent ?? pack.code })),
  ];
  const map = new Map<string, Jurisdiction>();
  for (const jurisdiction of list) {
    // A second entry of a code would silently replace the first.
    if (map.has(jurisdiction.code))
      throw new ConfigError(file, `counties: code ${jurisdiction.code} stands twice (${jurisdiction.name})`);
    map.set(jurisdiction.code, jurisdiction);
  }
  return map;
}

function finder(
  bodies: ReadonlyMap<string, Body>,
  jurisdictions: ReadonlyMap<string, Jurisdiction>,
  standIns: ReadonlyMap<string, string>,
) {
  // Asked for many times a message, always for the same few places and codes.
  const known = new Map<string, Map<string, Body | undefined>>();
  const find = (jurisdiction: string, code: string): Body | undefined => {
    for (const wanted of [code, standIns.get(code)])
      for (
        let at: string | null = wanted === undefined ? null : jurisdiction;
        at !== null;
        at = jurisdictions.get(at)?.parent ?? null
      ) {
        const body = bodies.get(`${at}-${wanted}`);
        if (body !== undefined) return body;
      }
    return undefined;
  };
  return (jurisdiction: string, code: string): Body | undefined => {
    const here = known.get(jurisdiction) ?? new Map<string, Body | undefined>();
    if (here.size === 0 && jurisdictions.has(jurisdiction)) known.set(jurisdiction, here);
    if (here.has(code)) return here.get(code);
    const body = find(jurisdiction, code);
    here.set(code, body);
    return body;
  };
}

function compileMatter(matter: SharedMatterData, types: ReadonlyMap<string, BodyType>, file: string): SharedMatter {
  const where = `matters.${matter.id}`;
  for (const code of [matter.lead, ...matter.co.map((c) => c.code)])
    if (!types.has(code) && code !== 'TOWN') throw new ConfigError(file, `${where}: unknown body code ${code}`);
  if (matter.co.some((c) => c.code === matter.lead))
    throw new ConfigError(file, `${where}: ${matter.lead} leads and assists at once`);
  const compile = (pattern: string) => {
    try {
      return new RegExp(pattern, 'u');
    } catch (error) {
      throw new ConfigError(file, `${where}: ${(error as Error).message}`);
    }
  };
  return {
    id: matter.id,
    label: matter.label,
    all: matter.all.map(compile),
    none: matter.none === null ? null : compile(matter.none),
    needs: matter.all.map((pattern) => leadingCharacters(pattern)).filter((needed) => needed !== null),
    lead: matter.lead,
    co: matter.co,
  };
}
