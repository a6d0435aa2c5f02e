/** The learning engine on any labelled set: `text`, or `subject` and `text`, or `tokens`, each with `label`. */
import { performance } from 'node:perf_hooks';
import { type LinearModel, predict, train, type TrainingRow } from '#triage/model/linear-model.js';
import { type Evaluation, readJsonLines, UnreadableInput } from './frame.js';
import { accuracy, foldOf, mean, scoreLabels, type ScoredRow } from '#triage/model/label-scores.js';

interface LabelledRow extends TrainingRow {
  id?: string;
}

function readRows(file: string): LabelledRow[] {
  const rows = readJsonLines<LabelledRow>(file);
  rows.forEach((row, index) => {
    if (typeof row.label !== 'string') throw new UnreadableInput(file, 'a row needs a label', index + 1);
    if (typeof row.text !== 'string' && row.tokens === undefined)
      throw new UnreadableInput(file, 'a row needs text or tokens', index + 1);
  });
  return rows;
}

/** Judges rows and adds the seconds that this took. */
function judge(model: LinearModel, rows: readonly LabelledRow[], clock: { seconds: number }): string[] {
  const start = performance.now();
  const labels = rows.map((row) => predict(model, row).label);
  clock.seconds += (performance.now() - start) / 1000;
  return labels;
}

export const evaluate: Evaluation = async (file, options) => {
  const rows = readRows(file);
  const clock = { seconds: 0 };
  const predicted: string[] = new Array<string>(rows.length);
  if (options.train !== undefined) {
    const model = train(readRows(options.train), { cost: 'heldOut' });
    predict(model, 'warm');
    judge(model, rows, clock).forEach((label, index) => (predicted[index] = label));
  } else if (options.folds !== undefined && options.folds > 1) {
    for (let fold = 0; fold < options.folds; fold++) {
      const model = train(
        rows.filter((_, index) => foldOf(index, options.folds!) !== fold),
        { cost: 'heldOut' },
      );
      const indexes = rows.map((_, index) => index).filter((index) => foldOf(index, options.folds!) === fold);
      judge(
        model,
        indexes.map((index) => rows[index]!),
        clock,
      ).forEach((label, at) => (predicted[indexes[at]!] = label));
    }
  } else throw new UnreadableInput(file, 'labels needs --train <file> or --folds <n>');
  const scored: ScoredRow[] = rows.map((row, index) => ({ gold: row.label, predicted: predicted[index]! }));
  const labels = [...new Set(rows.map((row) => row.label))].sort();
  const scores = labels.map((label) => scoreLabels(scored, new Set([label])));
  const metrics: Record<string, number> = {
    macroF1: mean(scores.map((score) => score.f1)),
    accuracy: accuracy(scored),
    docsPerSecond: rows.length / clock.seconds,
  };
  labels.forEach((label, index) => (metrics[`f1.${label}`] = scores[index]!.f1));
  return {
    what: 'labels',
    file,
    total: rows.length,
    passed: scored.filter((row) => row.gold === row.predicted).length,
    metrics,
    failures: scored.flatMap((row, index) =>
      row.gold === row.predicted
        ? []
        : [{ id: rows[index]!.id ?? String(index + 1), expected: row.gold, actual: row.predicted }],
    ),
  };
};
