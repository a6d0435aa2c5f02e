import { idf } from '@node-rs/jieba/dict.js';
import { dictionary } from './model/segment.js';

/** Cuts texts into words and knows how rare each is in general Chinese. */
export interface Segmenter {
  words(text: string): string[];
  /** Inverse document frequency, about 3 (everyday) to 14 (rare); an unknown word counts as rare. */
  idfOf(word: string): number;
}

/** A word that general texts don't know is a name or local: as telling as the rare ones. */
const UNKNOWN_IDF = 11.5;

/** Unknown "words" that the statistical part makes of function characters ("我于", "分拿证") are chance, not names. */
const CHANCE_IDF = 3;
const FUNCTION_CHARACTERS =
  /[我你他她它您们的了是在有不于请这那已被将未需须所又也都就还很太再得着过没等但而且与及把给让从向到对个为何吗呢啊]/;

let loaded: Segmenter | undefined;

/** Loaded at first use, once a process: dictionary and frequencies take about 100 MB and a second. */
export function segmenter(): Segmenter {
  loaded ??= load();
  return loaded;
}

function load(): Segmenter {
  const jieba = dictionary();
  const frequencies = new Map<string, number>();
  for (const line of Buffer.from(idf).toString('utf8').split('\n')) {
    const space = line.lastIndexOf(' ');
    if (space > 0) frequencies.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  return {
    words: (text) => jieba.cut(text, true),
    idfOf: (word) => frequencies.get(word) ?? (FUNCTION_CHARACTERS.test(word) ? CHANCE_IDF : UNKNOWN_IDF),
  };
}
