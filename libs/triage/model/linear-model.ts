import type { FeatureOptions, TextRow } from './features.js';
import { trainSvm } from './linear-svm.js';
import { fitVectoriser, type SparseRows, type Vectoriser } from './vectoriser.js';

/** A text with its label and, optionally, its weight (1 = as heavy as any other row). */
export interface TrainingRow extends TextRow {
  label: string;
  weight?: number;
}

/** Settings of a training; every one has a default in `DEFAULT_TRAINING`. */
export interface TrainingOptions extends FeatureOptions {
  /** Features in fewer rows are dropped. */
  minDocuments: number;
  cost: number;
  /** 0: every row weighs the same; 1: every class weighs the same. */
  balance: number;
  /** Share of log-count-ratio scaling (Wang and Manning 2012): 0 none, 1 full. */
  ratioShare: number;
  maxPasses: number;
  tolerance: number;
  seed: number;
}

/** One setting for every labelled set; chosen by cross-validation on training parts only. */
export const DEFAULT_TRAINING: TrainingOptions = {
  words: true,
  wordBigrams: true,
  minCharacters: 1,
  maxCharacters: 2,
  shape: true,
  minDocuments: 2,
  cost: 1,
  balance: 0,
  ratioShare: 0.5,
  maxPasses: 40,
  tolerance: 0.01,
  seed: 20_190_312,
};

/** A trained one-versus-rest linear classifier; `weights` is feature-major: feature · labels + label. */
export interface LinearModel {
  labels: string[];
  vectoriser: Vectoriser;
  weights: Float32Array;
  biases: Float32Array;
}

/** The best label and the margin of each label (above 0: the model says yes). */
export interface Prediction {
  label: string;
  scores: Record<string, number>;
}

/** Learns a model. Deterministic: the same rows in the same order give the same model. Throws `RangeError` without at least two labels. */
export function train(rows: readonly TrainingRow[], options: Partial<TrainingOptions> = {}): LinearModel {
  const settings = { ...DEFAULT_TRAINING, ...options };
  const labels = [...new Set(rows.map((row) => row.label))].sort();
  if (labels.length < 2) throw new RangeError('training needs rows of at least two labels');
  const { words, wordBigrams, minCharacters, maxCharacters, shape } = settings;
  const vectoriser = fitVectoriser(
    rows,
    { words, wordBigrams, minCharacters, maxCharacters, shape },
    settings.minDocuments,
  );
  const matrix = vectoriser.transformAll(rows);
  const size = vectoriser.vocabulary.size;
  const weights = new Float32Array(size * labels.length);
  const biases = new Float32Array(labels.length);
  labels.forEach((label, index) => {
    const signs = Int8Array.from(rows, (row) => (row.label === label ? 1 : -1));
    const column = trainSvm(
      matrix,
      size,
      {
        signs,
        rowCosts: rowCosts(rows, signs, settings.balance),
        scales: settings.ratioShare === 0 ? null : logCountRatios(matrix, size, signs, settings.ratioShare),
      },
      settings,
    );
    for (let feature = 0; feature < size; feature++) weights[feature * labels.length + index] = column[feature]!;
    biases[index] = column[size]!;
  });
  return { labels, vectoriser, weights, biases };
}

function rowCosts(rows: readonly TrainingRow[], signs: Int8Array, balance: number): Float32Array {
  const positives = signs.reduce((sum, sign) => sum + (sign > 0 ? 1 : 0), 0);
  const negatives = signs.length - positives;
  const heavier = (count: number) => (signs.length / (2 * Math.max(1, count))) ** balance;
  return Float32Array.from(
    rows,
    (row, index) => (row.weight ?? 1) * heavier(signs[index]! > 0 ? positives : negatives),
  );
}

/** How much more often each feature stands in rows of the class than elsewhere, as |log ratio|, mixed with 1. */
function logCountRatios(rows: SparseRows, size: number, signs: Int8Array, share: number): Float32Array {
  const inside = new Float64Array(size).fill(1);
  const outside = new Float64Array(size).fill(1);
  signs.forEach((sign, row) => {
    const counts = sign > 0 ? inside : outside;
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) counts[rows.features[at]!]! += 1;
  });
  const insideTotal = inside.reduce((sum, value) => sum + value, 0);
  const outsideTotal = outside.reduce((sum, value) => sum + value, 0);
  return Float32Array.from({ length: size }, (_, feature) => {
    const ratio = Math.abs(Math.log(inside[feature]! / insideTotal / (outside[feature]! / outsideTotal)));
    return 1 - share + share * ratio;
  });
}

/** Judges one text. */
export function predict(model: LinearModel, text: TextRow | string): Prediction {
  const row = model.vectoriser.transform(typeof text === 'string' ? { text } : text);
  const { labels, weights } = model;
  const margins = Float64Array.from(model.biases);
  for (let at = 0; at < row.size; at++) {
    const start = row.features[at]! * labels.length;
    const value = row.values[at]!;
    for (let index = 0; index < labels.length; index++) margins[index]! += weights[start + index]! * value;
  }
  let best = 0;
  const scores: Record<string, number> = {};
  labels.forEach((label, index) => {
    scores[label] = margins[index]!;
    if (margins[index]! > margins[best]!) best = index;
  });
  return { label: labels[best]!, scores };
}
