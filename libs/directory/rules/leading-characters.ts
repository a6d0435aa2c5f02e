/**
 * Characters of which one must occur in every text that a pattern can match, or null when that can't be told from the pattern.
 * A text without any of them needs no look by the pattern: with a hundred and more patterns a message that is most of the work.
 * Understands alternation, groups, look-arounds, classes of literals and quantifiers; whatever else answers null, which is always right.
 */
export function leadingCharacters(source: string): ReadonlySet<string> | null {
  const reader = new Reader(source);
  const found = reader.alternatives();
  return reader.atEnd() ? found : null;
}

class Reader {
  private at = 0;

  constructor(private readonly source: string) {}

  atEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** The union over the alternatives; one that can't be told spoils it. */
  alternatives(): Set<string> | null {
    let union: Set<string> | null = new Set();
    for (;;) {
      const one = this.sequence();
      union = union === null || one === null ? null : new Set([...union, ...one]);
      if (this.source[this.at] !== '|') return union;
      this.at += 1;
    }
  }

  /** The first part that must be there gives the characters. */
  private sequence(): Set<string> | null {
    let first: Set<string> | null = null;
    while (!this.atEnd() && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      const part = this.atom();
      const optional = this.quantifier();
      if (first === null && !optional) first = part;
    }
    return first;
  }

  private atom(): Set<string> | null {
    const mark = this.source[this.at]!;
    this.at += 1;
    if (mark === '(') return this.group();
    if (mark === '[') return this.characterClass();
    if (mark === '\\') {
      this.at += 1;
      return null;
    }
    return /[.^$]/u.test(mark) ? null : new Set([mark]);
  }

  private group(): Set<string> | null {
    const kind = /^\?(?:[:=!]|<[=!])/u.exec(this.source.slice(this.at, this.at + 3))?.[0] ?? '';
    this.at += kind.length;
    const inside = this.alternatives();
    this.at += 1;
    return kind === '?:' || kind === '' ? inside : null;
  }

  private characterClass(): Set<string> | null {
    const end = this.source.indexOf(']', this.at);
    const inside = this.source.slice(this.at, end);
    this.at = end + 1;
    return /[\\^-]/u.test(inside) ? null : new Set(inside);
  }

  /** Whether the part before may be left out. */
  private quantifier(): boolean {
    const found = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/u.exec(this.source.slice(this.at));
    if (found === null) return false;
    this.at += found[0].length;
    return /^[?*]/u.test(found[0]) || found[1] === '0';
  }
}
