import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let loaded: Jieba | undefined;

/** The dictionary (60 MB), loaded at first use, once a process. */
export function dictionary(): Jieba {
  loaded ??= Jieba.withDict(dict);
  return loaded;
}

/** Words of a text in order, from the dictionary alone. */
export const segmentWords = (text: string): string[] => dictionary().cut(text, false);
