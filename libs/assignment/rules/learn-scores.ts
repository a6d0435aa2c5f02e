/** A case that was assigned: the words that were found in it, who had it in the end, and who gave it back with reason. */
export interface AssignedCase {
  words: readonly { word: string; code: string }[];
  leadCode: string;
  returnedCodes: readonly string[];
}

/** What past assignments add to the score of a body when a word stands in a text. */
export interface LearntScore {
  word: string;
  code: string;
  /** −2 to 2, in steps of a tenth. A strong word counts 3, so that learning bends and never breaks the catalogue. */
  delta: number;
  cases: number;
}

/** A word must have been seen so often before it teaches anything (judgement). */
const MIN_CASES = 5;
const MAX_DELTA = 2;
/** So many imagined cases that go half to the body keep few real ones from counting much (judgement). */
const SMOOTHING = 4;

/**
 * Learns from past assignments: of the bodies that a word speaks for, those that had such cases gain, those that did not or that gave them
 * back with reason lose. Only scores of matters move; rules, shared matters and places stay as they are.
 */
export function learnScores(cases: readonly AssignedCase[]): LearntScore[] {
  const seen = new Map<string, { word: string; code: string; cases: number; held: number }>();
  for (const { words, leadCode, returnedCodes } of cases) {
    const counted = new Set<string>();
    for (const { word, code } of words) {
      const key = `${word} ${code}`;
      if (counted.has(key)) continue;
      counted.add(key);
      const count = seen.get(key) ?? { word, code, cases: 0, held: 0 };
      count.cases += 1;
      if (code === leadCode) count.held += 1;
      if (returnedCodes.includes(code)) count.held -= 1;
      seen.set(key, count);
    }
  }
  const learnt: LearntScore[] = [];
  for (const { word, code, cases: n, held } of seen.values()) {
    if (n < MIN_CASES) continue;
    const share = (Math.max(0, held) + SMOOTHING / 2) / (n + SMOOTHING);
    const delta = Math.round((share - 0.5) * 2 * MAX_DELTA * 10) / 10;
    if (delta !== 0) learnt.push({ word, code, delta, cases: n });
  }
  return learnt.sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || a.word.localeCompare(b.word));
}
