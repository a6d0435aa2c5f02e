import { type FeatureOptions, type TextRow, visitFeatures } from './features.js';
import { Vocabulary } from './vocabulary.js';

/** Rows as one sparse matrix: row r has the feature numbers and values from `starts[r]` to `starts[r + 1]`. */
export interface SparseRows {
  starts: Uint32Array;
  features: Uint32Array;
  values: Float32Array;
}

/** One sparse row; the arrays are reused by the next call, `size` says how much of them is meant. */
export interface SparseRow {
  size: number;
  features: Uint32Array;
  values: Float32Array;
}

/** Turns texts into sparse vectors: (1 + log tf) · idf, scaled to length 1. */
export class Vectoriser {
  private readonly counts: Float32Array;
  private readonly row: SparseRow;

  constructor(
    readonly options: FeatureOptions,
    readonly vocabulary: Vocabulary,
    readonly idf: Float32Array,
  ) {
    this.counts = new Float32Array(vocabulary.size);
    this.row = { size: 0, features: new Uint32Array(256), values: new Float32Array(256) };
  }

  /** The vector of one text; features that the training never saw are left out, so an unrelated text is the zero vector. */
  transform(text: TextRow): SparseRow {
    const { row, counts } = this;
    row.size = 0;
    visitFeatures(text, this.options, (hash) => {
      const feature = this.vocabulary.find(hash);
      if (feature < 0) return;
      if (counts[feature]! === 0) {
        if (row.size === row.features.length) this.widen();
        row.features[row.size++] = feature;
      }
      counts[feature]! += 1;
    });
    let squares = 0;
    for (let at = 0; at < row.size; at++) {
      const feature = row.features[at]!;
      const count = counts[feature]!;
      counts[feature] = 0;
      const value = (count === 1 ? 1 : 1 + Math.log(count)) * this.idf[feature]!;
      row.values[at] = value;
      squares += value * value;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let at = 0; at < row.size; at++) row.values[at]! *= scale;
    return row;
  }

  private widen(): void {
    const { features, values } = this.row;
    this.row.features = new Uint32Array(features.length * 2);
    this.row.features.set(features);
    this.row.values = new Float32Array(values.length * 2);
  }

  /** All rows as one matrix. */
  transformAll(texts: readonly TextRow[]): SparseRows {
    const starts = new Uint32Array(texts.length + 1);
    let features = new Uint32Array(4096);
    let values = new Float32Array(4096);
    texts.forEach((text, index) => {
      const row = this.transform(text);
      const start = starts[index]!;
      if (start + row.size > features.length) {
        const wider = Math.max(features.length * 2, start + row.size);
        const oldFeatures = features;
        const oldValues = values;
        features = new Uint32Array(wider);
        features.set(oldFeatures);
        values = new Float32Array(wider);
        values.set(oldValues);
      }
      features.set(row.features.subarray(0, row.size), start);
      values.set(row.values.subarray(0, row.size), start);
      starts[index + 1] = start + row.size;
    });
    return { starts, features, values };
  }
}

/** Learns vocabulary and idf; features of fewer than `minDocuments` rows are dropped. */
export function fitVectoriser(texts: readonly TextRow[], options: FeatureOptions, minDocuments: number): Vectoriser {
  const seen = new Vocabulary(65_536);
  let documents = new Uint32Array(65_536);
  let lastRow = new Int32Array(65_536).fill(-1);
  texts.forEach((text, index) => {
    visitFeatures(text, options, (hash) => {
      const feature = seen.add(hash);
      if (feature >= documents.length) {
        const oldDocuments = documents;
        const oldLastRow = lastRow;
        documents = new Uint32Array(oldDocuments.length * 2);
        documents.set(oldDocuments);
        lastRow = new Int32Array(oldLastRow.length * 2).fill(-1);
        lastRow.set(oldLastRow);
      }
      if (lastRow[feature] === index) return;
      lastRow[feature] = index;
      documents[feature]! += 1;
    });
  });
  const seenKeys = seen.keys;
  const kept = new Vocabulary(seen.size);
  const idf: number[] = [];
  for (let feature = 0; feature < seen.size; feature++) {
    if (documents[feature]! < minDocuments) continue;
    kept.add(seenKeys[feature]!);
    idf.push(1 + Math.log((1 + texts.length) / (1 + documents[feature]!)));
  }
  return new Vectoriser(options, Vocabulary.of(kept.keys), Float32Array.from(idf));
}
