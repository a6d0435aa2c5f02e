import type { CategoryModel } from '../rules/category/classify.js';
import type { CorpusRow } from './corpus.js';
import { type LinearModel, predict, train, type TrainingOptions } from './linear-model.js';

/** Settings of the category model; chosen by cross-validation on other labelled texts (judgement). */
export const CATEGORY_TRAINING: Partial<TrainingOptions> = { minDocuments: 2, maxCharacters: 2 };

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

/**
 * Learns from the shipped corpus and, when there are any, from the office's own labelled rows. The model that knows only
 * the corpus keeps half a vote: few own rows must not unlearn the rare categories.
 */
export function trainCategoryModel(corpus: readonly CorpusRow[], own: readonly CorpusRow[] = []): CategoryModel {
  const shipped = train(corpus, CATEGORY_TRAINING);
  if (own.length === 0) return categoryModel([shipped]);
  const heavier = own.map((row) => ({ ...row, weight: OWN_ROW_WEIGHT }));
  return categoryModel([shipped, train([...corpus, ...heavier], CATEGORY_TRAINING)]);
}
