import type { ComputationStep } from '../contract.js';
import type { Amount, ClockRule } from '../policy/contract.js';
import type { AcceptedEvidence } from './judge-evidence.js';

/** Where a clock counts from: a stamp with its instant and source. */
export interface ClockStart {
  at: number;
  stamp: string;
  source: string;
  /** Set where the moment of the grade, later than the stamp, is the start. */
  notBeforeGrade: number | null;
}

export type EndState = 'superseded' | 'cancelled' | 'overdueAtUpgrade' | 'notApplicable';

/** A clock while the history is walked through. Instants in epoch milliseconds. */
export interface ClockDraft {
  key: string;
  generation: number;
  rule: ClockRule;
  /** Version of the pack that the rule comes from. */
  policyVersion: string;
  start: ClockStart;
  dueAt: number;
  calendarIncomplete: boolean;
  /** The instant at which the obligation came into being. */
  createdAt: number;
  /** Proofs before this instant don't stop it (make-up release, a report asked for anew). */
  evidenceAfter: number | null;
  body: string | null;
  /** The share of the time by which this clock ends before the lead's; 0 but for a co-responder's feedback. */
  marginFraction: number;
  assignmentId: string | null;
  provisional: boolean;
  ended: { state: EndState; at: number; reason: string } | null;
  pausedSince: number | null;
  pausedMs: number;
  extensions: { at: number; by: Amount; ground: string; approvedBy: string }[];
  /** What happened after the start, printable. */
  moves: ComputationStep[];
  reason: string | null;
}

/** What asks for progress since the last release; an old text once more is none (domain 3.4, R31). */
const NEXT_RELEASES: ReadonlySet<string> = new Set(['continuingRelease', 'promisedRelease']);

/** The first proof that stops a clock, whenever it was filed; undefined when there is none. */
export function stopOf(draft: ClockDraft, evidence: readonly AcceptedEvidence[]): AcceptedEvidence | undefined {
  return evidence.find(
    (proof) =>
      draft.rule.stopEvidence.includes(proof.evidence.kind) &&
      !(proof.evidence.repeats === true && NEXT_RELEASES.has(draft.rule.act)) &&
      (draft.evidenceAfter === null || proof.at > draft.evidenceAfter) &&
      (draft.assignmentId === null || proof.assignmentId === null || proof.assignmentId === draft.assignmentId),
  );
}

/** Still to be done at an instant, and not late yet: on time means stop ≤ due (domain 3.7.4). */
export function isOpenAt(draft: ClockDraft, evidence: readonly AcceptedEvidence[], at: number): boolean {
  if (draft.ended !== null) return false;
  const stop = stopOf(draft, evidence);
  return (stop === undefined || stop.at > at) && (draft.pausedSince !== null || draft.dueAt >= at);
}

/** True when the due had passed at an instant without a proof in time, whatever came later. */
export function isBreachedAt(
  draft: ClockDraft,
  evidence: readonly AcceptedEvidence[],
  at: number,
  dueAt = draft.dueAt,
): boolean {
  const stop = stopOf(draft, evidence);
  return dueAt < at && (stop === undefined || stop.at > dueAt);
}

export function endDraft(draft: ClockDraft, state: EndState, at: number, reason: string): void {
  draft.ended = { state, at, reason };
  draft.pausedSince = null;
}
