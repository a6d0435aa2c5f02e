/** A run of characters that stands in an earlier text too. Positions in the draft, end exclusive. */
export interface CopiedRun {
  start: number;
  end: number;
  text: string;
  /** The earlier text. */
  from: string;
}

const MAX_RUNS = 40;
const isSign = /[\s\p{P}\p{S}]/u;

/** The characters that carry text, with their positions. */
function letters(text: string): { signs: string; at: number[] } {
  let signs = '';
  const at: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index]!;
    if (isSign.test(sign)) continue;
    signs += sign;
    at.push(index);
  }
  return { signs, at };
}

/** Runs of at least `least` characters that a draft takes from earlier texts; a repost is no progress (domain 3.4). */
export function copiedRuns(
  draft: string,
  earlier: readonly { id: string; text: string }[],
  least: number,
): CopiedRun[] {
  const { signs, at } = letters(draft);
  const runs: CopiedRun[] = [];
  for (const { id, text } of earlier) {
    const known = letters(text).signs;
    const windows = new Set<string>();
    for (let index = 0; index + least <= known.length; index += 1) windows.add(known.slice(index, index + least));
    for (let index = 0; index + least <= signs.length && runs.length < MAX_RUNS;) {
      if (!windows.has(signs.slice(index, index + least))) {
        index += 1;
        continue;
      }
      let last = index;
      while (last + 1 + least <= signs.length && windows.has(signs.slice(last + 1, last + 1 + least))) last += 1;
      const [start, end] = [at[index]!, at[last + least - 1]! + 1];
      runs.push({ start, end, text: draft.slice(start, end), from: id });
      index = last + least;
    }
  }
  return runs.sort((a, b) => a.start - b.start);
}

/** Share of a draft's characters that earlier texts carry, 0–1. */
export function copiedShare(draft: string, runs: readonly CopiedRun[]): number {
  const total = letters(draft).signs.length;
  if (total === 0) return 0;
  const covered = new Set<number>();
  for (const { start, end } of runs)
    for (let index = start; index < end; index += 1) if (!isSign.test(draft[index]!)) covered.add(index);
  return covered.size / total;
}
