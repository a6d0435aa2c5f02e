import { segmentWords } from './segment.js';
import { normaliseText } from './text.js';

/** A text to learn from or to judge: running text, subject and text, or words that were segmented elsewhere. */
export interface TextRow {
  text?: string | null;
  subject?: string | null;
  /** Words, as a list or separated by blanks. */
  tokens?: string | string[] | null;
}

/** Which features are drawn from a text. */
export interface FeatureOptions {
  words: boolean;
  wordBigrams: boolean;
  /** Character n-grams from `minCharacters` to `maxCharacters` long; 0 as maximum: none. */
  minCharacters: number;
  maxCharacters: number;
  /** Marks of the manner of writing (length, punctuation, links …) and of where the text begins and ends. */
  shape: boolean;
}

const PRIME = 0x01000193;
const WORD_SEED = 0x811c9dc5;
const BIGRAM_SEED = 0x3c6ef372;
const CHARACTER_SEED = 0x1b873593;
const SHAPE_SEED = 0x51ed270b;
const BLANK = /^\s+$/u;

/** Final avalanche: neighbouring n-grams must not fall into neighbouring slots. */
function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function absorb(hash: number, word: string): number {
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), PRIME);
  return hash;
}

/** The words and the running text of a row. */
function readRow(row: TextRow): { words: string[]; text: string } {
  if (row.tokens !== undefined && row.tokens !== null) {
    const joined = Array.isArray(row.tokens) ? row.tokens.join(' ') : row.tokens;
    const words = normaliseText(joined)
      .split(/\s+/u)
      .filter((word) => word !== '');
    return { words, text: words.join('') };
  }
  const subject = row.subject ?? '';
  const text = normaliseText(subject === '' ? (row.text ?? '') : `${subject}。${row.text ?? ''}`);
  return { words: segmentWords(text), text };
}

/** Calls `visit` with the 32-bit hash of each occurrence of each feature. */
export function visitFeatures(row: TextRow, options: FeatureOptions, visit: (hash: number) => void): void {
  const { words, text } = readRow(row);
  if (options.words || options.wordBigrams) visitWords(words, options, visit);
  if (options.shape) visitShape(text, visit);
  if (options.maxCharacters > 0) visitCharacters(options.shape ? withEdges(text) : text, options, visit);
}

/** Begin, end and blanks as characters of their own, so that n-grams can tell a first word from one in the middle. */
function withEdges(text: string): string {
  return `\u25b2${text.replace(/\s+/gu, '\u2581')}\u25bc`;
}

function visitCharacters(text: string, options: FeatureOptions, visit: (hash: number) => void): void {
  const { minCharacters, maxCharacters } = options;
  for (let start = 0; start < text.length; start++) {
    let hash = CHARACTER_SEED;
    const end = Math.min(text.length, start + maxCharacters);
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code <= 32) break;
      hash = Math.imul(hash ^ code, PRIME);
      if (at - start + 1 >= minCharacters) visit(finish(hash));
    }
  }
}

/** What is counted for the shape, each up to a bound. */
const SHAPES: readonly { pattern: RegExp; most: number }[] = [
  { pattern: /!/g, most: 5 },
  { pattern: /\?/g, most: 5 },
  { pattern: /\[[^\]]{1,6}\]/g, most: 5 },
  { pattern: /http/g, most: 3 },
  { pattern: /@/g, most: 3 },
  { pattern: /#/g, most: 3 },
  { pattern: /[0-9]+/g, most: 6 },
  { pattern: /[【《“]/g, most: 4 },
  { pattern: /[,。]/g, most: 6 },
  { pattern: /[a-z]+/g, most: 4 },
];
const MAX_LENGTH_STEP = 12;

/** Steps like a thermometer: "three exclamation marks" has also the features of one and of two. */
function visitShape(text: string, visit: (hash: number) => void): void {
  const step = (shape: number, count: number) => {
    for (let at = 0; at <= count; at++) visit(finish(Math.imul(SHAPE_SEED + shape * 977 + at * 31, PRIME)));
  };
  step(0, Math.min(MAX_LENGTH_STEP, Math.floor(Math.log2(text.length + 1) * 2)));
  SHAPES.forEach(({ pattern, most }, index) => step(index + 1, Math.min(most, text.match(pattern)?.length ?? 0)));
}

function visitWords(words: string[], options: FeatureOptions, visit: (hash: number) => void): void {
  let previous = 0;
  for (const word of words) {
    if (BLANK.test(word)) continue;
    const hash = absorb(WORD_SEED, word);
    if (options.words) visit(finish(hash));
    if (options.wordBigrams && previous !== 0)
      visit(finish(Math.imul(previous ^ BIGRAM_SEED, PRIME) ^ Math.imul(hash, 0x9e3779b1)));
    previous = hash;
  }
}
