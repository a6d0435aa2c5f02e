import type { FeatureOptions, TextRow } from './features.js';
import type { TrainingRow } from './linear-model.js';
import { fitVectoriser, type Vectoriser } from './vectoriser.js';

const OPTIONS: FeatureOptions = {
  words: true,
  wordBigrams: false,
  minCharacters: 1,
  maxCharacters: 3,
  shape: false,
  blocks: true,
};
/** Learned texts that speak for a new one, each with the square of its closeness (judgement). */
const NEAREST = 20;

/** The learned texts themselves: a new text gets the labels of those that are closest to it. Right where texts retell each other. */
export class Neighbours {
  private readonly vectoriser: Vectoriser;
  private readonly labelOf: Uint16Array;
  /** By feature: the rows that have it, and with what value. */
  private readonly starts: Uint32Array;
  private readonly rows: Uint32Array;
  private readonly values: Float32Array;

  constructor(
    rows: readonly TrainingRow[],
    readonly labels: readonly string[],
  ) {
    this.vectoriser = fitVectoriser(rows, OPTIONS, 2);
    const matrix = this.vectoriser.transformAll(rows);
    this.labelOf = Uint16Array.from(rows, (row) => labels.indexOf(row.label));
    const size = this.vectoriser.vocabulary.size;
    this.starts = new Uint32Array(size + 1);
    for (const feature of matrix.features.subarray(0, matrix.starts[rows.length])) this.starts[feature + 1]! += 1;
    for (let feature = 0; feature < size; feature++) this.starts[feature + 1]! += this.starts[feature]!;
    const next = this.starts.slice();
    this.rows = new Uint32Array(this.starts[size]!);
    this.values = new Float32Array(this.starts[size]!);
    for (let row = 0; row < rows.length; row++)
      for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) {
        const place = next[matrix.features[at]!]!++;
        this.rows[place] = row;
        this.values[place] = matrix.values[at]!;
      }
  }

  /** −1 (none of the closest) to 1 (all of them) for each label, in the order of the labels. */
  scores(text: TextRow): Float64Array {
    const vector = this.vectoriser.transform(text);
    const closeness = new Float32Array(this.labelOf.length);
    for (let at = 0; at < vector.size; at++) {
      const feature = vector.features[at]!;
      const value = vector.values[at]!;
      for (let place = this.starts[feature]!; place < this.starts[feature + 1]!; place++)
        closeness[this.rows[place]!]! += this.values[place]! * value;
    }
    const shares = new Float64Array(this.labels.length);
    let total = 0;
    for (const row of nearest(closeness)) {
      const weight = closeness[row]! ** 2;
      shares[this.labelOf[row]!]! += weight;
      total += weight;
    }
    return shares.map((share) => (total === 0 ? 0 : (2 * share) / total - 1));
  }
}

/** The closest rows, by one pass with a short sorted list. */
function nearest(closeness: Float32Array): number[] {
  const best: number[] = [];
  for (let row = 0; row < closeness.length; row++) {
    if (best.length === NEAREST && closeness[row]! <= closeness[best[NEAREST - 1]!]!) continue;
    let at = best.length;
    while (at > 0 && closeness[best[at - 1]!]! < closeness[row]!) at--;
    best.splice(at, 0, row);
    if (best.length > NEAREST) best.pop();
  }
  return best;
}
