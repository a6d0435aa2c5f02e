import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { CorpusRow } from './model/corpus.js';
import type { TrainingReport } from './model/train-categories.js';
import { SCORED, type Scored } from './rules/category/cue-tables.js';

export const CATEGORY_MODEL = 'category';

/** A version of the category model. The shipped one has no body: it is learned from the corpus. */
export interface ModelVersion {
  version: string;
  state: 'running' | 'candidate' | 'retired';
  shipped: boolean;
  report: TrainingReport | Record<string, never>;
  createdAt: Date;
  createdBy: string;
  activatedAt: Date | null;
  activatedBy: string | null;
}

export interface TrainingRun {
  id: string;
  state: 'asked' | 'running' | 'done' | 'failed';
  askedBy: string;
  askedAt: Date;
  finishedAt: Date | null;
  modelVersion: string | null;
  error: string | null;
}

const MODEL = `version, state, body IS NULL AS shipped, report, created_at AS "createdAt", created_by AS "createdBy", activated_at AS "activatedAt", activated_by AS "activatedBy"`;
const MAX_LISTED = 50;

/** The versions, the running one first, then the newest. */
export const listModels = (tx: Transaction): Promise<ModelVersion[]> =>
  tx.query(
    `SELECT ${MODEL} FROM models WHERE kind = '${CATEGORY_MODEL}' ORDER BY state = 'running' DESC, created_at DESC LIMIT ${MAX_LISTED}`,
  );

export const findModel = (tx: Transaction, version: string): Promise<ModelVersion | undefined> =>
  tx.one(`SELECT ${MODEL} FROM models WHERE kind = '${CATEGORY_MODEL}' AND version = $1`, [version]);

export const runningVersion = async (tx: Transaction): Promise<string | undefined> =>
  (
    await tx.one<{ version: string }>(
      `SELECT version FROM models WHERE kind = '${CATEGORY_MODEL}' AND state = 'running'`,
    )
  )?.version;

/** The bytes of a trained version; null for a shipped one. */
export const bodyOf = async (tx: Transaction, version: string): Promise<Buffer | null> =>
  (await tx.one<{ body: Buffer | null }>('SELECT body FROM models WHERE version = $1', [version]))?.body ?? null;

/** Puts the shipped version on the list; it runs unless a trained one does. An older shipped one can't be learned again. */
export async function registerShipped(tx: Transaction, version: string): Promise<void> {
  await tx.query(
    `UPDATE models SET state = 'retired' WHERE kind = '${CATEGORY_MODEL}' AND state = 'running' AND body IS NULL AND version <> $1`,
    [version],
  );
  await tx.query(
    `INSERT INTO models (version, kind, state, created_by) VALUES ($1, '${CATEGORY_MODEL}', 'retired', 'system') ON CONFLICT DO NOTHING`,
    [version],
  );
  await tx.query(
    `UPDATE models SET state = 'running', activated_at = huiying_now(), activated_by = 'system'
      WHERE version = $1 AND NOT EXISTS (SELECT 1 FROM models WHERE kind = '${CATEGORY_MODEL}' AND state = 'running')`,
    [version],
  );
}

/** Lets one version run instead of another. */
export async function switchModel(tx: Transaction, version: string, by: string): Promise<void> {
  await tx.query(`UPDATE models SET state = 'retired' WHERE kind = '${CATEGORY_MODEL}' AND state = 'running'`);
  await tx.query(
    `UPDATE models SET state = 'running', activated_at = huiying_now(), activated_by = $2 WHERE version = $1`,
    [version, by],
  );
}

export async function saveCandidate(
  tx: Transaction,
  model: { version: string; body: Buffer; report: TrainingReport; by: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO models (version, kind, state, body, report, created_by, corrections) VALUES ($1, '${CATEGORY_MODEL}', 'candidate', $2, $3, $4, $5) ON CONFLICT (version) DO NOTHING`,
    [model.version, model.body, JSON.stringify(model.report), model.by, model.report.ownRows],
  );
}

const RUN = `id, state, asked_by AS "askedBy", asked_at AS "askedAt", finished_at AS "finishedAt", model_version AS "modelVersion", error`;

export const listRuns = (tx: Transaction): Promise<TrainingRun[]> =>
  tx.query(`SELECT ${RUN} FROM training_runs ORDER BY asked_at DESC LIMIT 10`);

/** Asks for a training; undefined when one is asked for or at work already. */
export const askForRun = async (tx: Transaction, by: string): Promise<string | undefined> =>
  (
    await tx.one<{ id: string }>(
      'INSERT INTO training_runs (id, asked_by) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
      [newId(), by],
    )
  )?.id;

/** A training that was begun this long ago has died with its process and is taken again. */
const PATIENCE = `interval '30 minutes'`;

/** Takes the training that was asked for. */
export const claimRun = (tx: Transaction): Promise<{ id: string; askedBy: string } | undefined> =>
  tx.one(
    `UPDATE training_runs SET state = 'running', started_at = huiying_now()
      WHERE id = ANY(ARRAY(SELECT id FROM training_runs WHERE state = 'asked' OR (state = 'running' AND started_at < huiying_now() - ${PATIENCE})
                            ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)) RETURNING id, asked_by AS "askedBy"`,
  );

export async function finishRun(
  tx: Transaction,
  id: string,
  outcome: { modelVersion: string } | { error: string },
): Promise<void> {
  const version = 'modelVersion' in outcome ? outcome.modelVersion : null;
  const error = 'error' in outcome ? outcome.error.slice(0, 500) : null;
  await tx.query(
    `UPDATE training_runs SET state = $2, finished_at = huiying_now(), model_version = $3, error = $4 WHERE id = $1`,
    [id, error === null ? 'done' : 'failed', version, error],
  );
}

const MAX_HISTORY = 20_000;

/**
 * The office's own labels, the oldest first: what analysts corrected, and what they confirmed as it was proposed. Of one
 * item the last word counts; drills teach nothing.
 */
export async function labelledHistory(tx: Transaction): Promise<CorpusRow[]> {
  const rows = await tx.query<{ text: string; category: string }>(
    `SELECT text, category FROM (
       SELECT DISTINCT ON (item_id) item_id, text, category, at FROM (
         SELECT c.item_id, c.text, c.to_category AS category, c.at, 1 AS rank FROM category_corrections c JOIN items i ON i.id = c.item_id WHERE NOT i.drill
         UNION ALL
         SELECT i.representative_item_id, left(m.title || E'\\n' || m.body, 2000), i.category, i.graded_at, 0 FROM incidents i JOIN items m ON m.id = i.representative_item_id
          WHERE i.graded_at IS NOT NULL AND NOT i.drill AND i.state NOT IN ('proposed', 'rejected', 'merged')
       ) said WHERE item_id IS NOT NULL ORDER BY item_id, rank DESC, at DESC
     ) newest ORDER BY at DESC LIMIT ${MAX_HISTORY}`,
  );
  return rows.reverse().flatMap(({ text, category }) => {
    const label = category.replace('-suspected', '');
    return SCORED.includes(label as Scored) && text.trim() !== '' ? [{ text, label: label as Scored }] : [];
  });
}
