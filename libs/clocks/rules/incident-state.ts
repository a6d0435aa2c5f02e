import type { WorkingCalendar } from '#kernel/calendar.js';
import type {
  ClockFlag,
  EntryOf,
  GradeBasis,
  Heat,
  HistoryEntry,
  IncidentGrade,
  IncidentHistory,
  Refusal,
  Stamp,
} from '../contract.js';
import type { ClockRule, PackVersion, PolicyPack } from '../policy/contract.js';
import type { ClockDraft } from './clock-draft.js';
import type { AcceptedEvidence } from './judge-evidence.js';

export type Stamps = IncidentHistory['stamps'];

export interface Assignment {
  id: string;
  body: string;
  role: 'lead' | 'co';
  dispatchedAt: Stamp;
  /** Counted like a lead's order: it was one before a merge. */
  keepsDues?: boolean;
  /** The instant at which another body took over. */
  endedAt: number | null;
}

/** What an incident brings when it is merged into another one. */
export interface Contribution {
  id: string;
  grade: IncidentGrade | null;
  basis: GradeBasis;
  stamps: Stamps;
}

/** Everything that the rules of changes read and write while the history is walked through. */
export interface IncidentState {
  readonly incidentId: string;
  readonly pack: PolicyPack;
  /** The versions of the pack that were in force at the start, by class; found once and then frozen. */
  versions: { fast?: PackVersion | null; other?: PackVersion | null };
  readonly fastFrom: IncidentGrade;
  readonly calendar: WorkingCalendar;
  readonly evidence: readonly AcceptedEvidence[];
  opened: boolean;
  closed: boolean;
  stamps: Stamps;
  grade: IncidentGrade | null;
  basis: GradeBasis;
  heat: Heat | null;
  /** null until the first grade. */
  fast: boolean | null;
  gradedAt: number | null;
  children: Map<string, Contribution>;
  mergedInto: string | null;
  assignments: Assignment[];
  drafts: ClockDraft[];
  /** A casualty figure inside the window that no grade has followed yet. */
  lateCasualtyAt: number | null;
  acceptedReturns: { at: number; entryId: string; assignmentId: string; body: string }[];
  lostWithWrongBodyMs: number;
  refusals: Refusal[];
  flags: ClockFlag[];
}

export type Handler<Type extends HistoryEntry['type']> = (state: IncidentState, entry: EntryOf<Type>) => void;

const ORDER: readonly IncidentGrade[] = ['I', 'II', 'III', 'IV', 'none', 'unknown'];
const rank = (grade: IncidentGrade) => ORDER.indexOf(grade);

export const isFastGrade = (state: IncidentState, grade: IncidentGrade | null): boolean =>
  grade !== null && rank(grade) <= rank(state.fastFrom) && rank(grade) <= rank('IV');

/** The strictest grade of the incident and of those merged into it (domain 3.8 "strictest policy wins"). */
export function strictestGrade(state: IncidentState): { grade: IncidentGrade | null; basis: GradeBasis } {
  let best: { grade: IncidentGrade | null; basis: GradeBasis } = { grade: state.grade, basis: state.basis };
  for (const child of state.children.values()) {
    if (child.grade === null) continue;
    if (best.grade === null || rank(child.grade) < rank(best.grade)) best = { grade: child.grade, basis: child.basis };
  }
  return best;
}

/** The earliest of each stamp of the incident and of those merged into it ("earliest start wins"). */
export function earliestStamps(state: Pick<IncidentState, 'stamps' | 'children'>): Stamps {
  const all = [state.stamps, ...[...state.children.values()].map((child) => child.stamps)];
  const earliest = (name: keyof Stamps): Stamp | null =>
    all
      .map((stamps) => stamps[name])
      .reduce((best, stamp) => (best === null || (stamp !== null && stamp.at < best.at) ? stamp : best), null);
  return {
    eventOccurredAt: earliest('eventOccurredAt'),
    firstPublicAt: earliest('firstPublicAt'),
    detectedAt: earliest('detectedAt'),
  };
}

/** The last generation of a clock; undefined when it never was. */
export const latestOf = (state: IncidentState, key: string): ClockDraft | undefined =>
  state.drafts.findLast((draft) => draft.key === key);

export const refuse = (state: IncidentState, entry: HistoryEntry, action: Refusal['action'], reason: string): void => {
  state.refusals.push({ at: entry.at, entryId: entry.entryId, action, reason });
};

/** Public rules are those in force at the start of the fast clocks or of the 48 hours; inner rules those at detection. */
export const rulesOfRing = (state: IncidentState, ring: 'public' | 'inner'): readonly ClockRule[] =>
  (versionFor(state, ring === 'public' && state.fast === true ? 'fast' : 'other')?.rules ?? []).filter(
    (rule) => rule.ring === ring,
  );

/** The pack in force at the case's start counts (domain 3.8); null where none was in force yet. */
export function versionFor(state: IncidentState, kind: 'fast' | 'other'): PackVersion | null {
  const frozen = state.versions[kind];
  if (frozen !== undefined) return frozen;
  const { eventOccurredAt, firstPublicAt, detectedAt } = earliestStamps(state);
  const event = eventOccurredAt ?? firstPublicAt ?? detectedAt;
  const inForce = (start: Stamp | null) =>
    state.pack.versions.find(
      ({ effectiveFrom, effectiveTo }) =>
        start !== null && (effectiveFrom ?? -Infinity) <= start.at && start.at < (effectiveTo ?? Infinity),
    );
  // An event older than every text is still answered by the pack of the day that found it.
  const found = (kind === 'fast' ? inForce(event) : undefined) ?? inForce(detectedAt ?? event) ?? null;
  state.versions[kind] = found;
  if (found === null)
    state.flags.push({ code: 'noPolicyInForce', at: (detectedAt ?? event)?.at ?? 0, subject: state.pack.id });
  return found;
}
