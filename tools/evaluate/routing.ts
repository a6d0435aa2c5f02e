import path from 'node:path';
import type { CityDirectory } from '#directory/contract.js';
import { loadCity } from '#directory/load-city.js';
import { proposeRouting } from '#assignment/rules/routing/propose-routing.js';
import type { ReturnCode, RoutingProposal } from '#assignment/rules/routing/types.js';
import { type CheckedCase, type Evaluation, readJsonLines, reportCases } from './frame.js';

interface Row {
  id: string;
  pack?: string;
  text: string;
  hotlineArea?: string | null;
  feedRegion?: string | null;
  clusterSize?: number;
  returns?: { body: string; code: ReturnCode }[];
  strict?: boolean;
  expected: {
    jurisdictionCode: string | null;
    acceptJurisdictions?: (string | null)[];
    rule: string;
    acceptRules?: string[];
    lead: string | null;
    alternatives?: string[];
    coBodies?: string[];
    notBodies?: string[];
    opinionCase?: boolean;
    disputed?: boolean;
    leadDecisionBy?: string;
    coordinator?: string;
  };
}

/** The cities that the data files write by initials (design, section 5). */
const CITY_OF_PACK: Readonly<Record<string, string>> = { NT: 'nantong', YW: 'yiwu', HZ: 'heze' };

/** Where cases of a month long past or to come are judged does not matter here: all bodies of the packs exist today. */
const NOW = new Date('2026-01-01T00:00:00+08:00');

/** Routing cases: jurisdiction, rule, lead (first, among the first three), co-responders that must and must not take part. */
export const evaluate: Evaluation = async (file, options) => {
  const rows = readJsonLines<Row>(file);
  const configDir = path.resolve(process.env['HUIYING_CONFIG_DIR'] ?? 'config');
  const cities = new Map<string, CityDirectory>();
  const cityOf = (row: Row) => {
    const id = options.city ?? CITY_OF_PACK[row.pack ?? ''] ?? row.pack ?? 'yunjiang';
    const city = cities.get(id) ?? loadCity(configDir, id);
    cities.set(id, city);
    return city;
  };
  const checks = rows.map((row) => check(row, proposeRouting({ ...row, now: NOW }, cityOf(row))));
  const strict = checks.filter((_, i) => rows[i]!.strict !== false);
  const share = (of: (c: RowCheck) => boolean) => strict.filter(of).length / Math.max(1, strict.length);
  const cases: CheckedCase[] = checks.map((c, i) => ({
    id: c.id,
    strict: rows[i]!.strict !== false,
    ok: c.jurisdiction && c.rule && c.leadTop1 && c.coBodies && c.neverViolated && c.extras,
    expected: rows[i]!.expected,
    actual: c.actual,
  }));
  const report = reportCases('routing', file, cases);
  Object.assign(report.metrics, {
    jurisdiction: share((c) => c.jurisdiction),
    leadTop1: share((c) => c.leadTop1),
    leadTop3: share((c) => c.leadTop3),
    coBodies: share((c) => c.coBodies),
    rule: share((c) => c.rule),
    neverViolated: share((c) => c.neverViolated),
  });
  return report;
};

type RowCheck = ReturnType<typeof check>;

function check({ id, expected }: Row, found: RoutingProposal) {
  const lead = found.lead?.code ?? null;
  const leads = [expected.lead, ...(expected.alternatives ?? [])];
  // A queue is not a department: a suggestion counts among the first three only.
  const top3 = [
    lead,
    ...(found.suggestion === null ? [] : [found.suggestion.code]),
    ...found.rejected.map((r) => r.code),
  ].slice(0, 3);
  const taking = [
    ...found.coResponders,
    ...found.copies,
    ...found.coordinators,
    ...(found.coordinator === null ? [] : [found.coordinator]),
  ].map((p) => p.code);
  const acting = [lead, ...found.coResponders.map((p) => p.code)];
  return {
    id,
    jurisdiction: [expected.jurisdictionCode, ...(expected.acceptJurisdictions ?? [])].includes(
      found.jurisdiction.code,
    ),
    rule: (expected.acceptRules ?? [expected.rule]).includes(found.rule) || expected.rule === found.rule,
    leadTop1: leads.includes(lead) && !(found.rule === 'A11' && expected.rule !== 'A11' && lead !== expected.lead),
    leadTop3: leads.some((l) => top3.includes(l)),
    coBodies: (expected.coBodies ?? []).every((c) => c === lead || taking.includes(c)),
    neverViolated: !(expected.notBodies ?? []).some((c) => acting.includes(c)),
    extras:
      (expected.opinionCase === undefined || expected.opinionCase === found.opinionCase) &&
      (expected.disputed === undefined || expected.disputed === found.disputed) &&
      (expected.leadDecisionBy === undefined || expected.leadDecisionBy === found.leadDecisionBy) &&
      (expected.coordinator === undefined || expected.coordinator === found.coordinator?.code),
    actual: {
      jurisdiction: found.jurisdiction.code,
      how: found.jurisdiction.how,
      rule: found.rule,
      lead,
      suggestion: found.suggestion?.code,
      co: found.coResponders.map((c) => c.code),
      matter: found.sharedMatter,
      top: found.rejected.slice(0, 3).map((r) => `${r.code}${r.score}`),
      words: found.matched.map((m) => `${m.word}:${m.code}`),
    },
  };
}
