import type { Category } from '../../contract.js';
import {
  type CategoryDecision,
  type CategoryReason,
  type CueTables,
  type CueThresholds,
  type EvidenceNeed,
  REQUEST_KINDS,
  type RequestKind,
  SCORED,
  type Scored,
} from './cue-tables.js';
import { adjustmentInputs, applyAdjustment, type CueAdjustment } from './adjustment.js';
import { applyCategoryRules } from './category-rules.js';
import { countedHits, type CueHit, type CueMatcher } from './match-cues.js';

/** What is known of an item beside its text. */
export interface CategoryInput {
  text: string;
  /** Kind of the source (`hotline`, `weibo`, `website` …). */
  sourceKind: string;
  /** Who speaks: individual, local, city, central, official. */
  sourceRank: string;
  event?: {
    /** Messages about the same matter, this one included. */
    clusterSize?: number;
    /** What a named body found about the claim; null or absent: nothing yet. */
    finding?: 'true' | 'partly' | 'false' | 'unknown' | null;
    /** The item says itself that it is an exercise. */
    drill?: boolean;
  };
  /** Where it happens, as far as the gazetteer could tell. */
  place?: { ours: boolean; name?: string };
}

/** What judges beside the rules: margins of the learned model, above 0 where it says yes. */
export interface CategoryModel {
  scores(text: string): Record<string, number>;
}

export interface CategoryTools {
  cues: CueMatcher;
  model: CategoryModel;
  thresholds: CueThresholds;
  /** What the office's own history says about the cues; absent until it has labelled enough. */
  adjustment?: CueAdjustment;
}

/** What the rules work on; they change `scores` and add to `reasons`. */
export interface CategoryDraft {
  input: CategoryInput;
  thresholds: CueThresholds;
  evidence: readonly EvidenceNeed[];
  hits: Map<string, CueHit[]>;
  scores: Record<Scored, number>;
  reasons: CategoryReason[];
  relevant: boolean;
}

/**
 * Proposes the category of one item with reasons (domain rules 2.2). Pure given cues and model. Never throws for any
 * text: an empty or foreign one is NONE with a reason.
 */
export function classifyItem(input: CategoryInput, tools: CategoryTools): CategoryDecision {
  const hits = tools.cues.match(input.text);
  const learned = tools.model.scores(input.text);
  const scores = Object.fromEntries(SCORED.map((label) => [label, learned[label] ?? -1])) as Record<Scored, number>;
  const draft: CategoryDraft = {
    input,
    thresholds: tools.thresholds,
    evidence: tools.cues.tables.evidence,
    hits,
    scores,
    reasons: [],
    relevant: true,
  };
  addCueScores(draft, tools.cues.tables);
  applyCategoryRules(draft);
  if (tools.adjustment !== undefined) {
    applyAdjustment(scores, tools.adjustment, adjustmentInputs(tools.cues.tables, hits));
    draft.reasons.push({ rule: 'history', cue: 'cue weights adjusted to own labels', start: 0, end: 0 });
  }
  const best = choose(scores, tools.thresholds.tieWithin);
  draft.reasons.push({ rule: 'model', cue: strongest(learned), start: 0, end: 0 });
  const primary: Category = best === 'C7' ? (input.event?.finding === 'false' ? 'C7' : 'C7-suspected') : best;
  const secondary = SCORED.filter(
    (label) => label !== best && label !== 'NONE' && label !== 'SR' && scores[label] >= tools.thresholds.secondaryAbove,
  ).map((label): Category => (label === 'C7' ? 'C7-suspected' : label));
  return {
    primary,
    secondary,
    scores,
    abstained: scores[best] < tools.thresholds.abstainBelow,
    tags: tools.cues.tables.tags.filter((tag) => hits.has(`tag:${tag.id}`)).map((tag) => tag.id),
    reasons: draft.reasons,
    relevant: draft.relevant && primary !== 'NONE',
    requestKind: requestKind(hits, primary, input.sourceKind),
  };
}

function addCueScores(draft: CategoryDraft, tables: CueTables): void {
  if (draft.hits.size === 0) return;
  for (const group of tables.groups) {
    const hits = draft.hits.get(`group:${group.id}`);
    if (hits === undefined) continue;
    const counted = countedHits(group, hits);
    if (counted.length === 0 || group.voidedBy.some((other) => draft.hits.has(`group:${other}`))) continue;
    for (const label of SCORED)
      draft.scores[label] += (group.scores[label] ?? 0) + (counted.length - 1) * (group.more[label] ?? 0);
    for (const hit of counted) draft.reasons.push({ rule: `cue.${group.id}`, ...hit });
  }
}

/** The best score; among those that are about as good the order of `SCORED` decides (domain rule 2.2 no. 1). */
function choose(scores: Record<Scored, number>, tieWithin: number): Scored {
  const top = Math.max(...SCORED.map((label) => scores[label]));
  return SCORED.find((label) => scores[label] >= top - tieWithin)!;
}

function strongest(learned: Record<string, number>): string {
  const [best] = Object.entries(learned).sort((a, b) => b[1] - a[1]);
  return best === undefined ? 'none' : `${best[0]} ${best[1].toFixed(2)}`;
}

/** The kind of a request, for what citizens send to the hotline and its kin; null for what is not a request. */
function requestKind(hits: Map<string, CueHit[]>, primary: Category, sourceKind: string): RequestKind | null {
  const asked = primary === 'SR' || sourceKind === 'hotline' || hits.has('group:letter');
  if (!asked) return null;
  const order: RequestKind[] = ['followUp', 'praise', 'report', 'suggestion', 'complaint', 'consultation', 'help'];
  return order.find((kind) => REQUEST_KINDS.includes(kind) && hits.has(`request:${kind}`)) ?? 'other';
}
