import type { CivilDay } from '#kernel/calendar.js';
import type { LastDayRule } from '../rules/count-days.js';
import type { OfficeSpan } from '../rules/work-minutes.js';

/** I 特别重大 … IV 一般; none = below every row, unknown = not judged yet. */
export type IncidentGrade = 'I' | 'II' | 'III' | 'IV' | 'none' | 'unknown';
export type Heat = 'I' | 'II' | 'III' | 'IV';
export type StampName = 'eventOccurredAt' | 'firstPublicAt' | 'detectedAt' | 'dispatchedAt';

/** What must be done; never the hours. Acts of ring `duty` (yearly and document-bound duties) are named by their pack. */
export type Act = string;
export type Force = 'target' | 'limit';
export type Form = 'deadline' | 'minimum' | 'recurring' | 'fixedDate';
export type Ring = 'public' | 'inner' | 'duty';
export type Unit = 'millisecond' | 'minute' | 'hour' | 'day' | 'workday' | 'workminute' | 'month' | 'quarter' | 'year';

export interface Amount {
  amount: number;
  unit: Unit;
}

/** Where a number comes from. S seed document, N national or provincial, L local practice elsewhere, M unverified, J judgement. */
export interface Basis {
  document: string;
  article: string;
  flag: 'S' | 'N' | 'L' | 'M' | 'J';
}

export interface AppliesWhen {
  /** fast: graded at or above `fastFrom`; other: everything else. Without it the rule holds for both. */
  class?: 'fast' | 'other';
  heat?: readonly Heat[];
  /** Only for these bodies; for clocks of an assignment. */
  body?: readonly string[];
}

/** One clock of a pack, as data. */
export interface ClockRule {
  id: string;
  label: string;
  act: Act;
  force: Force;
  form: Form;
  /** null for fixed dates. */
  amount: number | null;
  unit: Unit;
  calendar: 'natural' | 'cn-workday' | 'cn-workhours';
  dayRule: 'from-instant' | 'exclude-first-day';
  lastDayRule: LastDayRule;
  /** Stamps in order of preference; for duties the name of the start event. */
  start: readonly string[];
  /** The start is never before the moment of the grade (first report, domain 3.3). */
  notBeforeGrade: boolean;
  stopEvidence: readonly string[];
  owner: string;
  ring: Ring;
  pausable: boolean;
  extendable: { maxCount: number; max: Amount } | null;
  /** Fractions of the time from start to due. */
  warnings: readonly number[];
  appliesWhen: AppliesWhen;
  fixedDates: readonly CivilDay[];
  basis: Basis;
}

/** Terms beside the clocks that the rules of changes read. */
export interface PackTerms {
  officeHours: readonly OfficeSpan[];
  returnLimits: { fast: Amount; other: Amount };
  returnCodes: readonly string[];
  /** Clocks of these acts end for a co-responder this share of the time before the lead's (domain 5.4). */
  coResponders: { marginFraction: number; acts: readonly string[]; basis: Basis };
  pauseGrounds: readonly string[];
  /** Days after the event within which casualties still change the grade (493号 Art.13). */
  casualtyWindowDays: { default: number; byEventType: Readonly<Record<string, number>> };
  /** Patterns of ranks: who counts as the top leader, and whose presence 61号 asks for at a conference. */
  speakers: { topLeader: readonly string[]; attendance: readonly string[]; notTopLeader: readonly string[] };
}

/** The rules in force from `effectiveFrom` (inclusive) to `effectiveTo` (exclusive), epoch milliseconds; null = open. */
export interface PackVersion {
  version: string;
  effectiveFrom: number | null;
  effectiveTo: number | null;
  rules: readonly ClockRule[];
}

export interface PolicyPack {
  id: string;
  label: string;
  /** True for the pack of an invented place. */
  invented: boolean;
  /** The lowest grade that starts the fast clocks. */
  fastFrom: 'I' | 'II' | 'III' | 'IV';
  terms: PackTerms;
  versions: readonly PackVersion[];
}
