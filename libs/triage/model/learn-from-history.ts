import type { CueAdjustment } from '../rules/category/adjustment.js';
import { adjustmentInputs } from '../rules/category/adjustment.js';
import { type CategoryTools, classifyItem } from '../rules/category/classify.js';
import type { CueTables } from '../rules/category/cue-tables.js';
import { CueMatcher } from '../rules/category/match-cues.js';
import type { CorpusRow } from './corpus.js';
import { type AdjustmentRow, learnAdjustment } from './learn-adjustment.js';
import type { LinearModel } from './linear-model.js';
import { categoryModel, trainOwnModel, trainShippedModel } from './load-model.js';

/** Parts into which the history is cut, so that each row is scored by a model that did not see it. */
const PARTS = 4;
/** Fewer own rows than this only join the model; they are too few to correct the cues (judgement). */
const MIN_ROWS_FOR_ADJUSTMENT = 100;

/** What was learned, as it is kept: the linear models whose mean judges, and corrections of the cue weights. */
export interface LearnedCategories {
  models: LinearModel[];
  adjustment: CueAdjustment | null;
}

/** Everything that classifies, made of the cue tables and of what was learned. */
export function categoryTools(tables: CueTables, learned: LearnedCategories): CategoryTools {
  return {
    cues: new CueMatcher(tables),
    thresholds: tables.thresholds,
    model: categoryModel(learned.models),
    ...(learned.adjustment === null ? {} : { adjustment: learned.adjustment }),
  };
}

/**
 * Learns from the shipped corpus and an office's own labelled history: the mean of the shipped model and of one that also
 * knows the history, and corrections of the cue weights.
 */
export function learnCategories(
  tables: CueTables,
  corpus: readonly CorpusRow[],
  history: readonly CorpusRow[],
): LearnedCategories {
  const shipped = trainShippedModel(corpus);
  if (history.length === 0) return { models: [shipped], adjustment: null };
  const models = [shipped, trainOwnModel(corpus, history)];
  if (history.length < MIN_ROWS_FOR_ADJUSTMENT) return { models, adjustment: null };
  const cues = new CueMatcher(tables);
  const rows: AdjustmentRow[] = [];
  for (let part = 0; part < PARTS; part++) rows.push(...scorePart(part, { tables, corpus, history, shipped, cues }));
  return { models, adjustment: learnAdjustment(rows) };
}

/** Learns and makes ready at once. */
export const learnFromHistory = (
  tables: CueTables,
  corpus: readonly CorpusRow[],
  history: readonly CorpusRow[],
): CategoryTools => categoryTools(tables, learnCategories(tables, corpus, history));

interface Sources {
  tables: CueTables;
  corpus: readonly CorpusRow[];
  history: readonly CorpusRow[];
  shipped: LinearModel;
  cues: CueMatcher;
}

function scorePart(part: number, sources: Sources): AdjustmentRow[] {
  const { tables, corpus, history, shipped, cues } = sources;
  const inPart = (_: CorpusRow, index: number) => index % PARTS === part;
  const others = history.filter((row, index) => !inPart(row, index));
  const model = categoryModel([shipped, trainOwnModel(corpus, others)]);
  return history.filter(inPart).map((row) => ({
    label: row.label,
    inputs: adjustmentInputs(tables, cues.match(row.text)),
    scores: classifyItem(
      { text: row.text, sourceKind: 'unknown', sourceRank: 'individual' },
      { cues, model, thresholds: tables.thresholds },
    ).scores,
  }));
}
