import type { Transaction } from '#platform/database/database.js';
import type { Evidence } from './evidence.store.js';
import { copiedRuns, copiedShare } from './rules/copied-text.js';
import { findStatement, type Statement, statementsOf } from './statements.store.js';

/** How much of earlier texts makes a repost; from `config/response.yaml`. */
export interface RepostTerms {
  copiedRunCharacters: number;
  repostShare: number;
}

/** Texts that the public has read. */
const READ = new Set(['published', 'corrected']);

/** Whether a text says again what the incident's earlier texts said. A correction says something else, however little it changes. */
export function isRepost(statement: Statement, earlier: readonly Statement[], terms: RepostTerms): boolean {
  if (statement.corrects !== null) return false;
  const texts = earlier.map(({ id, body }) => ({ id, text: body }));
  const runs = copiedRuns(statement.body, texts, terms.copiedRunCharacters);
  return copiedShare(statement.body, runs) >= terms.repostShare;
}

/**
 * Whether a proof shows only what the public has read before: the same statement on another page, or an old text under a new
 * number, by when they were published and not by when that was proven. Such a one is proven like any other, and no progress: it keeps neither a promise nor the interval (domain 3.4, R31).
 */
export async function repeatsEarlier(
  tx: Transaction,
  { evidence, publishedAt }: { evidence: Evidence; publishedAt: Date },
  terms: RepostTerms,
): Promise<boolean> {
  if (evidence.statementId === null) return false;
  const other = await tx.one(
    `SELECT 1 FROM evidence WHERE statement_id = $1 AND id <> $2 AND state IN ('proven', 'gone', 'altered') AND published_at <= $3 LIMIT 1`,
    [evidence.statementId, evidence.id, publishedAt],
  );
  if (other !== undefined) return true;
  const statement = await findStatement(tx, evidence.statementId);
  const earlier = (await statementsOf(tx, statement.incidentId)).filter(
    ({ id, state, publishedAt: earlierAt }) =>
      id !== statement.id && READ.has(state) && earlierAt !== null && earlierAt < publishedAt,
  );
  return isRepost(statement, earlier, terms);
}
