import type { FeatureOptions } from './features.js';
import type { LinearModel } from './linear-model.js';
import { Vectoriser } from './vectoriser.js';
import { Vocabulary } from './vocabulary.js';

/** First bytes of a model file; the number is the version of the layout. */
const MAGIC = 'HYLM0001';

interface Header {
  labels: string[];
  features: number;
  options: FeatureOptions;
  biases: number[];
}

/**
 * A model as bytes: magic, length of the header, header (JSON), padding to four bytes, then hashes (uint32), idf
 * (float32) and weights (float32), little-endian.
 */
export function serialiseModel(model: LinearModel): Buffer {
  const { vocabulary, idf, options } = model.vectoriser;
  const header: Header = { labels: model.labels, features: vocabulary.size, options, biases: [...model.biases] };
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const start = Buffer.alloc(MAGIC.length + 4);
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(json.length, MAGIC.length);
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4, ' ');
  return Buffer.concat([start, json, padding, bytesOf(vocabulary.keys), bytesOf(idf), bytesOf(model.weights)]);
}

/** Reads what `serialiseModel` wrote; scores are the same to the bit. Throws `RangeError` for anything else. */
export function deserialiseModel(bytes: Buffer): LinearModel {
  if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC)
    throw new RangeError(`not a model file of layout ${MAGIC}`);
  const jsonLength = bytes.readUInt32LE(MAGIC.length);
  const jsonStart = MAGIC.length + 4;
  const header = JSON.parse(bytes.subarray(jsonStart, jsonStart + jsonLength).toString('utf8')) as Header;
  const size = header.features;
  const labels = header.labels.length;
  const start = jsonStart + Math.ceil(jsonLength / 4) * 4;
  if (bytes.length !== start + 4 * size * (2 + labels)) throw new RangeError('the model file is cut off');
  const copy = bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length);
  const keys = new Uint32Array(copy, 0, size);
  const idf = new Float32Array(copy, 4 * size, size);
  const weights = new Float32Array(copy, 8 * size, size * labels);
  const vectoriser = new Vectoriser(header.options, Vocabulary.of(keys), idf);
  return { labels: header.labels, vectoriser, weights, biases: Float32Array.from(header.biases) };
}

function bytesOf(values: Uint32Array | Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
