import { type Clause, clauseAt } from './clauses.js';
import { FIGURE_PATTERNS, type FigurePattern, type PatternTarget, SIGNS_OF } from './patterns.js';
import type { Skeleton } from './skeleton.js';
import type { TrapName } from './traps.js';

/** How a figure relates to earlier ones (domain 4.6, update semantics). */
export type FindingRole = 'plain' | 'cumulative' | 'increment' | 'again' | 'further' | 'subset';

/** One figure as one place of the text says it. Positions are of the skeleton. */
export interface Finding {
  target: PatternTarget;
  min: number;
  max: number | null;
  approx: boolean;
  stated: number;
  role: FindingRole;
  start: number;
  end: number;
  clause: number;
  trap: TrapName | null;
}

const AGAIN = /(?:又有|又致|又|再有|再添|再次)[^\ue000]{0,6}$/;
const INCREMENT = /(?:新增|增加了?)[^\ue000]{0,6}$/;
const FURTHER = /(?:另有|另外|另|其余|其他)[^\ue000]{0,6}$/;
const CUMULATIVE = /(?:累计|共计|总计|共|升至|增至|已致|已造成|已有|总数)[^\ue000]{0,8}$/;
const SUBSET = /(?:其中|包括)[^,]{0,30}$/;
const NO_ONE = /(?:无|没有?|未有?|零)(?:造成|发现|接到|出现|任何)?$/;
const NOT_VICTIMS_BEFORE = /(?:救出|解救|营救出?|搜救出|送别|抓获|刑拘|拘留|控制|处分|免职)[^\ue000,]{0,6}$/;
/** Signs before a number that may say how it relates to others. */
const WORDS_BEFORE = 40;
const OPEN_ABOVE = /以上/;

/** All figures of the text with the clause and the trap in which they stand; a number is taken once. */
export function findingsOf(
  skeleton: Skeleton,
  clauses: readonly Clause[],
  reasons: readonly (TrapName | null)[],
): Finding[] {
  if (skeleton.numbers.size === 0) return [];
  const taken = new Set<number>();
  const found: Finding[] = [];
  for (const pattern of FIGURE_PATTERNS.filter(({ target }) => SIGNS_OF[target].test(skeleton.text)))
    for (const match of skeleton.text.matchAll(pattern.pattern)) {
      const at = match.indices!.groups!.n![0];
      if (taken.has(at) || !fits(pattern, match)) continue;
      // A loss without 元 is one only from ten thousand up.
      if (pattern.target === 'directLossWan' && !match[0].includes('元') && skeleton.numbers.get(at)!.stated < 10_000)
        continue;
      const clause = clauseAt(clauses, at);
      if (clause === -1) continue;
      const before = skeleton.text.slice(Math.max(clauses[clause]!.start, at - WORDS_BEFORE), at);
      if (NO_ONE.test(before)) {
        taken.add(at);
        continue;
      }
      if (pattern.target === 'trapped' && NOT_VICTIMS_BEFORE.test(before)) continue;
      taken.add(at);
      found.push(findingOf({ skeleton, pattern, match, at }, before, clause, reasons[clause] ?? null));
    }
  return found.sort((a, b) => a.start - b.start);
}

function fits(pattern: FigurePattern, match: RegExpMatchArray): boolean {
  if (pattern.gapWithout === undefined) return true;
  return !pattern.gapWithout.test(match.groups!.gap ?? match[0]);
}

interface Place {
  skeleton: Skeleton;
  pattern: FigurePattern;
  match: RegExpMatchArray;
  at: number;
}

function findingOf(
  { skeleton, pattern, match, at }: Place,
  before: string,
  clause: number,
  trap: TrapName | null,
): Finding {
  const number = skeleton.numbers.get(at)!;
  const factor = pattern.target === 'directLossWan' ? 1 / 10_000 : 1;
  const scale = (value: number) => Math.round(value * factor * 1e4) / 1e4;
  return {
    target: pattern.target,
    min: scale(number.min),
    max: number.max === null || OPEN_ABOVE.test(match[0]) ? null : scale(number.max),
    approx: number.approx,
    stated: scale(number.stated),
    role:
      pattern.cumulative || isRemainder(pattern.target, before + (match.groups!.gap ?? ''))
        ? 'cumulative'
        : roleOf(before),
    start: match.index!,
    end: match.index! + match[0].length,
    clause,
    trap,
  };
}

/** `仍有2人被困`: what remains replaces what was told before. */
const isRemainder = (target: PatternTarget, words: string) =>
  (target === 'missing' || target === 'trapped') && /仍|尚有|还有/.test(words);

function roleOf(before: string): FindingRole {
  if (SUBSET.test(before)) return 'subset';
  if (CUMULATIVE.test(before)) return 'cumulative';
  if (AGAIN.test(before)) return 'again';
  if (INCREMENT.test(before)) return 'increment';
  return FURTHER.test(before) ? 'further' : 'plain';
}
