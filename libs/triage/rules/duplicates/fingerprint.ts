import { createHash } from 'node:crypto';

/** How near copies are found; the numbers stand in `config/duplicates.yaml`. */
export interface DuplicatePolicy {
  /** Characters of one shingle. */
  shingleCharacters: number;
  bands: number;
  rowsPerBand: number;
  /** Seed of the hash functions; stored bands are comparable only under the same seed. */
  seed: number;
  /** Text beyond this many normalised characters is not read. */
  maxCharacters: number;
  /** A shorter text is a copy only of the very same text. */
  minCharacters: number;
  /** Share of common shingles (Jaccard) from which a text is a near copy. */
  nearSimilarity: number;
  /** Similarity estimated from the signatures from which a stored text is worth reading. */
  readSimilarity: number;
  /** At most so many stored texts are read for one item. */
  maxRead: number;
}

/** What a text is compared by. `bands[i]` is the hash of band i; equal bands make two texts candidates. */
export interface Fingerprint {
  signature: Int32Array;
  bands: Int32Array;
  /** Of the normalised text, hexadecimal. */
  sha256: string;
  /** Normalised characters. */
  length: number;
  /** Sorted, distinct hashes of the shingles. */
  shingles: Int32Array;
  /** Figures of the text (people, households, loss, strength), sorted: a copy whose figures differ says something new. */
  figures: string[];
}

const IGNORED = /[\p{P}\p{S}\p{Z}\p{C}]+/gu;
/** Numbers that grade an event: of people, households, loss, strength. Dates, door and telephone numbers are not among them. */
const FIGURES = /(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)(?=[余多]?[人名位死伤例户万亿元吨级])/gu;

/** The text without what copying changes: width and case of characters, white space, zero-width characters, punctuation, emoji. */
export function normaliseForCopies(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(IGNORED, '');
}

/** MinHash signature and bands of a text (Broder 1997). Same text and policy, same result; empty text has no bands. */
export function fingerprint(text: string, policy: DuplicatePolicy): Fingerprint {
  const characters = [...normaliseForCopies(text)].slice(0, policy.maxCharacters);
  const normalised = characters.join('');
  const shingles = shinglesOf(characters, policy.shingleCharacters);
  const signature = signatureOf(shingles, policy);
  return {
    signature,
    bands: shingles.length === 0 ? new Int32Array(0) : bandsOf(signature, policy),
    sha256: createHash('sha256').update(normalised).digest('hex'),
    length: characters.length,
    shingles,
    figures: (text.normalize('NFKC').match(FIGURES) ?? []).sort(),
  };
}

function shinglesOf(characters: string[], size: number): Int32Array {
  const distinct = new Set<number>();
  const last = Math.max(characters.length - size, characters.length > 0 ? 0 : -1);
  for (let start = 0; start <= last; start += 1) {
    // FNV-1a over the code points.
    let hash = 0x811c9dc5;
    for (const character of characters.slice(start, start + size))
      hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
    distinct.add(mix(hash));
  }
  return Int32Array.from(distinct).sort();
}

/** Avalanche of 32 bits (finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function signatureOf(shingles: Int32Array, policy: DuplicatePolicy): Int32Array {
  const size = policy.bands * policy.rowsPerBand;
  const signature = new Int32Array(size).fill(0x7fffffff);
  for (let row = 0; row < size; row += 1) {
    const key = mix(policy.seed + Math.imul(row + 1, 0x9e3779b1));
    let least = 0x7fffffff;
    for (const shingle of shingles) {
      const hash = mix(shingle ^ key);
      if (hash < least) least = hash;
    }
    signature[row] = least;
  }
  return signature;
}

function bandsOf(signature: Int32Array, { bands, rowsPerBand }: DuplicatePolicy): Int32Array {
  const hashes = new Int32Array(bands);
  for (let band = 0; band < bands; band += 1) {
    let hash = 0x811c9dc5;
    for (let row = 0; row < rowsPerBand; row += 1)
      hash = mix(Math.imul(hash ^ signature[band * rowsPerBand + row]!, 0x01000193));
    hashes[band] = hash;
  }
  return hashes;
}
