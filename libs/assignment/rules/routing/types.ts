import type { PlaceHow, PlaceResolution } from '#directory/contract.js';

export type RuleId = 'A1' | 'A2' | 'A3' | 'A4' | 'A5' | 'A6' | 'A7' | 'A8' | 'A9' | 'A10' | 'A11' | 'A12';
export type ReturnCode = 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6';

/** Word → code of a body → what past assignments add to its score. */
export type LearntScores = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What is known of a matter when a body is proposed for it. */
export interface RoutingInput {
  text: string;
  /** Area field of a hotline order (strong hint). */
  hotlineArea?: string | null;
  /** Region of the source (default place). */
  feedRegion?: string | null;
  /** Hotline orders on the topic within 24 hours; absent for public items. */
  clusterSize?: number;
  /** Returns so far in order; `body` is a body id or a code. */
  returns?: readonly { body: string; code: ReturnCode; proposedBody?: string }[];
  /** Categories C1–C7, C7-suspected, SR. */
  categories?: readonly string[];
  eventTypes?: readonly string[];
  /** Proposed grade I–IV. */
  grade?: string | null;
  /** Scores that were learnt from past assignments; they move matters, never rules. */
  learnt?: LearntScores;
  /** Decides which bodies exist (validFrom, validTo). */
  now: Date;
}

export interface Party {
  bodyId: string;
  code: string;
}

export interface CoResponder extends Party {
  /** What it does, in Chinese. */
  task: string;
}

/** A word of the text that spoke for a body; UTF-16 offsets, `end` exclusive. `weight` 3 strong or name, 1 weak. */
export interface MatchedWord {
  word: string;
  start: number;
  end: number;
  code: string;
  weight: number;
}

export interface Candidate {
  code: string;
  score: number;
}

/** A proposal; a named person confirms it. */
export interface RoutingProposal {
  rule: RuleId;
  /** All rules that hold, the deciding one first. */
  rules: readonly RuleId[];
  jurisdiction: { code: string | null; chain: readonly string[]; how: PlaceHow; alternatives: readonly string[] };
  /** null = no dispatch (A12). With A11 the queue's body: no department is assigned. */
  lead: Party | null;
  coResponders: readonly CoResponder[];
  /** Bodies that are informed. */
  copies: readonly Party[];
  /** Propaganda and network office, which coordinate every case (NT19 Art.19). */
  coordinators: readonly Party[];
  /** The first receiver, who coordinates while a dispute is open (首接负责). */
  coordinator: Party | null;
  /** Why, in Chinese. */
  sentence: string;
  matched: readonly MatchedWord[];
  /** Codes that were considered, best first, without the lead. */
  rejected: readonly (Candidate & { why: string })[];
  /** For A11: what a person may confirm. */
  suggestion: Party | null;
  disputed: boolean;
  /** Code of the office that must name the lead; null = none needed. */
  leadDecisionBy: string | null;
  /** False while a hotline order is still a mere service request. */
  opinionCase: boolean;
  /** Key of the shared matter that decided, or null. */
  sharedMatter: string | null;
}

/** What the rules look at: the text after places and words were found. */
export interface Facts {
  input: RoutingInput;
  place: PlaceResolution;
  matched: readonly MatchedWord[];
  /** Best first; the lead of a shared matter carries a bonus. */
  candidates: readonly Candidate[];
  /** Codes named by their own name in the text. */
  named: readonly NamedBody[];
  sharedMatter: {
    id: string;
    label: string;
    lead: string;
    co: readonly { code: string; task: string }[];
    lastResort: boolean;
  } | null;
}

export interface NamedBody {
  code: string;
  start: number;
  end: number;
  /** `city` when the text says that it is the city's (市X局). */
  level: 'city' | 'unknown';
}

/** What a rule decides; the rest is filled in from directory and facts. */
export interface Decision {
  rule: RuleId;
  /** null = no dispatch. */
  leadCode: string | null;
  /** `unit`: body of the place; `root`: body of the city. */
  at: 'unit' | 'root';
  co?: readonly { code: string; task: string; at?: 'unit' | 'root' }[];
  copies?: readonly string[];
  leadDecisionBy?: string;
  sentence: string;
}
