import type { FeaturePolicy, ItemFeatures, ItemFigure } from './features.js';
import { type ClusterCandidate, profileWords } from './profile.js';

/** How items join clusters; the numbers stand in `config/clustering.yaml`. */
export interface ClusterPolicy extends FeaturePolicy {
  /** Score from which an item joins. */
  confirmScore: number;
  /** Score from which a cluster is suggested to a person. */
  suggestScore: number;
  /** Words that are not generic and that item and representative must share to join. */
  minSharedSpecific: number;
  /** Hours between an item and the nearest item of a cluster: of a dated event, of a standing matter. */
  eventWindowHours: number;
  matterWindowHours: number;
  /** The longer of the two: how far back clusters are read. */
  maxWindowHours: number;
  placeBonus: number;
  figureBonus: number;
  /** Taken off where both name places and none agrees; then an item is at most suggested. */
  placePenalty: number;
  /** How much closer another cluster must be to be taken before one of twice its size. */
  sizePreference: number;
  maxLearnedItems: number;
  priorItems: number;
}

export type ClusterReason =
  | { kind: 'wording'; score: number; words: string[] }
  | { kind: 'place'; agrees: boolean; places: string[] }
  | { kind: 'figures'; labels: string[] }
  | { kind: 'time'; hours: number; windowHours: number }
  | { kind: 'held'; why: 'genericWordsOnly' | 'otherPlace' | 'struckOff' };

export interface ClusterDecision {
  decision: 'join' | 'suggest' | 'new';
  clusterId?: string;
  /** 0–1. */
  score: number;
  reasons: ClusterReason[];
}

/** The matter of a struck-off incident is told again, as closely as an item that would have joined it: a second wave. */
export const isSecondWave = (decision: ClusterDecision, policy: ClusterPolicy): boolean =>
  decision.decision === 'suggest' &&
  decision.score >= policy.confirmScore &&
  decision.reasons.some((reason) => reason.kind === 'held' && reason.why === 'struckOff');

const HOUR_MS = 3_600_000;

/**
 * The cluster that an item joins, or may belong to, or none. Each cluster is compared as a star: with its representative, never
 * with its latest member. Generic words weigh little and don't count as shared words, so they never suffice alone.
 * Items dated after `now` are judged as of `now`.
 */
export function assignToCluster(
  item: ItemFeatures,
  candidates: readonly ClusterCandidate[],
  policy: ClusterPolicy,
  now: Date,
): ClusterDecision {
  let best: Compared = { decision: 'new', score: 0, preference: 0, reasons: [] };
  const itemNorm = normOf(item.words);
  for (const cluster of candidates) {
    const decision = compare({ item, itemNorm, now }, cluster, policy);
    if (decision !== undefined && isBetter(decision, best)) best = decision;
  }
  const { preference: _, ...decision } = best;
  return decision;
}

/** `preference` settles which of several fitting clusters is taken: the larger one, unless another is clearly closer. */
type Compared = ClusterDecision & { preference: number };

const RANK = { join: 2, suggest: 1, new: 0 } as const;

const isBetter = (a: Compared, b: Compared): boolean =>
  RANK[a.decision] !== RANK[b.decision]
    ? RANK[a.decision] > RANK[b.decision]
    : a.preference !== b.preference
      ? a.preference > b.preference
      : a.clusterId! < (b.clusterId ?? '\uffff') && a.decision !== 'new';

