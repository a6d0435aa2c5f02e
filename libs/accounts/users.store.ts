import type { Transaction } from '#platform/database/database.js';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';

/** An account. The hash never leaves this library. */
export interface User {
  id: string;
  username: string;
  displayName: string;
  passwordHash: string;
  disabledAt: Date | null;
  version: number;
}

const COLUMNS = `id, username, display_name AS "displayName", password_hash AS "passwordHash", disabled_at AS "disabledAt", version`;

export const findUserByName = (tx: Transaction, username: string): Promise<User | undefined> =>
  tx.one<User>(`SELECT ${COLUMNS} FROM users WHERE username = $1`, [username]);

/** Locks the row of a user, or answers 404 `ACCOUNT_NOT_FOUND`; 412 `VERSION_CONFLICT` when a version is given and has passed. */
export async function lockUser(tx: Transaction, id: string, expectedVersion?: number): Promise<User> {
  const user = await tx.one<User>(`SELECT ${COLUMNS} FROM users WHERE id = $1 FOR UPDATE`, [id]);
  if (user === undefined) throw new DomainError('ACCOUNT_NOT_FOUND', 404, 'no such account');
  if (expectedVersion !== undefined && user.version !== expectedVersion)
    throw new DomainError('VERSION_CONFLICT', 412, 'the account has changed since it was read', {
      expected: expectedVersion,
      actual: user.version,
    });
  return user;
}

/** Makes a user and returns its id. 409 `USERNAME_TAKEN` when the name is in use, whatever its case. */
export async function insertUser(
  tx: Transaction,
  user: { username: string; displayName: string; passwordHash: string },
): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO users (id, username, display_name, password_hash) VALUES ($1, $2, $3, $4) ON CONFLICT (username) DO NOTHING RETURNING id`,
    [newId(), user.username, user.displayName, user.passwordHash],
  );
  if (rows[0] === undefined) throw new DomainError('USERNAME_TAKEN', 409, 'this name is in use', {}, 'username');
  return rows[0].id;
}

/** Sets the password hash or the standing of an account, raises its version and returns it. */
export async function updateUser(
  tx: Transaction,
  id: string,
  change: { passwordHash?: string; disabledAt?: Date | null },
): Promise<number> {
  const rows = await tx.query<{ version: number }>(
    `UPDATE users SET password_hash = coalesce($2, password_hash), disabled_at = CASE WHEN $3 THEN $4::timestamptz ELSE disabled_at END,
            version = version + 1 WHERE id = $1 RETURNING version`,
    [id, change.passwordHash ?? null, change.disabledAt !== undefined, change.disabledAt ?? null],
  );
  return rows[0]!.version;
}
