/** A part of a sentence between commas. Positions are of the skeleton; `sentence` counts from 0. */
export interface Clause {
  text: string;
  start: number;
  end: number;
  sentence: number;
}

const SENTENCE_END = /[。!?;\n]/;
const BREAK = /[。!?;\n,:]/;

/** Splits at sentence ends and commas; the enumerating 、 does not split. A question keeps its sign. */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let sentence = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const sign = text[index];
    if (sign !== undefined && !BREAK.test(sign)) continue;
    const end = sign === '?' ? index + 1 : index;
    if (end > start) clauses.push({ text: text.slice(start, end), start, end, sentence });
    if (sign !== undefined && SENTENCE_END.test(sign)) sentence += 1;
    start = index + 1;
  }
  return clauses;
}

/** Number of the clause that holds the position; -1 for a sign between clauses. Logarithmic, as texts may have thousands. */
export function clauseAt(clauses: readonly Clause[], position: number): number {
  let low = 0;
  let high = clauses.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { start, end } = clauses[middle]!;
    if (position < start) high = middle - 1;
    else if (position >= end) low = middle + 1;
    else return middle;
  }
  return -1;
}
