/** One occurrence of a word: UTF-16 offsets, `end` exclusive. */
export interface WordHit<T> {
  start: number;
  end: number;
  word: string;
  value: T;
}

interface TrieNode<T> {
  next: Map<number, TrieNode<T>> | null;
  word: string | null;
  value: T | null;
}

/**
 * Finds known words in a text in one pass: a trie entered through a table of first characters, so that most positions
 * cost one look-up. At each position the longest word counts.
 */
export class WordMatcher<T> {
  /** By first character. Of full length from the start: a sparse array would be a hash table. */
  private readonly first = new Array<TrieNode<T> | undefined>(0x1_00_00);

  constructor(words: Iterable<readonly [string, T]>) {
    for (const [word, value] of words) this.add(word, value);
  }

  private add(word: string, value: T): void {
    if (word === '') return;
    const head = word.charCodeAt(0);
    let node = (this.first[head] ??= { next: null, word: null, value: null });
    for (let i = 1; i < word.length; i++) {
      node.next ??= new Map();
      const code = word.charCodeAt(i);
      let child = node.next.get(code);
      if (child === undefined) node.next.set(code, (child = { next: null, word: null, value: null }));
      node = child;
    }
    node.word = word;
    node.value = value;
  }

  /** The longest word that begins exactly at `start`, or null. */
  longestAt(text: string, start: number): WordHit<T> | null {
    let node = this.first[text.charCodeAt(start)];
    let found: WordHit<T> | null = null;
    let at = start + 1;
    while (node !== undefined) {
      if (node.word !== null) found = { start, end: at, word: node.word, value: node.value as T };
      if (at >= text.length || node.next === null) break;
      node = node.next.get(text.charCodeAt(at++));
    }
    return found;
  }

  /** Left to right, longest first, without overlaps: how a reader cuts place names. */
  cut(text: string): WordHit<T>[] {
    const hits: WordHit<T>[] = [];
    for (let at = 0; at < text.length;) {
      const hit = this.longestAt(text, at);
      if (hit === null) at++;
      else {
        hits.push(hit);
        at = hit.end;
      }
    }
    return hits;
  }

  /** All longest words, without those that lie wholly inside another; partial overlaps stay. In order of their start. */
  find(text: string): WordHit<T>[] {
    const hits: WordHit<T>[] = [];
    let covered = 0;
    for (let at = 0; at < text.length; at++) {
      if (this.first[text.charCodeAt(at)] === undefined) continue;
      const hit = this.longestAt(text, at);
      if (hit === null || hit.end <= covered) continue;
      covered = hit.end;
      hits.push(hit);
    }
    return hits;
  }
}
