import type { DuplicatePolicy, Fingerprint } from './fingerprint.js';

/** `exact`: the same normalised text. `near`: a copy with small changes. `variant`: the wording of a copy with other figures. */
export type DuplicateKind = 'exact' | 'near' | 'variant';

export interface FoundOriginal {
  itemId: string;
  kind: DuplicateKind;
  /** Share of common shingles, 0–1. */
  similarity: number;
}

export interface KnownText {
  itemId: string;
  fingerprint: Fingerprint;
}

/** A variant is no copy: its figures may be news ("3 dead" became "5 dead"), so it is read on its own. */
export const isCopy = (kind: DuplicateKind): boolean => kind !== 'variant';

/** Judges a text against an earlier one by their shingles, not by the estimate; undefined: not the same text. */
export function judgeDuplicate(
  later: Fingerprint,
  original: Fingerprint,
  policy: DuplicatePolicy,
): Omit<FoundOriginal, 'itemId'> | undefined {
  if (later.length === 0 || original.length === 0) return undefined;
  if (later.sha256 === original.sha256)
    // Punctuation is dropped, so "1.5万元" and "15万元" may meet here; the figures still tell them apart.
    return { kind: saysMore(later, original) ? 'variant' : 'exact', similarity: 1 };
  if (Math.min(later.length, original.length) < policy.minCharacters) return undefined;
  const similarity = jaccard(later.shingles, original.shingles);
  if (similarity < policy.nearSimilarity) return undefined;
  return { kind: saysMore(later, original) ? 'variant' : 'near', similarity };
}

/** The best original among the candidates; equals are settled by the smallest id, which is the oldest. */
export function chooseOriginal(
  print: Fingerprint,
  candidates: Iterable<KnownText>,
  policy: DuplicatePolicy,
): FoundOriginal | undefined {
  let best: FoundOriginal | undefined;
  for (const { itemId, fingerprint } of candidates) {
    const verdict = judgeDuplicate(print, fingerprint, policy);
    if (verdict === undefined) continue;
    const found = { itemId, ...verdict };
    if (best === undefined || order(found, best) < 0) best = found;
  }
  return best;
}

/** Ids of the stored texts whose signatures look alike enough to be read, the most alike first, at most `maxRead`. */
export function worthReading(
  signature: ArrayLike<number>,
  stored: readonly { itemId: string; signature: ArrayLike<number> }[],
  policy: DuplicatePolicy,
): string[] {
  return stored
    .map((row) => ({ itemId: row.itemId, similarity: estimate(signature, row.signature) }))
    .filter((row) => row.similarity >= policy.readSimilarity)
    .sort((a, b) => b.similarity - a.similarity || (a.itemId < b.itemId ? -1 : 1))
    .slice(0, policy.maxRead)
    .map((row) => row.itemId);
}

const RANK: Record<DuplicateKind, number> = { exact: 0, near: 1, variant: 2 };

const order = (a: FoundOriginal, b: FoundOriginal): number =>
  RANK[a.kind] - RANK[b.kind] || b.similarity - a.similarity || (a.itemId < b.itemId ? -1 : 1);

/** A figure that only the later text names; one that it leaves out is no news. */
const saysMore = (later: Fingerprint, original: Fingerprint): boolean =>
  later.figures.some((figure) => !original.figures.includes(figure));

/** Signatures of another length come from another policy and say nothing. */
function estimate(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length === 0 || a.length !== b.length) return 0;
  let equal = 0;
  for (let i = 0; i < a.length; i += 1) if (a[i] === b[i]) equal += 1;
  return equal / a.length;
}

/** Of two sorted sets. */
function jaccard(a: Int32Array, b: Int32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      common += 1;
      i += 1;
      j += 1;
    } else if (a[i]! < b[j]!) i += 1;
    else j += 1;
  }
  return common / (a.length + b.length - common);
}
