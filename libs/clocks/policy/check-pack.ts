import type { ClockRule, Heat, PackVersion, PolicyPack } from './contract.js';

/** What a reader of the pack must know. An error makes the pack unfit; a warning asks for a decision; a note states what is unverified. */
export interface PackFinding {
  severity: 'error' | 'warning' | 'note';
  /** Path within the pack: version and rule. */
  where: string;
  /** What is wrong, for words in the reader's language, with what fills their blanks; `message` says the same in English. */
  code: FindingCode;
  values: Readonly<Record<string, string | number>>;
  message: string;
}

/** The same words as the page of the packs has them. */
export const FINDING_CODES = [
  'noPublicLimit',
  'stepsTooLong',
  'workdaysTooLong',
  'noMakeup',
  'unverified',
  'unstoppable',
  'noQueue',
  'queueEmpty',
  'reachesNoBody',
  'reachesNobody',
  'bodiesEmpty',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

const HOURS: Partial<Record<ClockRule['unit'], number>> = {
  millisecond: 1 / 3_600_000,
  minute: 1 / 60,
  hour: 1,
  day: 24,
};
const CLASSES: { name: string; class: 'fast' | 'other'; heat: Heat | null }[] = [
  { name: 'fast', class: 'fast', heat: null },
  ...(['I', 'II', 'III', 'IV'] as const).map((heat) => ({
    name: `other, heat ${heat}`,
    class: 'other' as const,
    heat,
  })),
];

/** Inner steps that lie between the order and the public answer. */
const STEPS_BEFORE_ANSWER = ['signFor', 'verificationFeedback'];

const holds = (rule: ClockRule, group: (typeof CLASSES)[number]): boolean =>
  (rule.appliesWhen.class === undefined || rule.appliesWhen.class === group.class) &&
  (rule.appliesWhen.heat === undefined || (group.heat !== null && rule.appliesWhen.heat.includes(group.heat)));

/**
 * Checks beyond the schema: signing and verifying must fit into the public limit of the same class (domain 3.5), a release
 * limit needs its make-up release, each class needs a public limit. Effective dates are checked when the pack is loaded.
 */
export function checkPack(pack: PolicyPack): PackFinding[] {
  return pack.versions.flatMap((version, index) => {
    const where = `versions[${index}] (${version.version})`;
    return [...CLASSES.flatMap((group) => checkClass(version, group, where)), ...checkRules(version, where)];
  });
}

function checkClass(version: PackVersion, group: (typeof CLASSES)[number], where: string): PackFinding[] {
  const named = { class: group.class, heat: group.heat ?? '' };
  const rules = version.rules.filter((rule) => rule.ring !== 'duty' && holds(rule, group));
  const limits = rules.filter(
    (rule) => rule.ring === 'public' && rule.force === 'limit' && rule.act !== 'makeupRelease' && rule.amount !== null,
  );
  if (limits.length === 0)
    return [
      { severity: 'error', where, code: 'noPublicLimit', values: named, message: `${group.name}: no public limit` },
    ];
  const outer = limits.reduce((least, rule) => (hoursOf(rule) < hoursOf(least) ? rule : least));
  const steps = rules.filter((rule) => STEPS_BEFORE_ANSWER.includes(rule.act) && rule.amount !== null);
  const inner = steps.filter((rule) => HOURS[rule.unit] !== undefined).reduce((sum, rule) => sum + hoursOf(rule), 0);
  const findings: PackFinding[] = [];
  if (inner > hoursOf(outer))
    findings.push({
      severity: 'error',
      where,
      code: 'stepsTooLong',
      values: { ...named, steps: steps.map((rule) => rule.label).join('、'), inner: round(inner), outer: outer.label },
      message: `${group.name}: ${steps.map((rule) => rule.id).join(' + ')} take ${round(inner)} h, longer than ${outer.id} with ${round(hoursOf(outer))} h`,
    });
  for (const rule of steps)
    if (HOURS[rule.unit] === undefined && rule.unit === 'workday' && (rule.amount! + 1) * 24 > hoursOf(outer))
      findings.push({
        severity: 'warning',
        where: `${where} ${rule.id}`,
        code: 'workdaysTooLong',
        values: { ...named, days: rule.amount!, outer: outer.label },
        message: `${group.name}: ${rule.amount} working days may end after ${outer.id} with ${round(hoursOf(outer))} h`,
      });
  return findings;
}

function checkRules(version: PackVersion, where: string): PackFinding[] {
  const findings: PackFinding[] = [];
  const has = (act: string, force: string) => version.rules.some((rule) => rule.act === act && rule.force === force);
  if (has('firstRelease', 'limit') && !has('makeupRelease', 'limit'))
    findings.push({
      severity: 'error',
      where,
      code: 'noMakeup',
      values: {},
      message: 'a release limit without makeupRelease',
    });
  for (const rule of version.rules) {
    if (rule.basis.flag === 'M')
      findings.push({
        severity: 'note',
        where: `${where} ${rule.id}`,
        code: 'unverified',
        values: { document: rule.basis.document, article: rule.basis.article },
        message: `unverified: ${rule.basis.document} ${rule.basis.article}`,
      });
    if (rule.ring !== 'duty' && rule.stopEvidence.length === 0)
      findings.push({
        severity: 'error',
        where: `${where} ${rule.id}`,
        code: 'unstoppable',
        values: {},
        message: 'nothing can stop this clock',
      });
  }
  return findings;
}

/** Hours of natural time; a unit of the calendar is infinite here and is looked at apart. */
const hoursOf = (rule: ClockRule): number => rule.amount! * (HOURS[rule.unit] ?? Infinity);
const round = (hours: number): number => Math.round(hours * 100) / 100;
