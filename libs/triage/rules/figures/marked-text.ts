/** A text with, for each unit, its position in the text it was made from; `at` has one entry more than the text has units. */
export interface MarkedText {
  readonly text: string;
  readonly at: readonly number[];
}

/** A text before any rewriting: every position stands for itself. */
export const unmarked = (text: string): MarkedText => ({
  text,
  at: positions(text.length + 1),
});

function positions(count: number): number[] {
  const at = new Array<number>(count);
  for (let index = 0; index < count; index += 1) at[index] = index;
  return at;
}

/**
 * Replaces what the pattern finds; `replace` answers null to leave a find as it is. All units of a replacement point
 * at the beginning of what they replace, so that a span over them covers all of it.
 */
export function rewrite(
  source: MarkedText,
  pattern: RegExp,
  replace: (match: RegExpMatchArray) => string | null,
): MarkedText {
  const parts: string[] = [];
  const at: number[] = [];
  let done = 0;
  const keep = (to: number) => {
    parts.push(source.text.slice(done, to));
    for (let index = done; index < to; index += 1) at.push(source.at[index]!);
  };
  for (const match of source.text.matchAll(pattern)) {
    const replacement = replace(match);
    if (replacement === null) continue;
    keep(match.index!);
    parts.push(replacement);
    for (let unit = 0; unit < replacement.length; unit += 1) at.push(source.at[match.index!]!);
    done = match.index! + match[0].length;
  }
  if (done === 0 && parts.length === 0) return source;
  keep(source.text.length);
  at.push(source.at.at(-1)!);
  return { text: parts.join(''), at };
}
