import type { Category } from '../../contract.js';

/** The categories that carry scores; "suspected" is a state of C7, not a score of its own. */
export const SCORED = ['C5', 'C7', 'C6', 'C3', 'C4', 'C1', 'C2', 'SR', 'NONE'] as const;
export type Scored = (typeof SCORED)[number];

/** Kinds of a citizen's request; null when the item is not one. */
export const REQUEST_KINDS = [
  'consultation',
  'help',
  'complaint',
  'report',
  'suggestion',
  'praise',
  'followUp',
  'other',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Words that speak for or against categories; see config/categories/cues.yaml. */
export interface CueGroup {
  id: string;
  about: string;
  scores: Partial<Record<Scored, number>>;
  more: Partial<Record<Scored, number>>;
  /** Distinct words that count at most. */
  most: number;
  /** Only words that begin before this position count; null: everywhere. */
  within: number | null;
  /** The group does not count beside any of these groups. */
  voidedBy: string[];
  words: string[];
  patterns: string[];
}

/** What a category must show at least; without it the score falls by `otherwise`. */
export interface EvidenceNeed {
  category: Scored;
  anyOf: string[];
  otherwise: number;
}

export interface CueThresholds {
  abstainBelow: number;
  tieWithin: number;
  secondaryAbove: number;
  withoutConsequence: number;
  hearsayAlone: number;
  singleRequest: number;
  clusterSize: number;
}

/** The whole of cues.yaml. */
export interface CueTables {
  version: number;
  groups: CueGroup[];
  tags: { id: string; label: string; words: string[] }[];
  requestKinds: { kind: RequestKind; words: string[] }[];
  evidence: EvidenceNeed[];
  thresholds: CueThresholds;
}

/** Why a decision came out as it did; `start` and `end` are positions in the text as it came in (UTF-16 units). */
export interface CategoryReason {
  rule: string;
  cue: string;
  start: number;
  end: number;
}

/** The decision about one item. Everything in it is a proposal. */
export interface CategoryDecision {
  primary: Category;
  secondary: Category[];
  scores: Record<Scored, number>;
  /** True when even the best score is weak: a person should look. */
  abstained: boolean;
  tags: string[];
  reasons: CategoryReason[];
  relevant: boolean;
  requestKind: RequestKind | null;
}
