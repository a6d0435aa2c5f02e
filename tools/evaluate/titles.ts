import { extractFigures, type Figure } from '#triage/rules/figures/extract-figures.js';
import { type EvaluationReport, type Evaluation, readJsonLines } from './frame.js';

interface Row {
  id: string;
  title: string;
  title_deaths: number | null;
  title_injured: number | null;
}

const says = (figure: Figure | undefined, label: number | null) =>
  label === null
    ? figure === undefined
    : figure !== undefined && [figure.stated, figure.min, figure.max].includes(label);

/** Dead and injured (poisoned persons count as injured there) that news titles state; a title is right when both are. */
export const evaluate: Evaluation = async (file): Promise<EvaluationReport> => {
  const rows = readJsonLines<Row>(file);
  const failures: EvaluationReport['failures'] = [];
  let deathsRight = 0;
  let injuredRight = 0;
  for (const row of rows) {
    const { deaths, injured, ill } = extractFigures(row.title);
    const hurt = injured ?? ill;
    const [deathsOk, injuredOk] = [says(deaths, row.title_deaths), says(hurt, row.title_injured)];
    deathsRight += Number(deathsOk);
    injuredRight += Number(injuredOk);
    if (deathsOk && injuredOk) continue;
    const expected = { title: row.title, deaths: row.title_deaths, injured: row.title_injured };
    failures.push({ id: row.id, expected, actual: { deaths: deaths?.stated ?? null, injured: hurt?.stated ?? null } });
  }
  const rate = (right: number) => (rows.length === 0 ? 1 : right / rows.length);
  const passed = rows.length - failures.length;
  const metrics = { passRate: rate(passed), deathsRate: rate(deathsRight), injuredRate: rate(injuredRight) };
  return { what: 'titles', file, total: rows.length, passed, metrics, failures };
};