function compare(
  { item, itemNorm, now }: { item: ItemFeatures; itemNorm: number; now: Date },
  cluster: ClusterCandidate,
  policy: ClusterPolicy,
): Compared | undefined {
  const at = item.at > now ? now : item.at;
  const hours =
    Math.max(cluster.firstAt.getTime() - at.getTime(), at.getTime() - cluster.lastAt.getTime(), 0) / HOUR_MS;
  const isEvent = item.event || cluster.representative.event;
  const windowHours = isEvent ? policy.eventWindowHours : policy.matterWindowHours;
  if (hours > windowHours) return undefined;

  const shared = cluster.representative.specific.filter((word) => item.words.has(word));
  const wording = cosine(item.words, itemNorm, profileOf(cluster, policy));
  const reasons: ClusterReason[] = [
    { kind: 'wording', score: round(wording), words: shared.slice(0, 8) },
    { kind: 'time', hours: round(hours), windowHours },
  ];
  let score = wording;
  const common = item.places.filter((place) => cluster.representative.places.some((other) => samePlace(place, other)));
  const bothPlaced = item.places.length > 0 && cluster.representative.places.length > 0;
  const otherPlace = bothPlaced && common.length === 0;
  if (bothPlaced) {
    reasons.push({ kind: 'place', agrees: !otherPlace, places: otherPlace ? [...item.places] : common });
    score += otherPlace ? -policy.placePenalty : policy.placeBonus;
  }
  const figures = agreeingFigures(item.figures, cluster.figures);
  if (figures.length > 0) {
    reasons.push({ kind: 'figures', labels: figures });
    score += policy.figureBonus;
  }
  score = round(Math.min(1, Math.max(0, score)));
  if (score < policy.suggestScore || shared.length === 0) return undefined;

  const held =
    shared.length < policy.minSharedSpecific
      ? ('genericWordsOnly' as const)
      : otherPlace
        ? ('otherPlace' as const)
        : cluster.closedOutAt !== undefined && at > cluster.closedOutAt
          ? ('struckOff' as const)
          : undefined;
  if (held !== undefined) reasons.push({ kind: 'held', why: held });
  const joins = held === undefined && score >= policy.confirmScore;
  const preference = score + policy.sizePreference * Math.log2(Math.min(cluster.size, policy.maxLearnedItems));
  return { decision: joins ? 'join' : 'suggest', clusterId: cluster.id, score, preference, reasons };
}

/** Words of a profile with their norm; a cluster is compared many times between two changes of it. */
const profiles = new WeakMap<ClusterCandidate, { policy: ClusterPolicy; words: Map<string, number>; norm: number }>();

function profileOf(cluster: ClusterCandidate, policy: ClusterPolicy): { words: Map<string, number>; norm: number } {
  const known = profiles.get(cluster);
  if (known?.policy === policy) return known;
  const words = profileWords(cluster, policy);
  const profile = { policy, words, norm: normOf(words) };
  profiles.set(cluster, profile);
  return profile;
}

function cosine(
  item: ReadonlyMap<string, number>,
  itemNorm: number,
  profile: { words: Map<string, number>; norm: number },
): number {
  let dot = 0;
  for (const [word, weight] of item) dot += weight * (profile.words.get(word) ?? 0);
  return dot === 0 ? 0 : dot / (itemNorm * profile.norm);
}

const normOf = (words: ReadonlyMap<string, number>): number => {
  let sum = 0;
  for (const weight of words.values()) sum += weight * weight;
  return Math.sqrt(sum);
};

/** The same place, or one inside the other: by code (320600 holds 320612) or by name (洋口镇 in 如东县洋口镇). */
function samePlace(a: string, b: string): boolean {
  const [x, y] = [a, b].map((place) => (/^\d{6,12}$/.test(place) ? place.replace(/(?:00)+$/, '') : place)) as [
    string,
    string,
  ];
  if (/^\d+$/.test(x) && /^\d+$/.test(y)) return x.startsWith(y) || y.startsWith(x);
  return x.includes(y) || y.includes(x);
}

/** Labels under which both name overlapping figures. Differing figures don't part two items: they grow while an event unfolds. */
function agreeingFigures(a: readonly ItemFigure[], b: readonly ItemFigure[]): string[] {
  const overlap = (p: ItemFigure, q: ItemFigure) => p.min <= (q.max ?? Infinity) && q.min <= (p.max ?? Infinity);
  return [...new Set(a.filter((p) => b.some((q) => p.label === q.label && overlap(p, q))).map((p) => p.label))];
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
