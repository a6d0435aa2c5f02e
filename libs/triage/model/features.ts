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
}

const PRIME = 0x01000193;
const WORD_SEED = 0x811c9dc5;
const BIGRAM_SEED = 0x3c6ef372;
const CHARACTER_SEED = 0x1b873593;
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
  const { minCharacters, maxCharacters } = options;
  for (let start = 0; start < text.length && maxCharacters > 0; start++) {
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
