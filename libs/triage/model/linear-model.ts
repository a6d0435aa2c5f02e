import type { FeatureOptions, TextRow } from './features.js';
import { trainSvm } from './linear-svm.js';
import { fitVectoriser, type SparseRow, type SparseRows, type Vectoriser } from './vectoriser.js';

/** A text with its label and, optionally, its weight (1 = as heavy as any other row). */
export interface TrainingRow extends TextRow {
  label: string;
  weight?: number;
}

/** Settings of a training; every one has a default in `DEFAULT_TRAINING`. */
export interface TrainingOptions extends FeatureOptions {
  /** Features in fewer rows are dropped. */
  minDocuments: number;
  /** Price of an error; `heldOut` tries a few on a quarter of the rows and takes the best. */
  cost: number | 'heldOut';
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

/** What all trainings on the same rows share. */
interface Problem {
  labels: string[];
  rowLabels: string[];
  vectoriser: Vectoriser;
  matrix: SparseRows;
  settings: TrainingOptions;
}

/** Learns a model. Deterministic: the same rows in the same order give the same model. Throws `RangeError` without at least two labels. */
export function train(rows: readonly TrainingRow[], options: Partial<TrainingOptions> = {}): LinearModel {
  const settings = { ...DEFAULT_TRAINING, ...options };
  const labels = [...new Set(rows.map((row) => row.label))].sort();
  if (labels.length < 2) throw new RangeError('training needs rows of at least two labels');
  const vectoriser = fitVectoriser(rows, featureOptions(settings), settings.minDocuments);
  const matrix = vectoriser.transformAll(rows);
  const problem = { labels, rowLabels: rows.map((row) => row.label), vectoriser, matrix, settings };
  const rowWeights = Float32Array.from(rows, (row) => row.weight ?? 1);
  const cost = settings.cost === 'heldOut' ? chooseCost(problem, rowWeights) : settings.cost;
  return solve(problem, rowWeights, cost);
}

function featureOptions(settings: TrainingOptions): FeatureOptions {
  const { words, wordBigrams, minCharacters, maxCharacters, shape } = settings;
  return { words, wordBigrams, minCharacters, maxCharacters, shape };
}

function solve(
  { labels, rowLabels, vectoriser, matrix, settings }: Problem,
  rowWeights: Float32Array,
  cost: number,
): LinearModel {
  const size = vectoriser.vocabulary.size;
  const weights = new Float32Array(size * labels.length);
  const biases = new Float32Array(labels.length);
  labels.forEach((label, index) => {
    const signs = Int8Array.from(rowLabels, (rowLabel) => (rowLabel === label ? 1 : -1));
    const scales =
      settings.ratioShare === 0 ? null : logCountRatios(matrix, size, { signs, rowWeights }, settings.ratioShare);
    const target = { signs, rowCosts: rowCosts(rowWeights, signs, settings.balance), scales };
    const column = trainSvm(matrix, size, target, { ...settings, cost });
    for (let feature = 0; feature < size; feature++) weights[feature * labels.length + index] = column[feature]!;
    biases[index] = column[size]!;
  });
  return { labels, vectoriser, weights, biases };
}

/** Prices that are tried; short headlines want a low one, long letters a high one. */
const COSTS = [0.5, 1, 2, 4];
/** Every fourth row is held out while a price is tried. */
const HELD_OUT_EVERY = 4;

/** The price that hits most of the held-out rows; of equal ones the lowest. */
function chooseCost(problem: Problem, rowWeights: Float32Array): number {
  const heldOut = (row: number) => row % HELD_OUT_EVERY === HELD_OUT_EVERY - 1;
  const shown = rowWeights.map((weight, row) => (heldOut(row) ? 0 : weight));
  const { starts, features, values } = problem.matrix;
  const hits = COSTS.map((cost) => {
    const model = solve(problem, shown, cost);
    return problem.rowLabels.filter((label, row) => {
      if (!heldOut(row)) return false;
      const start = starts[row]!;
      const end = starts[row + 1]!;
      const vector = {
        size: end - start,
        features: features.subarray(start, end),
        values: values.subarray(start, end),
      };
      return judge(model, vector).label === label;
    }).length;
  });
  return COSTS[hits.indexOf(Math.max(...hits))]!;
}

function rowCosts(rowWeights: Float32Array, signs: Int8Array, balance: number): Float32Array {
  const positives = signs.reduce((sum, sign) => sum + (sign > 0 ? 1 : 0), 0);
  const heavier = (count: number) => (signs.length / (2 * Math.max(1, count))) ** balance;
  return rowWeights.map((weight, row) => weight * heavier(signs[row]! > 0 ? positives : signs.length - positives));
}

/** How much more often each feature stands in rows of the class than elsewhere, as |log ratio|, mixed with 1. */
function logCountRatios(
  rows: SparseRows,
  size: number,
  target: { signs: Int8Array; rowWeights: Float32Array },
  share: number,
): Float32Array {
  const inside = new Float64Array(size).fill(1);
  const outside = new Float64Array(size).fill(1);
  target.signs.forEach((sign, row) => {
    if (target.rowWeights[row] === 0) return;
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
  return judge(model, model.vectoriser.transform(typeof text === 'string' ? { text } : text));
}

function judge({ labels, weights, biases }: LinearModel, row: SparseRow): Prediction {
  const margins = Float64Array.from(biases);
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
