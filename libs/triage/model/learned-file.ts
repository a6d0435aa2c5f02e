import { z } from 'zod';
import { SCORED } from '../rules/category/cue-tables.js';
import type { LearnedCategories } from './learn-from-history.js';
import { deserialiseModel, serialiseModel } from './model-file.js';

const weights = z.record(z.enum(SCORED), z.array(z.number()));
const headerSchema = z.object({
  sizes: z.array(z.int().positive()).min(1).max(4),
  adjustment: z.object({ weights }).nullable(),
});

/** What was learned, as bytes: length of the header, header (JSON), then the linear models one behind the other. */
export function packLearned({ models, adjustment }: LearnedCategories): Buffer {
  const parts = models.map(serialiseModel);
  const header = Buffer.from(JSON.stringify({ sizes: parts.map((part) => part.length), adjustment }), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, ...parts]);
}

/** Reads what `packLearned` wrote. Throws for anything else. */
export function unpackLearned(bytes: Buffer): LearnedCategories {
  const headerEnd = 4 + bytes.readUInt32LE(0);
  const { sizes, adjustment } = headerSchema.parse(JSON.parse(bytes.subarray(4, headerEnd).toString('utf8')));
  let start = headerEnd;
  const models = sizes.map((size) => {
    const model = deserialiseModel(bytes.subarray(start, start + size));
    start += size;
    return model;
  });
  return { models, adjustment: adjustment as LearnedCategories['adjustment'] };
}
