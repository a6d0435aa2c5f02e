import type { Clause } from './clauses.js';
import type { Finding } from './findings.js';
import type { PatternTarget } from './patterns.js';

/** The figure of one kind after updates, parts and repetitions; `parts` are the places it was read from. */
export interface Combined {
  min: number;
  max: number | null;
  approx: boolean;
  stated: number;
  increment: boolean;
  parts: Finding[];
}

const ADDS = /当场|抢救无效|送医后|其余|另/;

/**
 * A total replaces, and what happened again after it adds; an increment adds to a base that the same text gives, otherwise it stands alone and is marked; a
 * subset never adds; repetitions count once, and of different plain figures the highest is kept.
 */
export function combine(
  findings: readonly Finding[],
  target: PatternTarget,
  clauses: readonly Clause[],
): Combined | undefined {
  const own = findings.filter((finding) => finding.target === target);
  if (own.length === 0) return undefined;
  const whole = own.filter(({ role }) => role !== 'subset');
  const items = whole.length > 0 ? whole : own;
  const total = items.filter(({ role }) => role === 'cumulative').at(-1);
  if (total !== undefined)
    return sumOf([total, ...items.filter(({ role, start }) => role === 'again' && start > total.start)], false);
  const sentenceOf = ({ clause }: Finding) => clauses[clause]!.sentence;
  const isMore = (finding: Finding) => {
    if (finding.role === 'increment' || finding.role === 'again') return true;
    if (finding.role !== 'further') return false;
    const sameSentence = items.some(
      (other) => other.start < finding.start && sentenceOf(other) === sentenceOf(finding),
    );
    return sameSentence || !findings.some((other) => other.start < finding.start);
  };
  const more = items.filter(isMore);
  const base = items.filter((finding) => !isMore(finding));
  if (base.length === 0) return sumOf(more, true);
  return sumOf([...baseOf(base, clauses), ...more], false);
}

function baseOf(base: readonly Finding[], clauses: readonly Clause[]): Finding[] {
  const sentences = new Set(base.map(({ clause }) => clauses[clause]!.sentence));
  const adds = base.filter(({ clause }) => ADDS.test(clauses[clause]!.text)).length >= 1;
  if (base.length > 1 && sentences.size === 1 && adds) return [...base];
  return [base.reduce((highest, finding) => (finding.min > highest.min ? finding : highest))];
}

function sumOf(parts: Finding[], increment: boolean): Combined {
  const max = parts.some((part) => part.max === null) ? null : parts.reduce((sum, part) => sum + part.max!, 0);
  return {
    min: parts.reduce((sum, part) => sum + part.min, 0),
    max,
    approx: parts.some((part) => part.approx),
    stated: parts.reduce((sum, part) => sum + part.stated, 0),
    increment,
    parts,
  };
}

/** All injured: the stated number, or the sum of serious and light where the text gives only the parts. */
export function combineInjured(findings: readonly Finding[], clauses: readonly Clause[]): Combined | undefined {
  const stated = combine(findings, 'injured', clauses);
  const kinds = (['seriousInjured', 'lightInjured'] as const)
    .map((target) => combine(findings, target, clauses))
    .filter((figure) => figure !== undefined);
  if (kinds.length === 0) return stated;
  const sum = sumOf(
    kinds.flatMap(({ parts }) => parts),
    false,
  );
  return stated !== undefined && stated.min >= sum.min ? stated : sum;
}
