import type { Transaction } from '#platform/database/database.js';
import type { Scope } from '#platform/database/scope.js';
import { DomainError } from '#kernel/error.js';
import { reachPatterns } from './reach.js';

/**
 * The accounts `u` that an administrator reaches: every duty, now or to come, lies in the administrator's
 * jurisdictions. One whose duties reach further belongs to the administrator of the wider place. Takes the patterns
 * of the scope as parameter `$n`.
 */
export const REACHED = (n: number): string =>
  `NOT EXISTS (SELECT 1 FROM duties r WHERE r.user_id = u.id AND (r.valid_to IS NULL OR r.valid_to > huiying_now()) AND NOT r.jurisdiction LIKE ANY ($${n}::text[]))`;

/** Refuses with 404 an account that the scope does not reach, as if it did not exist. */
export async function requireReach(
  tx: Transaction,
  scope: Scope,
  userId: string,
  refusal = new DomainError('ACCOUNT_NOT_FOUND', 404, 'no such account'),
): Promise<void> {
  const row = await tx.one(`SELECT 1 FROM users u WHERE u.id = $1 AND cardinality($2::text[]) > 0 AND ${REACHED(2)}`, [
    userId,
    reachPatterns(scope),
  ]);
  if (row === undefined) throw refusal;
}
