import type { Transaction } from '#platform/database/database.js';
import type { Scope } from '#platform/database/scope.js';
import { DomainError } from '#kernel/error.js';
import { REACHED } from './accounts.store.js';
import { reachPatterns } from './reach.js';
import type { TokenView } from './tokens.service.js';

export interface DutyView {
  id: string;
  duty: string;
  bodyId: string | null;
  bodyName: string | null;
  jurisdiction: string;
  validFrom: string;
  validTo: string | null;
  deputyFor: string | null;
}

export interface AccountView {
  id: string;
  username: string;
  displayName: string;
  disabledAt: Date | null;
  createdAt: Date;
  lastSignInAt: Date | null;
  openSessions: number;
  version: number;
  duties: DutyView[];
}

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const ACCOUNT = `SELECT u.id, u.username, u.display_name AS "displayName", u.disabled_at AS "disabledAt", u.created_at AS "createdAt", u.version,
  (SELECT max(s.created_at) FROM sessions s WHERE s.user_id = u.id) AS "lastSignInAt",
  (SELECT count(*)::int FROM sessions s WHERE s.user_id = u.id AND s.revoked_at IS NULL AND s.expires_at > huiying_now()) AS "openSessions",
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', d.id, 'duty', d.duty, 'bodyId', d.body_id, 'bodyName', b.short_name, 'jurisdiction', d.jurisdiction,
      'validFrom', to_char(d.valid_from AT TIME ZONE 'UTC', ${ISO}), 'validTo', to_char(d.valid_to AT TIME ZONE 'UTC', ${ISO}), 'deputyFor', d.deputy_for) ORDER BY d.valid_from, d.id)
    FROM duties d LEFT JOIN bodies b ON b.id = d.body_id WHERE d.user_id = u.id), '[]') AS duties
  FROM users u`;

/** Accounts that the scope reaches, by user name. `after` is the last name of the page before. */
export const listAccounts = (
  tx: Transaction,
  scope: Scope,
  page: { limit: number; after?: string; text?: string },
): Promise<AccountView[]> =>
  tx.query<AccountView>(
    `${ACCOUNT} WHERE ${REACHED(1)} AND cardinality($1::text[]) > 0 AND ($2::text IS NULL OR u.username > $2)
        AND ($3::text IS NULL OR strpos(u.username, $3) > 0 OR strpos(u.display_name, $3) > 0)
      ORDER BY u.username LIMIT $4`,
    [reachPatterns(scope), page.after ?? null, page.text ?? null, page.limit],
  );

/** One account, or 404 `ACCOUNT_NOT_FOUND`. */
export async function findAccount(tx: Transaction, scope: Scope, id: string): Promise<AccountView> {
  const account = await tx.one<AccountView>(
    `${ACCOUNT} WHERE u.id = $2 AND cardinality($1::text[]) > 0 AND ${REACHED(1)}`,
    [reachPatterns(scope), id],
  );
  if (account === undefined) throw new DomainError('ACCOUNT_NOT_FOUND', 404, 'no such account');
  return account;
}

/** Tokens of the accounts that the scope reaches, newest first. `after` is the last id of the page before. */
export const listTokens = (
  tx: Transaction,
  scope: Scope,
  page: { limit: number; after?: string },
): Promise<TokenView[]> =>
  tx.query<TokenView>(
    `SELECT t.id, t.name, t.user_id AS "userId", u.username, t.scopes, t.source_id AS "sourceId", t.created_at AS "createdAt", t.expires_at AS "expiresAt",
            t.last_used_at AS "lastUsedAt", t.revoked_at AS "revokedAt"
       FROM tokens t JOIN users u ON u.id = t.user_id
      WHERE ${REACHED(1)} AND cardinality($1::text[]) > 0 AND ($2::uuid IS NULL OR t.id < $2) ORDER BY t.id DESC LIMIT $3`,
    [reachPatterns(scope), page.after ?? null, page.limit],
  );
