import { ConfigError } from '#kernel/error.js';
import type { BodyTypeData, CityPack } from './city-schema.js';
import type { Body, BodyType, Jurisdiction } from './contract.js';

/** No code twice, no name for two kinds of body, no word twice within one kind. */
export function checkDuplicates(types: readonly BodyTypeData[], file: string): void {
  const codes = new Set<string>();
  const owner = new Map<string, string>();
  for (const type of types) {
    const where = `bodies.${type.code}`;
    if (codes.has(type.code)) throw new ConfigError(file, `${where}: code stands twice`);
    codes.add(type.code);
    for (const name of [type.names.official, ...type.names.short, ...type.names.former]) {
      const other = owner.get(name);
      if (other !== undefined && other !== type.code)
        throw new ConfigError(file, `${where}.names: ${name} also names ${other}`);
      owner.set(name, type.code);
    }
    const words = new Set<string>();
    for (const word of [...type.strong, ...type.weak]) {
      if (words.has(word)) throw new ConfigError(file, `${where}: word ${word} stands twice`);
      words.add(word);
    }
  }
}

/** Each shared matter has a key of its own, over the city's pack and the general list. */
export function checkKeys(matters: readonly { id: string }[], file: string): void {
  const seen = new Set<string>();
  for (const { id } of matters) {
    if (seen.has(id)) throw new ConfigError(file, `matters.${id}: stands twice`);
    seen.add(id);
  }
}

/** Each jurisdiction hangs on an existing one and the tree has no cycle. */
export function checkTree(jurisdictions: ReadonlyMap<string, Jurisdiction>, file: string): void {
  for (const place of jurisdictions.values()) {
    const seen = new Set<string>();
    for (let at: string | null = place.code; at !== null;) {
      if (seen.has(at)) throw new ConfigError(file, `counties.${place.code}: cycle through ${[...seen].join(' → ')}`);
      seen.add(at);
      const here = jurisdictions.get(at);
      if (here === undefined) throw new ConfigError(file, `counties.${place.code}: unknown parent ${at}`);
      at = here.parent;
    }
  }
}

interface Loaded {
  pack: CityPack;
  types: ReadonlyMap<string, BodyType>;
  bodies: ReadonlyMap<string, Body>;
  standIns: ReadonlyMap<string, string>;
  bodyFor(jurisdiction: string, code: string): Body | undefined;
}

/** References hold, parents make a tree, roles are filled, and each body has a way to get a case. */
export function checkBodies({ pack, types, bodies, standIns, bodyFor }: Loaded, file: string): void {
  const { coordinators, leadDecider, queue, discipline, supervision, rumourTransfer } = pack.roles;
  for (const [role, codes] of Object.entries({
    coordinators,
    leadDecider: [leadDecider],
    queue: [queue],
    discipline: [discipline],
    supervision: [supervision],
    rumourTransfer,
  }))
    for (const code of codes)
      if (bodyFor(pack.code, code) === undefined)
        throw new ConfigError(file, `roles.${role}: no body ${code} in the city`);
  for (const [from, to] of standIns)
    if (!types.has(from) || !types.has(to)) throw new ConfigError(file, `bodies.standIns.${from}: unknown body code`);
  const inRole = new Set([...coordinators, leadDecider, queue, discipline, supervision, ...rumourTransfer]);
  for (const body of bodies.values()) {
    for (const [field, id] of [
      ['parent', body.parent],
      ['regulator', body.regulator],
    ] as const)
      if (id !== null && !bodies.has(id) && bodyFor(body.jurisdiction, id.split('-')[1]!) === undefined)
        throw new ConfigError(file, `bodies.${body.id}.${field}: unknown body ${id}`);
    if (body.validFrom !== null && body.validTo !== null && body.validTo < body.validFrom)
      throw new ConfigError(file, `bodies.${body.id}: validTo lies before validFrom`);
    const type = types.get(body.code)!;
    if (body.kind !== 'town' && !inRole.has(body.code) && type.strong.length + type.weak.length === 0)
      throw new ConfigError(file, `bodies.${body.id}: no matter word and no role leads to it`);
    walkUp(body, bodies, file);
  }
  for (const code of types.keys())
    if (code !== 'TOWN' && bodyFor(pack.code, code) === undefined && ![...bodies.values()].some((b) => b.code === code))
      throw new ConfigError(file, `bodies: ${code} has neither a body nor a stand-in`);
}

function walkUp(body: Body, bodies: ReadonlyMap<string, Body>, file: string): void {
  const seen = new Set<string>();
  for (let at: Body | undefined = body; at !== undefined; at = at.parent === null ? undefined : bodies.get(at.parent)) {
    if (seen.has(at.id))
      throw new ConfigError(file, `bodies.${body.id}.parent: cycle through ${[...seen].join(' → ')}`);
    seen.add(at.id);
  }
}
