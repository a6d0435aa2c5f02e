/** A word of a list where it stands in a text. */
export interface PlacedWord {
  word: string;
  at: number;
}

interface TrieNode {
  next: Map<number, TrieNode>;
  /** Numbers of the lists that hold the word which ends here. */
  lists: number[];
  word: string;
}

/** Finds the words of many lists in one walk over a text. */
export class WordLists {
  /** By first unit: most positions of a text begin no word. */
  private readonly first: (TrieNode | undefined)[] = [];

  constructor(private readonly lists: readonly (readonly string[])[]) {
    lists.forEach((words, list) => words.forEach((word) => this.add(word, list)));
  }

  private add(word: string, list: number): void {
    let node: TrieNode = (this.first[word.charCodeAt(0)] ??= { next: new Map(), lists: [], word: '' });
    for (let at = 1; at < word.length; at += 1) {
      const code = word.charCodeAt(at);
      let child = node.next.get(code);
      if (child === undefined) node.next.set(code, (child = { next: new Map(), lists: [], word: '' }));
      node = child;
    }
    node.word = word;
    if (!node.lists.includes(list)) node.lists.push(list);
  }

  /** By number of the list: its words in the order of the text; of overlapping words of one list the first, and of those the longest, counts. */
  find(text: string): PlacedWord[][] {
    const found: PlacedWord[][] = this.lists.map(() => []);
    const ends = new Int32Array(this.lists.length);
    for (let start = 0; start < text.length; start += 1) {
      let node: TrieNode | undefined = this.first[text.charCodeAt(start)];
      for (let at = start + 1; node !== undefined; at += 1) {
        for (const list of node.lists) this.note(found[list]!, ends, list, { word: node.word, at: start });
        node = at < text.length ? node.next.get(text.charCodeAt(at)) : undefined;
      }
    }
    return found;
  }

  private note(found: PlacedWord[], ends: Int32Array, list: number, placed: PlacedWord): void {
    const longer = found.length > 0 && found[found.length - 1]!.at === placed.at;
    if (!longer && placed.at < ends[list]!) return;
    if (longer) found.pop();
    found.push(placed);
    ends[list] = placed.at + placed.word.length;
  }
}
