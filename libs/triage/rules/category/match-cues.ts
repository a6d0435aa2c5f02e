import type { CueGroup, CueTables } from './cue-tables.js';

/** A word of a group that stands in the text. */
export interface CueHit {
  cue: string;
  start: number;
  end: number;
}

interface TrieNode {
  next: Map<number, TrieNode>;
  /** Numbers of the lists that hold the word which ends here. */
  lists: number[];
}

const MAX_CHARACTERS = 20_000;

/** Control characters, soft hyphen, zero-width characters, direction marks and the byte order mark. */
function isInvisible(code: number): boolean {
  if (code < 32) return code !== 9 && code !== 10 && code !== 13;
  if (code < 0x200b) return code === 0xad;
  if (code <= 0x2064) return code <= 0x200f || (code >= 0x202a && code <= 0x202e) || code >= 0x2060;
  return code === 0xfeff;
}

/** Folds a text for matching (no invisible characters, narrow latin, lower case) and remembers where each unit came from. */
export function foldForCues(text: string): { text: string; origins: Uint32Array } {
  const length = Math.min(text.length, MAX_CHARACTERS);
  const origins = new Uint32Array(length);
  const units = new Uint16Array(length);
  let size = 0;
  for (let at = 0; at < length; at++) {
    let code = text.charCodeAt(at);
    if (isInvisible(code)) continue;
    if (code >= 0xff01 && code <= 0xff5e && code !== 0xff0c && code !== 0xff1b) code -= 0xfee0;
    if (code >= 65 && code <= 90) code += 32;
    units[size] = code;
    origins[size++] = at;
  }
  let folded = '';
  for (let at = 0; at < size; at += 4096)
    folded += String.fromCharCode(...units.subarray(at, Math.min(size, at + 4096)));
  return { text: folded, origins: origins.subarray(0, size) };
}

/** Finds the words of all lists in one walk over the text. Built once from the tables. */
export class CueMatcher {
  private readonly root: TrieNode = { next: new Map(), lists: [] };
  private readonly patterns: { list: number; pattern: RegExp }[] = [];
  private readonly names: string[] = [];
  /** Marks the units with which a word can begin: most positions of a text need no walk. */
  private readonly begins = new Uint8Array(65_536);

  constructor(readonly tables: CueTables) {
    for (const group of tables.groups) {
      this.addList(`group:${group.id}`, group.words);
      for (const pattern of group.patterns)
        this.patterns.push({ list: this.names.length - 1, pattern: new RegExp(pattern, 'g') });
    }
    for (const tag of tables.tags) this.addList(`tag:${tag.id}`, tag.words);
    for (const { kind, words } of tables.requestKinds) this.addList(`request:${kind}`, words);
  }

  private addList(name: string, words: readonly string[]): void {
    const list = this.names.push(name) - 1;
    for (const word of words) {
      this.begins[word.toLowerCase().charCodeAt(0)] = 1;
      let node = this.root;
      for (const unit of word.toLowerCase()) {
        for (let at = 0; at < unit.length; at++) {
          const code = unit.charCodeAt(at);
          let child = node.next.get(code);
          if (child === undefined) node.next.set(code, (child = { next: new Map(), lists: [] }));
          node = child;
        }
      }
      node.lists.push(list);
    }
  }

  /** Distinct words by list name (`group:event`, `tag:finance`, `request:help`), each at its first place. */
  match(text: string): Map<string, CueHit[]> {
    const folded = foldForCues(text);
    const found = new Map<string, CueHit[]>();
    const note = (list: number, start: number, end: number) => {
      const name = this.names[list]!;
      const cue = folded.text.slice(start, end);
      let hits = found.get(name);
      if (hits === undefined) found.set(name, (hits = []));
      if (hits.length < 20 && !hits.some((hit) => hit.cue === cue))
        hits.push({ cue, start: folded.origins[start]!, end: folded.origins[end - 1]! + 1 });
    };
    for (let start = 0; start < folded.text.length; start++) {
      if (this.begins[folded.text.charCodeAt(start)] === 0) continue;
      let node: TrieNode | undefined = this.root;
      for (let at = start; at < folded.text.length; at++) {
        node = node.next.get(folded.text.charCodeAt(at));
        if (node === undefined) break;
        for (const list of node.lists) note(list, start, at + 1);
      }
    }
    for (const { list, pattern } of this.patterns)
      for (const match of folded.text.matchAll(pattern)) note(list, match.index, match.index + match[0].length);
    return found;
  }
}

/** The hits of a group that count: those near enough to the beginning, at most `most`. */
export function countedHits(group: CueGroup, hits: readonly CueHit[]): CueHit[] {
  return hits.filter((hit) => group.within === null || hit.start < group.within).slice(0, group.most);
}
