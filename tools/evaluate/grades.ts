import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadGradingTables } from '#triage/grading-tables.js';
import type { ComputedGrade } from '#triage/rules/grading/grade-model.js';
import { proposeGrade } from '#triage/rules/grading/propose-grade.js';
import { type CheckedCase, type Evaluation, readJsonLines, reportCases } from './frame.js';

interface Row {
  id: string;
  jurisdiction: string;
  eventTypes: string[];
  confirmed: { deaths?: number; seriousInjured?: number; injured?: number };
  missing?: number;
  trapped?: number;
  lossWan?: number;
  evacuated?: number;
  ill?: number;
  crowd?: number;
  householdsCut?: number;
  hours?: number;
  school?: boolean;
  majorEvent?: boolean;
  declared?: ComputedGrade;
  strict: boolean;
  expected: {
    gradeConfirmed: string;
    gradePotential: string;
    proposal: string;
    fastClocks: boolean;
    provisional: boolean;
    contradiction?: boolean;
    acceptConfirmed?: string[];
  };
}

/** Division codes of the file's short names of places; an unknown name is taken for a code. */
const CODES: Readonly<Record<string, string>> = { NT: '320600', HZ: '371700', YW: '330782' };
const RANK = ['unknown', 'none', 'IV', 'III', 'II', 'I'];
// The build lies in dist/tools/evaluate.
const CONFIG_DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../config');

/** Grades of figures against labelled grades (rows of the grading file), by the tables of `config/grading`. */
export const evaluate: Evaluation = async (file) => {
  const tables = loadGradingTables(CONFIG_DIR);
  const cases = readJsonLines<Row>(file).map((row): CheckedCase => {
    const { confirmed, householdsCut, jurisdiction, expected, strict, ...rest } = row;
    const facts = { ...rest, ...confirmed, households: householdsCut };
    const { matched, ...actual } = proposeGrade({ facts, tables, jurisdiction: CODES[jurisdiction] ?? jurisdiction });
    const accepted = expected.acceptConfirmed ?? [];
    const same = expected.gradePotential === expected.gradeConfirmed;
    const sameProposal = expected.proposal === expected.gradeConfirmed;
    const keptAbove = row.declared !== undefined && RANK.indexOf(row.declared) < RANK.indexOf(actual.potential);
    const proposalOk =
      actual.proposal === expected.proposal ||
      (sameProposal && accepted.includes(actual.proposal)) ||
      (keptAbove && [expected.gradeConfirmed, expected.gradePotential].includes(actual.proposal));
    const fast = actual.proposal === 'I' || actual.proposal === 'II';
    const ok =
      (actual.confirmed === expected.gradeConfirmed || accepted.includes(actual.confirmed)) &&
      (actual.potential === expected.gradePotential || (same && accepted.includes(actual.potential))) &&
      proposalOk &&
      (fast === expected.fastClocks || actual.proposal !== expected.proposal) &&
      actual.provisional === expected.provisional &&
      (expected.contradiction === undefined || actual.contradiction === expected.contradiction);
    return {
      id: row.id,
      strict,
      ok,
      expected,
      actual: { ...actual, matched: matched.map(({ table, row: id, grade }) => `${table}.${id}.${grade}`) },
    };
  });
  return reportCases('grades', file, cases);
};
