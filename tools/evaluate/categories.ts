/** The categories of the field on labelled texts: the shipped model and rules, or with `--folds` the file's own folds added. */
import path from 'node:path';
import { type CorpusRow, loadCorpus } from '#triage/model/corpus.js';
import { learnFromHistory } from '#triage/model/learn-from-history.js';
import { loadCues } from '#triage/model/load-cues.js';
import { classifyItem } from '#triage/rules/category/classify.js';
import { SCORED, type Scored } from '#triage/rules/category/cue-tables.js';
import { type Evaluation, readJsonLines, UnreadableInput } from './frame.js';
import { accuracy, foldOf, mean, scoreLabels, type ScoredRow } from '#triage/model/label-scores.js';

interface CategoryRow {
  id?: string;
  text: string;
  primary: string;
  alternatives?: string[];
}

/** Classes with fewer rows are pooled. */
const MIN_ROWS = 30;

function readRows(file: string): CategoryRow[] {
  const rows = readJsonLines<CategoryRow>(file);
  rows.forEach((row, index) => {
    if (typeof row.text !== 'string') throw new UnreadableInput(file, 'a row needs text', index + 1);
    if (!SCORED.includes(row.primary as Scored))
      throw new UnreadableInput(file, `unknown primary ${row.primary}`, index + 1);
  });
  return rows;
}

export const evaluate: Evaluation = async (file, options) => {
  const rows = readRows(file);
  const configDir = process.env['HUIYING_CONFIG_DIR'] ?? path.resolve('config');
  const tables = loadCues(configDir);
  const corpus = loadCorpus(configDir).rows;
  const folds = options.folds ?? 1;
  const predicted = new Array<string>(rows.length);
  let abstained = 0;
  for (let fold = 0; fold < folds; fold++) {
    const own: CorpusRow[] =
      folds === 1
        ? []
        : rows
            .filter((_, index) => foldOf(index, folds) !== fold)
            .map((row) => ({ text: row.text, label: row.primary as Scored }));
    const tools = learnFromHistory(tables, corpus, own);
    rows.forEach((row, index) => {
      if (foldOf(index, folds) !== fold) return;
      const input = { text: row.text, sourceKind: 'unknown', sourceRank: 'individual' };
      const decision = classifyItem(input, tools);
      if (decision.abstained) abstained++;
      predicted[index] = decision.primary === 'C7-suspected' ? 'C7' : decision.primary;
    });
  }
  const scored: ScoredRow[] = rows.map((row, index) => ({
    gold: row.alternatives?.includes(predicted[index]!) ? predicted[index]! : row.primary,
    predicted: predicted[index]!,
  }));
  return {
    what: 'categories',
    file,
    total: rows.length,
    passed: scored.filter((row) => row.gold === row.predicted).length,
    metrics: measure(rows, scored, abstained),
    failures: scored.flatMap((row, index) =>
      row.gold === row.predicted
        ? []
        : [{ id: rows[index]!.id ?? String(index + 1), expected: row.gold, actual: row.predicted }],
    ),
  };
};

function measure(rows: CategoryRow[], scored: ScoredRow[], abstained: number): Record<string, number> {
  const support = (label: string) => rows.filter((row) => row.primary === label).length;
  const present = [...SCORED].filter((label) => support(label) > 0).sort();
  const frequent = present.filter((label) => support(label) >= MIN_ROWS);
  const rare = present.filter((label) => support(label) < MIN_ROWS);
  const metrics: Record<string, number> = {
    macroF1: mean(frequent.map((label) => scoreLabels(scored, new Set([label])).f1)),
    'f1.rare': scoreLabels(scored, new Set(rare)).f1,
    accuracy: accuracy(scored),
    abstained,
  };
  for (const label of present) {
    const score = scoreLabels(scored, new Set([label]));
    metrics[`precision.${label}`] = score.precision;
    metrics[`recall.${label}`] = score.recall;
    metrics[`f1.${label}`] = score.f1;
  }
  for (const row of scored) {
    if (row.gold === row.predicted) continue;
    const key = `confusion.${row.gold}.${row.predicted}`;
    metrics[key] = (metrics[key] ?? 0) + 1;
  }
  return metrics;
}
