import { createHash } from 'node:crypto';
import { classifyItem, type CategoryTools } from '../rules/category/classify.js';
import { type CueTables, SCORED } from '../rules/category/cue-tables.js';
import { type CorpusRow, loadCorpus } from './corpus.js';
import { accuracy, foldOf, mean, scoreLabels, type ScoredRow } from './label-scores.js';
import { packLearned, unpackLearned } from './learned-file.js';
import { categoryTools, learnCategories } from './learn-from-history.js';
import { loadCues } from './load-cues.js';

/** A training: plain data, so that it can be handed to a thread. */
export interface TrainingJob {
  configDir: string;
  history: CorpusRow[];
  /** The running model, when it is one that was trained here. */
  running: Uint8Array | null;
}

/** Scores on the office's own labelled texts. */
export interface CategoryScores {
  rows: number;
  macroF1: number;
  accuracy: number;
  classes: Record<string, { precision: number; recall: number; f1: number; support: number }>;
  /** How often a text of the first label was given the second. */
  confusion: { from: string; to: string; count: number }[];
}

/** What an administrator decides on. */
export interface TrainingReport {
  shippedRows: number;
  ownRows: number;
  folds: number;
  /** By folds: each text judged by a model that did not learn it. Null with too few texts. */
  candidate: CategoryScores | null;
  /** The shipped model, which has seen none of the texts. */
  shipped: CategoryScores | null;
  /** The running model; it may have learned some of these texts, so it is flattered. Null when the shipped one runs. */
  running: CategoryScores | null;
}

export interface TrainedModel {
  version: string;
  body: Buffer;
  report: TrainingReport;
}

const FOLDS = 5;
/** With fewer own texts a score would be chance. */
const MIN_SCORED_ROWS = 20;

/** Learns a new model from the shipped corpus and the office's own labels, and measures it. Deterministic; takes seconds. */
export function trainCategories({ configDir, history, running }: TrainingJob): TrainedModel {
  const tables = loadCues(configDir);
  const corpus = loadCorpus(configDir);
  const body = packLearned(learnCategories(tables, corpus.rows, history));
  const version = `category-own-${createHash('sha256').update(body).digest('hex').slice(0, 12)}`;
  const measured = history.length >= MIN_SCORED_ROWS;
  const scoreWith = (tools: CategoryTools) => scoresOf(history, history.map(judgeWith(tools)));
  return {
    version,
    body,
    report: {
      shippedRows: corpus.rows.length,
      ownRows: history.length,
      folds: FOLDS,
      candidate: measured ? scoresOf(history, judgedByFolds(tables, corpus.rows, history)) : null,
      shipped: measured ? scoreWith(categoryTools(tables, learnCategories(tables, corpus.rows, []))) : null,
      running:
        measured && running !== null ? scoreWith(categoryTools(tables, unpackLearned(Buffer.from(running)))) : null,
    },
  };
}

function judgedByFolds(tables: CueTables, corpus: CorpusRow[], history: CorpusRow[]): string[] {
  const predicted: string[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const shown = history.filter((_, index) => foldOf(index, FOLDS) !== fold);
    const judge = judgeWith(categoryTools(tables, learnCategories(tables, corpus, shown)));
    history.forEach((row, index) => {
      if (foldOf(index, FOLDS) === fold) predicted[index] = judge(row);
    });
  }
  return predicted;
}

const judgeWith = (tools: CategoryTools) => (row: CorpusRow) => {
  const { primary } = classifyItem({ text: row.text, sourceKind: 'unknown', sourceRank: 'individual' }, tools);
  return primary === 'C7-suspected' ? 'C7' : primary;
};

function scoresOf(history: readonly CorpusRow[], predicted: readonly string[]): CategoryScores {
  const scored: ScoredRow[] = history.map((row, index) => ({ gold: row.label, predicted: predicted[index]! }));
  const present = SCORED.filter((label) => scored.some((row) => row.gold === label));
  const classes = Object.fromEntries(present.map((label) => [label, scoreLabels(scored, new Set([label]))]));
  const counts = new Map<string, number>();
  for (const { gold, predicted: to } of scored)
    if (gold !== to) counts.set(`${gold} ${to}`, (counts.get(`${gold} ${to}`) ?? 0) + 1);
  return {
    rows: scored.length,
    macroF1: mean(present.map((label) => classes[label]!.f1)),
    accuracy: accuracy(scored),
    classes,
    confusion: [...counts]
      .map(([key, count]) => ({ from: key.split(' ')[0]!, to: key.split(' ')[1]!, count }))
      .sort((a, b) => b.count - a.count),
  };
}
