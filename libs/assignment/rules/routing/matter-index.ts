import type { SharedMatter } from '#directory/contract.js';

/**
 * The shared matters in their order, entered through the characters of a text: a matter of which a needed character is missing is never
 * looked at. One pass over the text in place of a hundred and more patterns.
 */
export class MatterIndex {
  /** By character: which needs it fills, as `matter * width + need`. */
  private readonly needsOf = new Map<number, number[]>();
  private readonly needed: number[];
  private readonly width: number;

  constructor(private readonly matters: readonly SharedMatter[]) {
    this.width = Math.max(1, ...matters.map((matter) => matter.needs.length));
    this.needed = matters.map((matter) => matter.needs.length);
    matters.forEach((matter, at) =>
      matter.needs.forEach((characters, need) => {
        for (const character of characters) {
          const code = character.charCodeAt(0);
          const list = this.needsOf.get(code) ?? [];
          list.push(at * this.width + need);
          this.needsOf.set(code, list);
        }
      }),
    );
  }

  /** The first matter that fits the text. */
  first(text: string): SharedMatter | undefined {
    const { matters, needed, width } = this;
    const filled = new Uint8Array(matters.length * width);
    const count = new Uint8Array(matters.length);
    for (let i = 0; i < text.length; i += 1) {
      const needs = this.needsOf.get(text.charCodeAt(i));
      if (needs === undefined) continue;
      for (const need of needs) {
        if (filled[need] === 1) continue;
        filled[need] = 1;
        const at = Math.floor(need / width);
        count[at] = count[at]! + 1;
      }
    }
    for (let at = 0; at < matters.length; at += 1)
      if (count[at] === needed[at] && fits(matters[at]!, text)) return matters[at];
    return undefined;
  }
}

const fits = (matter: SharedMatter, text: string): boolean =>
  matter.all.every((pattern) => pattern.test(text)) && !(matter.none?.test(text) ?? false);
