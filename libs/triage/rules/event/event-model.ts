import type { FigureReport } from '../figures/extract-figures.js';
import type { Circumstance, ComputedGrade } from '../grading/grade-model.js';

/** Kinds of text that speak of events without telling of a real and current one. */
export const NEAR_MISSES = [
  'fiction',
  'anniversary',
  'statistics',
  'prevention',
  'ruleText',
  'officialRefutation',
  'question',
  'advert',
  'hypothesis',
] as const;
export type NearMiss = (typeof NEAR_MISSES)[number];

/** `none`: no word of an event at all. `past`: a dated event that is over. */
export type EventKind = 'event' | 'otherPlace' | 'drill' | 'metaphor' | 'rumour' | 'past' | 'none' | NearMiss;

/** Word lists of `config/event-cues.yaml`. */
export interface EventCues {
  currentWithinDays: number;
  /** By event type (the types of the grading tables). */
  events: Record<string, string[]>;
  consequences: string[];
  notices: string[];
  notCues: string[];
  metaphorSubjects: string[];
  metaphorEvents: string[];
  nearMisses: Record<NearMiss, string[]>;
  currentCues: string[];
  hearsay: string[];
  elsewhere: string[];
  circumstances: Record<Circumstance, string[]>;
}

/** A word that counted, with its place in the raw text (end exclusive). */
export interface FoundCue {
  word: string;
  role: 'event' | 'consequence' | 'notice' | 'current' | 'hearsay' | 'nearMiss';
  /** Event type of an event cue, kind of a near-miss. */
  kind: string | null;
  start: number;
  end: number;
}

export interface EventQuestion {
  /** Title and body as they came in. */
  text: string;
  figures: FigureReport;
  publishedAt: Date | null;
  now: Date;
  /** False where the text tells of another place; null where no place was found. */
  isLocal: boolean | null;
  cues: EventCues;
}

export interface EventJudgement {
  /** Tells of an event that happened, wherever and whenever. */
  real: boolean;
  current: boolean;
  kind: EventKind;
  /** Types of Appendix A, and `armed_fight` beside `mass_incident`; the types with most cues first. */
  eventTypes: string[];
  cues: FoundCue[];
  /** A consequence word or a figure of persons, households or loss. */
  hasConsequence: boolean;
  /** The heading of an official first notice. */
  officialNotice: boolean;
  /** The text passes on what others say or calls to spread it: unverified at most (domain 2.2 rule 3). */
  hearsay: boolean;
  declaredGrade: ComputedGrade | null;
  circumstances: Record<Circumstance, boolean>;
}
