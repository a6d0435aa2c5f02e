/** Precision, recall and F1 of each label, and what follows from them. A row with several accepted labels counts as hit by any. */
export interface ScoredRow {
  gold: string;
  predicted: string;
}

export interface LabelScore {
  precision: number;
  recall: number;
  f1: number;
  support: number;
}

const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/** Scores of the given labels, pooled when several are given. */
export function scoreLabels(rows: readonly ScoredRow[], labels: ReadonlySet<string>): LabelScore {
  const hits = rows.filter((row) => row.gold === row.predicted && labels.has(row.gold)).length;
  const support = rows.filter((row) => labels.has(row.gold)).length;
  const precision = ratio(hits, rows.filter((row) => labels.has(row.predicted)).length);
  const recall = ratio(hits, support);
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall), support };
}

/** Share of rows that were hit. */
export function accuracy(rows: readonly ScoredRow[]): number {
  return ratio(rows.filter((row) => row.gold === row.predicted).length, rows.length);
}

/** The unweighted mean. */
export function mean(values: readonly number[]): number {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

/** The fold of a row: the same for the same position, whatever the machine. */
export function foldOf(index: number, folds: number): number {
  return index % folds;
}
