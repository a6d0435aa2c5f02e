import type { IncidentState } from '#triage/contract.js';
import {
  type ClosingEvidence,
  type DispositionKind,
  type KnownTransfer,
  missingEvidence,
  type PublishedStatement,
} from './dispositions.js';

/** Fix, accept, strike off (整改一项、验收一项、销号一项; HZ21 三(三), R58), in this order. */
export const CLOSE_OUT_STEPS = ['rectified', 'accepted', 'struckOff'] as const;
export type CloseOutStep = (typeof CLOSE_OUT_STEPS)[number];

/** Who took a step. */
export interface StepRecord {
  by: string;
  name: string;
  duty: string | null;
  at: string;
  note: string;
}
export type StepRecords = Partial<Record<CloseOutStep, StepRecord>>;

/** What is missing before an incident can be closed, by kind of disposition; empty when nothing is. */
export function missingForCloseOut(
  dispositions: readonly { kind: DispositionKind; evidence: ClosingEvidence }[],
  {
    published,
    transfers,
    openActs,
  }: {
    published: readonly PublishedStatement[];
    transfers: readonly KnownTransfer[];
    openActs: readonly string[];
  },
): Record<string, readonly string[]> {
  if (dispositions.length === 0) return { disposition: ['undecided'] };
  const missing: Record<string, readonly string[]> = {};
  for (const { kind, evidence } of dispositions) {
    const gaps = missingEvidence(kind, evidence, published, transfers);
    if (gaps.length > 0) missing[kind] = gaps;
  }
  if (openActs.length > 0) missing['publicClocks'] = [...new Set(openActs)];
  return missing;
}

export type CloseOutRefusal = 'OWN_ITEM' | 'SAME_PERSON' | 'SAME_ROLE';

/** Each step is another person's and another role's, and the owner strikes off nothing of its own (R58). */
export function refuseStep(
  step: CloseOutStep,
  actor: { id: string; duty: string | null; inLeadBody: boolean },
  earlier: StepRecords,
): CloseOutRefusal | null {
  if (step !== 'rectified' && actor.inLeadBody) return 'OWN_ITEM';
  const before = CLOSE_OUT_STEPS.slice(0, CLOSE_OUT_STEPS.indexOf(step)).flatMap((name) => earlier[name] ?? []);
  if (before.some((record) => record.by === actor.id)) return 'SAME_PERSON';
  if (before.some((record) => record.duty !== null && record.duty === actor.duty)) return 'SAME_ROLE';
  return null;
}

/** Who looks at a step that was taken: whoever takes the next one may send it back instead (验收不合格). */
export const NEXT_LOOK: Partial<Record<IncidentState, CloseOutStep>> = { rectified: 'accepted', accepted: 'struckOff' };

/** The state that a step leads to has the step's name. */
export const stateOfStep = (step: CloseOutStep): IncidentState => step;
