import type { GradeBasis, IncidentGrade } from '../../contract.js';

/** Figures that a row may ask for; loss in 10 000 yuan, `waterSourceLevel` 1 township, 2 county, 3 city and above. */
export const AMOUNT_NAMES = [
  'deaths',
  'seriousInjured',
  'injured',
  'illOrSerious',
  'ill',
  'deathsAndMissing',
  'trapped',
  'inDanger',
  'lossWan',
  'evacuated',
  'crowd',
  'households',
  'hours',
  'blockedHours',
  'waterSourceLevel',
  'provincesHit',
] as const;
export type AmountName = (typeof AMOUNT_NAMES)[number];

/** Circumstances that change the row: a school or site, a major event, a public place. */
export const CIRCUMSTANCES = ['school', 'majorEvent', 'publicPlace'] as const;
export type Circumstance = (typeof CIRCUMSTANCES)[number];

/** How sure the row is: N seen in the document, M from memory of the field, L one locality's practice, J judgement. */
export type Standing = 'N' | 'M' | 'L' | 'J';

export type ComputedGrade = 'I' | 'II' | 'III' | 'IV';

/** `from` is inclusive, `above` and `below` are exclusive. */
export interface Bounds {
  from?: number;
  above?: number;
  below?: number;
}

export interface GradingRow {
  id: string;
  grade: ComputedGrade;
  standing?: Standing;
  /** A person looks at the case although the row decides. */
  review: boolean;
  only?: string[];
  not?: string[];
  when: Partial<Record<AmountName, Bounds>> & Partial<Record<Circumstance, true>>;
}

export interface GradingTable {
  id: string;
  title: string;
  document: string;
  article: string;
  dated: string | null;
  standing: Standing;
  /** Shown beside the proposal, never part of it. */
  advisory: boolean;
  /** First two digits of the division code in which the table holds; absent = everywhere. */
  provinces?: string[];
  exceptProvinces?: string[];
  eventTypes: string[];
  rows: GradingRow[];
}

/** A figure: its sure lower and possible upper bound; `max: null` is open upwards. */
export type Amount = number | { min: number; max: number | null };

/** What is known of an event. A figure that is absent is unknown, not zero. */
export interface GradeFacts {
  eventTypes: readonly string[];
  deaths?: Amount | undefined;
  seriousInjured?: Amount | undefined;
  /** All injured, or those of unspecified kind. */
  injured?: Amount | undefined;
  /** Dead and injured, not separated. */
  casualties?: Amount | undefined;
  missing?: Amount | undefined;
  trapped?: Amount | undefined;
  inDanger?: Amount | undefined;
  lossWan?: Amount | undefined;
  evacuated?: Amount | undefined;
  ill?: Amount | undefined;
  crowd?: Amount | undefined;
  households?: Amount | undefined;
  hours?: Amount | undefined;
  blockedHours?: Amount | undefined;
  waterSourceLevel?: Amount | undefined;
  provincesHit?: Amount | undefined;
  school?: boolean | undefined;
  majorEvent?: boolean | undefined;
  publicPlace?: boolean | undefined;
  /** Grade that an authority named. */
  declared?: ComputedGrade | undefined;
}

/** A row that the figures reach. `unit`: persons, households, hours, wanYuan or level. */
export interface MatchedRow {
  table: string;
  row: string;
  grade: ComputedGrade;
  figure: AmountName;
  value: number;
  unit: string;
  basis: Exclude<GradeBasis, 'declared'>;
  document: string;
  article: string;
  standing: Standing;
}

export interface GradeProposal {
  confirmed: IncidentGrade;
  potential: IncidentGrade;
  proposal: IncidentGrade;
  basis: GradeBasis;
  /** The fast clocks start, or start more strongly, because of potential figures only. */
  provisional: boolean;
  /** Neither the confirmed figures nor an authority's word make the case fast, the potential figures do. */
  fastFromPotential: boolean;
  /** An authority named another grade than the figures give. */
  contradiction: boolean;
  /** Rows reached, the highest grade first. */
  matched: MatchedRow[];
  /** Rows of other localities, for information. */
  advisory: MatchedRow[];
  /** A person has to look whatever the proposal: a gap of the table, or a row that is only judgement or local practice. */
  review: boolean;
  /** Why there is no grade. */
  reason: 'noFigures' | 'noNationalRow' | null;
}
