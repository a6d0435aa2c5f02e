/** What is known of a handled case, from stored facts only: the same facts give the same score (R39). */
export interface EffectFacts {
  fast: boolean;
  /** Hours from the event (or what the policy starts from) to the first release; null when there is none. */
  firstReleaseHours: number | null;
  elements: Record<'cause' | 'solution' | 'constraints', 'filled' | 'notApplicable' | 'missing'>;
  claims: { total: number; answered: number };
  /** When each question or allegation was made, once a text that carries it. */
  claimTimes: readonly (readonly Date[])[];
  gatesByThree: boolean;
  /** null: the case asked for none. */
  firstReport: 'onTime' | 'late' | 'none' | null;
  severalBodies: boolean;
  wordingAgreed: boolean;
  figuresDiffer: boolean;
  corrected: boolean;
  topLeaderSpoke: boolean;
  verification: 'onTime' | 'late' | 'none';
  handling: 'onTime' | 'late' | 'none';
  rectified: boolean;
  publicLimitMissed: boolean;
  /** Instants of what came in, and whether the text doubts. */
  items: readonly { at: Date; doubting: boolean }[];
  statements: readonly { id: string; publishedAt: Date }[];
  asOf: Date;
}

export interface Step {
  withinHours: number;
  points: number;
}

export interface EffectWeights {
  version: string;
  time: { fast: readonly Step[]; other: readonly Step[] };
  content: { element: number; claims: number };
  procedure: { review: number; firstReport: number; wording: number; topLeader: number };
  effect: { volume: number; doubt: number; noSecondWave: number };
  feedback: { verification: number; handling: number; rectified: number };
  secondWaveShare: number;
  grounds: Readonly<Record<string, readonly string[]>>;
}

export interface ScoreLine {
  part: 'time' | 'content' | 'procedure' | 'effect' | 'feedback';
  item: string;
  points: number;
  maximum: number;
  /** What it was judged by; numbers that a screen or a sheet prints. */
  facts: Record<string, number | string | null>;
}

export interface StatementEffect {
  id: string;
  publishedAt: Date;
  itemsBefore: number;
  itemsAfter: number;
  /** Hours in which half of the items of the 48 h before (counted back) or after came in; null without items. */
  halfLifeBeforeHours: number | null;
  halfLifeAfterHours: number | null;
  doubtBefore: number | null;
  doubtAfter: number | null;
  /** Questions and allegations made in the 48 h before, and how many of them were made again in the 48 h after. */
  claimsBefore: number;
  claimsRepeated: number;
}

export interface EffectResult {
  score: number;
  lines: ScoreLine[];
  statements: StatementEffect[];
  peakPerHour: number;
  lastDayPerHour: number;
  secondWave: boolean;
  missingElements: string[];
  /** Grounds of accountability that the facts suggest, with the facts; a person decides. */
  proposedGrounds: { ground: string; signs: string[] }[];
}
