import type { Schemas } from '../api/client';

export type Rule = Schemas['PackRule'];

/** What of a rule is compared, each with the fields of which it is made. */
const ASPECTS = {
  force: ['force'],
  limit: ['form', 'amount', 'unit', 'fixedDates'],
  start: ['start'],
  stop: ['stopEvidence'],
  owner: ['owner'],
  applies: ['appliesWhen'],
  basis: ['document', 'article'],
} as const satisfies Record<string, readonly (keyof Rule)[]>;
export type Aspect = keyof typeof ASPECTS;

export interface RuleDifference {
  id: string;
  label: string;
  change: 'added' | 'removed' | 'changed';
  before: Rule | null;
  after: Rule | null;
  /** Empty when the rule came or went. */
  aspects: Aspect[];
}

/** Rules that came, went or say something else, by their id; in the order of the newer version, what went at the end. */
export function compareRules(before: readonly Rule[], after: readonly Rule[]): RuleDifference[] {
  const known = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map((rule) => rule.id));
  return [
    ...after.flatMap((rule) => differenceOf(known.get(rule.id) ?? null, rule)),
    ...before.filter((rule) => !kept.has(rule.id)).map((rule) => ({ ...named(rule), change: 'removed' as const, before: rule, after: null, aspects: [] })), // prettier-ignore
  ];
}

function differenceOf(before: Rule | null, after: Rule): RuleDifference[] {
  if (before === null) return [{ ...named(after), change: 'added', before, after, aspects: [] }];
  const aspects = (Object.keys(ASPECTS) as Aspect[]).filter((aspect) =>
    ASPECTS[aspect].some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])),
  );
  return aspects.length === 0 ? [] : [{ ...named(after), change: 'changed', before, after, aspects }];
}

const named = ({ id, label }: Rule) => ({ id, label });
