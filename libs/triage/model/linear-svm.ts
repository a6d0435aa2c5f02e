import { seededRandom, shuffle } from './random.js';
import type { SparseRows } from './vectoriser.js';

/** Settings of one binary problem. */
export interface SvmOptions {
  /** Price of an error; larger fits the training rows closer. */
  cost: number;
  maxPasses: number;
  /** Training stops when the largest violation of a pass falls below this. */
  tolerance: number;
  seed: number;
}

/**
 * Weights and bias (the last entry) of a linear SVM with squared hinge loss, by dual coordinate descent
 * (Hsieh et al. 2008). `signs` is +1 or −1 a row; `rowCosts` multiplies the price of each row's error. Each feature may
 * be scaled by `scales` (log-count ratios); the weights returned are for unscaled values.
 */
export function trainSvm(
  rows: SparseRows,
  size: number,
  target: { signs: Int8Array; rowCosts: Float32Array; scales: Float32Array | null },
  options: SvmOptions,
): Float32Array {
  const { starts, features, values } = rows;
  const { signs, rowCosts, scales } = target;
  const count = signs.length;
  const weights = new Float64Array(size + 1);
  const alphas = new Float64Array(count);
  const squares = new Float64Array(count);
  const scaled = scales === null ? values : new Float32Array(values.length);
  for (let row = 0; row < count; row++) {
    let sum = 1;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      if (scales !== null) scaled[at] = values[at]! * scales[features[at]!]!;
      sum += scaled[at]! * scaled[at]!;
    }
    squares[row] = sum;
  }
  // A row that costs nothing takes no part.
  const order = Uint32Array.from({ length: count }, (_, index) => index).filter((row) => rowCosts[row]! > 0);
  const random = seededRandom(options.seed);
  for (let pass = 0; pass < options.maxPasses; pass++) {
    shuffle(order, random);
    let worst = 0;
    for (const row of order) {
      const sign = signs[row]!;
      const diagonal = 0.5 / (options.cost * rowCosts[row]!);
      const alpha = alphas[row]!;
      const start = starts[row]!;
      const end = starts[row + 1]!;
      let score = weights[size]!;
      for (let at = start; at < end; at++) score += weights[features[at]!]! * scaled[at]!;
      const gradient = sign * score - 1 + diagonal * alpha;
      const violation = alpha === 0 ? Math.min(gradient, 0) : gradient;
      if (Math.abs(violation) > worst) worst = Math.abs(violation);
      if (Math.abs(violation) < 1e-12) continue;
      const next = Math.max(alpha - gradient / (squares[row]! + diagonal), 0);
      alphas[row] = next;
      const step = (next - alpha) * sign;
      for (let at = start; at < end; at++) weights[features[at]!]! += step * scaled[at]!;
      weights[size]! += step;
    }
    if (worst < options.tolerance) break;
  }
  const out = new Float32Array(size + 1);
  for (let feature = 0; feature < size; feature++)
    out[feature] = weights[feature]! * (scales === null ? 1 : scales[feature]!);
  out[size] = weights[size]!;
  return out;
}
