import type { CategoryModel } from '../rules/category/classify.js';
import type { CorpusRow } from './corpus.js';
import { type LinearModel, predict, train, type TrainingOptions } from './linear-model.js';

/** Settings of the category model; chosen by cross-validation on other labelled texts (judgement). */
export const CATEGORY_TRAINING: Partial<TrainingOptions> = { minDocuments: 2, maxCharacters: 2 };

/** How much heavier an office's own labelled row weighs than a shipped one (judgement). */
const OWN_ROW_WEIGHT = 3;

/** Wraps a linear model as the rules want it. */
export function categoryModel(model: LinearModel): CategoryModel {
  return { scores: (text) => predict(model, text).scores };
}

/** Learns from the shipped corpus and, when there are any, from the office's own labelled rows. */
export function trainCategoryModel(corpus: readonly CorpusRow[], own: readonly CorpusRow[] = []): CategoryModel {
  const rows = [...corpus, ...own.map((row) => ({ ...row, weight: OWN_ROW_WEIGHT }))];
  return categoryModel(train(rows, CATEGORY_TRAINING));
}
