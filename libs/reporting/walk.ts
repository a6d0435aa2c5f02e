import type { Transaction } from '#platform/database/database.js';

/** Ways of the planner that read everything before they give the first row. */
const EAGER = ['hashjoin', 'mergejoin', 'seqscan', 'bitmapscan', 'sort'];

/**
 * Runs a question whose first page lies at the beginning of an index: PostgreSQL takes the predicates of a scope for rare
 * and would read and sort everything for it, while over a place most rows pass.
 */
export async function walking<T>(tx: Transaction, question: () => Promise<T>): Promise<T> {
  const eager = (state: 'on' | 'off') =>
    tx.query(`SELECT ${EAGER.map((way) => `set_config('enable_${way}', $1, true)`).join(', ')}`, [state]);
  if (tx.scope === 'system' || tx.scope.jurisdictions.length === 0) return question();
  await eager('off');
  const answer = await question();
  await eager('on');
  return answer;
}
