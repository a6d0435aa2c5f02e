import { extractFigures, type FigureReport } from '#triage/rules/figures/extract-figures.js';
import { FIGURE_NAMES, type FigureName } from '#triage/rules/figures/patterns.js';
import { type CheckedCase, type Evaluation, readJsonLines, reportCases } from './frame.js';

interface ExpectedFigure {
  min: number | null;
  max: number | null;
  approx?: boolean;
}
type ExpectedFigures = Partial<Record<FigureName, ExpectedFigure>>;
const FLAGS = ['explicitZero', 'isDrill', 'isHistory', 'isRuleText', 'isRumourClaim', 'increment'] as const;

interface Row {
  id: string;
  text: string;
  strict: boolean;
  optional?: string[];
  expected: ExpectedFigures & Partial<Record<(typeof FLAGS)[number], boolean>> & { events?: ExpectedFigures[] };
}

type Compared = { min: number; max: number | null };

/** Reading of one figure against its label: open bounds, neighbouring lower bounds and approximate values as the file's notes allow. */
function figureFits(actual: Compared | undefined, expected: ExpectedFigure | undefined, increment: boolean): boolean {
  if (expected === undefined) return actual === undefined;
  if (actual === undefined) return false;
  const { min, max } = expected;
  if (expected.approx) {
    const stated = (max ?? min)!;
    const minOk = min === null ? actual.min < stated : actual.min >= 0.8 * stated && actual.min <= stated;
    return (
      minOk &&
      (max === null ? actual.max === null : actual.max !== null && actual.max >= max && actual.max <= 1.2 * max)
    );
  }
  const minOk = min === null || actual.min === min || (max === null && actual.min === min + 1);
  return minOk && (actual.max === max || (increment && actual.max === null));
}

function figuresFit(actual: Partial<Record<FigureName, Compared>>, row: Row, expected: ExpectedFigures): boolean {
  const increment = row.expected.increment === true;
  return FIGURE_NAMES.every(
    (name) => row.optional?.includes(name) || figureFits(actual[name], expected[name], increment),
  );
}

function rowFits(report: FigureReport, row: Row): boolean {
  const flagsFit = FLAGS.every(
    (flag) => row.optional?.includes(flag) || report[flag] === (row.expected[flag] ?? false),
  );
  const { events } = row.expected;
  if (events === undefined) return flagsFit && !report.needsPerson && figuresFit(report, row, row.expected);
  if (report.events.length === 0) return flagsFit && report.needsPerson;
  return flagsFit && events.every((event) => report.events.some((actual) => figuresFit(actual, row, event)));
}

function shown(report: FigureReport): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(report)
      .filter(([, value]) => value !== false && !(Array.isArray(value) && value.length === 0))
      .map(([key, value]) => [key, typeof value === 'object' && 'min' in value ? [value.min, value.max] : value]),
  );
}

/** Figures of texts against labelled ranges and flags (rows of the figure extraction file). */
export const evaluate: Evaluation = async (file) => {
  const cases = readJsonLines<Row>(file).map((row): CheckedCase => {
    const report = extractFigures(row.text);
    return { id: row.id, strict: row.strict, ok: rowFits(report, row), expected: row.expected, actual: shown(report) };
  });
  return reportCases('figures', file, cases);
};
