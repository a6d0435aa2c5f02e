/** What kind of organisation a body is; `town` and `division` are made by city packs, the others stand in the catalogue. */
export type BodyKind = 'party' | 'government' | 'vertical' | 'enterprise' | 'group' | 'town' | 'division';

export type JurisdictionLevel = 'province' | 'city' | 'county' | 'zone' | 'town';

/** A place that has a government (属地). `code` has 6 digits, towns have 9. */
export interface Jurisdiction {
  code: string;
  name: string;
  level: JurisdictionLevel;
  parent: string | null;
}

/** One responding body (回应主体); `id` = `<jurisdiction>-<code>`, e.g. `990121-ENV`. Dates are `YYYY-MM-DD`, null = open. */
export interface Body {
  id: string;
  code: string;
  jurisdiction: string;
  level: JurisdictionLevel;
  kind: BodyKind;
  name: string;
  shortName: string;
  /** Body that stands above it in the tree; null for the government office of the root. */
  parent: string | null;
  /** Body that supervises an enterprise. */
  regulator: string | null;
  duty: string;
  validFrom: string | null;
  validTo: string | null;
}

/** A generic kind of body with the words by which its matters are known. */
export interface BodyType {
  code: string;
  kind: BodyKind;
  names: readonly string[];
  duty: string;
  regulator: string | null;
  strong: readonly string[];
  weak: readonly string[];
}

/** A matter that several bodies share and its usual split. All groups of `all` must be hit (any pattern of a group), none of `none`. */
export interface SharedMatter {
  id: string;
  label: string;
  all: readonly RegExp[];
  none: RegExp | null;
  /** One character of each of these sets must be in the text, or no pattern can fit: a cheap look before a dear one. */
  needs: readonly ReadonlySet<string>[];
  lead: string;
  co: readonly { code: string; task: string }[];
}

/** Codes that play a part in the rules; a city names them once. */
export interface DirectoryRoles {
  /** Propaganda and network office: coordinate every case (NT19 Art.19). */
  coordinators: readonly string[];
  /** Names the lead where needed (NT19 Art.19). */
  leadDecider: string;
  /** Keeps what nobody can be found for. */
  queue: string;
  discipline: string;
  /** Supervision office (督查室): issues 督办 and refers 问责 (NT19 Art.20). */
  supervision: string;
  /** Receive the transfer of false information. */
  rumourTransfer: readonly string[];
}

export type PlaceHow = 'text' | 'hotlineArea' | 'feedRegion' | 'deployment' | 'ambiguous';
export type PlaceScope = 'unit' | 'city' | 'several' | 'acrossCities' | 'outside';

export interface PlaceContext {
  /** Area field of a hotline order: a strong hint. */
  hotlineArea?: string | null;
  /** Region of the source: the default of the document. */
  feedRegion?: string | null;
}

/** A place name found in the text, with UTF-16 offsets. `codes` are jurisdictions of the city, empty = elsewhere. */
export interface PlaceMention {
  word: string;
  start: number;
  end: number;
  codes: readonly string[];
}

export interface PlaceResolution {
  /** Code of the jurisdiction; null = outside the city. */
  code: string | null;
  scope: PlaceScope;
  how: PlaceHow;
  /** Names from province downwards. */
  chain: readonly string[];
  /** The units involved: one for `unit`, at least two for `several`. */
  units: readonly string[];
  alternatives: readonly string[];
  mentions: readonly PlaceMention[];
  /** Whether the text itself names the city or a part of it. */
  named: boolean;
}

/** Bodies, places and routing data of one installation; immutable after loading. */
export interface CityDirectory {
  id: string;
  name: string;
  /** Default clock pack. */
  policy: string;
  root: Jurisdiction;
  /** `county`: counties are the units of rules A2 and A3; `town`: towns are, their matters stay with bodies of the root. */
  unitLevel: 'county' | 'town' | 'none';
  jurisdictions: ReadonlyMap<string, Jurisdiction>;
  bodies: ReadonlyMap<string, Body>;
  types: ReadonlyMap<string, BodyType>;
  sharedMatters: readonly SharedMatter[];
  /** Looked at only where neither a word nor a shared matter speaks. */
  lastResort: readonly SharedMatter[];
  /** Code of the catalogue → code that does its work here. */
  standIns: ReadonlyMap<string, string>;
  roles: DirectoryRoles;
  /** Short and official names of the root, for recognising "市X局". */
  cityNames: readonly string[];
  /** Begins the numbers of orders, urgings and statements (文号). */
  numberPrefix: string;
  /** The body for a code at a jurisdiction, else at the next one above that has it; undefined if the city has none. */
  bodyFor(jurisdiction: string, code: string): Body | undefined;
  resolvePlace(text: string, context: PlaceContext): PlaceResolution;
}
