import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CategoryModel } from '../rules/category/classify.js';
import { type CorpusRow, loadCorpus } from './corpus.js';
import { DEFAULT_TRAINING, type LinearModel, predict, train, type TrainingOptions } from './linear-model.js';
import { deserialiseModel, serialiseModel } from './model-file.js';

/** Raised when features or learning change, so that older cached models are not read. */
const LAYOUT = 1;

/** Settings of the category model; chosen by cross-validation on other labelled texts (judgement). */
export const CATEGORY_TRAINING: Partial<TrainingOptions> = { ratioShare: 0, shape: false };

/** How much heavier an office's own labelled row weighs than a shipped one (judgement). */
const OWN_ROW_WEIGHT = 3;

/** Wraps linear models as the rules want it: the mean of their margins. */
export function categoryModel(models: readonly LinearModel[]): CategoryModel {
  return {
    scores: (text) => {
      const sums: Record<string, number> = {};
      for (const model of models)
        for (const [label, score] of Object.entries(predict(model, text).scores))
          sums[label] = (sums[label] ?? 0) + score / models.length;
      return sums;
    },
  };
}

/** Learns from the shipped corpus alone. */
export function trainShippedModel(corpus: readonly CorpusRow[]): LinearModel {
  return train(corpus, CATEGORY_TRAINING);
}

/** Learns from the shipped corpus and from an office's own labelled rows, which weigh more. */
export function trainOwnModel(corpus: readonly CorpusRow[], own: readonly CorpusRow[]): LinearModel {
  return train([...corpus, ...own.map((row) => ({ ...row, weight: OWN_ROW_WEIGHT }))], CATEGORY_TRAINING);
}

/**
 * The shipped category model. Learns it from `<configDir>/categories/corpus` once and keeps it in `cacheDir` under a
 * name made of the corpus and the settings; a cached file that can't be read is learned anew. `version` names the model
 * in the ledger. Throws `ConfigError` for a faulty corpus.
 */
export function loadCategoryModel(
  configDir: string,
  cacheDir: string | null,
): { model: CategoryModel; version: string } {
  const corpus = loadCorpus(configDir);
  const version = versionOf(corpus.hash);
  const file = cacheDir === null ? null : path.join(cacheDir, `category-model-${version}.bin`);
  const cached = file === null ? null : readCached(file);
  if (cached !== null) return { model: categoryModel([cached]), version };
  const learned = trainShippedModel(corpus.rows);
  if (file !== null) writeCached(file, learned);
  return { model: categoryModel([learned]), version };
}

const versionOf = (corpusHash: string): string => {
  const settings = JSON.stringify([LAYOUT, DEFAULT_TRAINING, CATEGORY_TRAINING]);
  return createHash('sha256').update(corpusHash).update(settings).digest('hex').slice(0, 16);
};

/** The version of the shipped model as it stands with decisions, without learning or reading it. */
export const shippedModelVersion = (configDir: string): string => `category-${versionOf(loadCorpus(configDir).hash)}`;

function readCached(file: string): LinearModel | null {
  try {
    return deserialiseModel(readFileSync(file));
  } catch {
    return null;
  }
}

/** Written beside and renamed, so that two processes that start together never read half a file. */
function writeCached(file: string, model: LinearModel): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${randomUUID()}`;
  writeFileSync(beside, serialiseModel(model));
  renameSync(beside, file);
}
