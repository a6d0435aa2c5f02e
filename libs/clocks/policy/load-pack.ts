import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { startOfDay } from '#kernel/civil-day.js';
import { ConfigError } from '#kernel/error.js';
import type { ClockRule, PackTerms, PackVersion, PolicyPack } from './contract.js';
import { type FragmentFile, fragmentSchema, type PackFile, packSchema } from './pack-schema.js';

type RuleFile = PackFile['versions'][number]['rules'][number];

/**
 * Loads `<configDir>/policies/<id>.yaml` with the fragments of `policies/shared/` that its versions include. Throws
 * `ConfigError` with file and path for anything that the schema refuses, an unknown evidence set, a rule id named twice,
 * and effective dates with a gap or an overlap.
 */
export function loadPack(configDir: string, id: string): PolicyPack {
  if (!/^[a-z0-9-]+$/.test(id)) throw new ConfigError(`policy pack ${id}`, 'is no name of a pack');
  return loadPackFile(path.join(configDir, 'policies', `${id}.yaml`), path.join(configDir, 'policies', 'shared'));
}

/** Loads one pack file; fragments are looked for in `sharedFolder`. */
export function loadPackFile(file: string, sharedFolder: string): PolicyPack {
  const pack = readAs(file, packSchema);
  const fragments = new Map<string, FragmentFile>();
  let terms: PackTerms | undefined;
  const versions = pack.versions.map((version, index): PackVersion => {
    const included = version.include.map((name) => {
      const fragmentFile = path.join(sharedFolder, `${name}.yaml`);
      const fragment = fragments.get(name) ?? readAs(fragmentFile, fragmentSchema);
      fragments.set(name, fragment);
      return { file: fragmentFile, fragment };
    });
    for (const { fragment } of included) if (fragment.terms !== undefined) terms = termsOf(fragment.terms);
    const sets = Object.assign({}, ...included.map(({ fragment }) => fragment.evidenceSets)) as Record<
      string,
      string[]
    >;
    const rules = [
      ...version.rules.map((rule, n) => ruleOf(rule, sets, `${file}: versions[${index}].rules[${n}]`)),
      ...included.flatMap(({ file: where, fragment }) =>
        fragment.rules.map((rule, n) => ruleOf(rule, sets, `${where}: rules[${n}]`)),
      ),
    ];
    const seen = new Set<string>();
    for (const rule of rules) {
      if (seen.has(rule.id))
        throw new ConfigError(file, `versions[${index}] (${version.version}): rule ${rule.id} is named twice`);
      seen.add(rule.id);
    }
    return {
      version: version.version,
      effectiveFrom: instantOf(version.effectiveFrom),
      effectiveTo: instantOf(version.effectiveTo),
      rules,
    };
  });
  checkDates(file, versions);
  if (terms === undefined) throw new ConfigError(file, 'versions: no included fragment brings the terms');
  return { id: pack.id, label: pack.label, invented: pack.invented, fastFrom: pack.fastFrom, terms, versions };
}

function readAs<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(file, (error as Error).message);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new ConfigError(file, `${pathOf(issue.path)}: ${issue.message}`);
}

const pathOf = (parts: readonly PropertyKey[]): string =>
  parts
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('') || 'file';

const instantOf = (day: string | null): number | null => (day === null ? null : startOfDay(day));

function ruleOf(rule: RuleFile, sets: Record<string, string[]>, where: string): ClockRule {
  if (typeof rule.stopEvidence !== 'string') return { ...rule, stopEvidence: rule.stopEvidence };
  const stopEvidence = sets[rule.stopEvidence];
  if (stopEvidence === undefined)
    throw new ConfigError(where, `stopEvidence: no set of evidence is called ${rule.stopEvidence}`);
  return { ...rule, stopEvidence };
}

const termsOf = (terms: NonNullable<FragmentFile['terms']>): PackTerms => ({
  officeHours: terms.officeHours.spans,
  returnLimits: { fast: terms.returnLimits.fast, other: terms.returnLimits.other },
  returnCodes: terms.returnLimits.codes,
  coResponders: {
    marginFraction: terms.coResponders.marginFraction,
    acts: terms.coResponders.acts,
    basis: terms.coResponders.basis,
  },
  pauseGrounds: terms.pauseGrounds.codes,
  casualtyWindowDays: { default: terms.casualtyWindowDays.default, byEventType: terms.casualtyWindowDays.byEventType },
  speakers: terms.speakers,
});

/** An incident of any day since the first version must find exactly one version (design, invariant 8). */
function checkDates(file: string, versions: readonly PackVersion[]): void {
  versions.forEach((version, index) => {
    const at = `versions[${index}] (${version.version})`;
    if (version.effectiveFrom !== null && version.effectiveTo !== null && version.effectiveTo <= version.effectiveFrom)
      throw new ConfigError(file, `${at}: effectiveTo is not after effectiveFrom`);
    const before = versions[index - 1];
    if (before === undefined) return;
    if (version.effectiveFrom === null || before.effectiveTo === null || before.effectiveTo > version.effectiveFrom)
      throw new ConfigError(file, `${at}: overlaps ${before.version}`);
    if (before.effectiveTo < version.effectiveFrom)
      throw new ConfigError(file, `${at}: leaves a gap after ${before.version}`);
  });
}
