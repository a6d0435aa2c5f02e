import type { Database, Transaction } from '#platform/database/database.js';
import { AUTHENTICATION_SCOPE, type Scope } from '#platform/database/scope.js';
import { appendLedger, type Actor } from '#platform/ledger/ledger.js';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import { requireReach } from './accounts.store.js';
import { ACCOUNT_EVENTS, type Caller, type Permission, PERMISSIONS } from './contract.js';
import type { DutyBook } from './duties.js';
import { heldDuties } from './duties.store.js';
import { callerOf } from './caller.js';
import { hashSecret, newSecret } from './secrets.js';

/** Marks a secret as one of ours, so that a scan of code or logs can find it. */
const PREFIX = 'hy_';
const DAY_MS = 86_400_000;

/** What no machine may: a token that is stolen must not be able to make itself permanent. */
const NEVER_IN_TOKENS: ReadonlySet<Permission> = new Set(['account.manage', 'token.manage', 'personalData.reveal']);

export interface NewToken {
  userId: string;
  name: string;
  scopes: Permission[];
  expiresInDays: number;
  sourceId?: string;
}

export interface TokenView {
  id: string;
  name: string;
  userId: string;
  username: string;
  scopes: string[];
  sourceId: string | null;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

interface UsableToken {
  id: string;
  name: string;
  scopes: string[];
  sourceId: string | null;
  userId: string;
  username: string;
  displayName: string;
  unnoted: boolean;
}

/** Tokens of machines. Each acts for an account, may no more than that account, and only what its scopes name. */
export class TokensService {
  constructor(
    private readonly database: Database,
    private readonly duties: DutyBook,
  ) {}

  /** Makes a token and returns its secret, which is shown once and never stored. */
  async create(
    tx: Transaction,
    token: NewToken,
    by: { actor: Actor; scope: Scope },
  ): Promise<{ id: string; secret: string; expiresAt: Date }> {
    await requireReach(tx, by.scope, token.userId);
    const held = (await heldDuties(tx, [token.userId], this.duties)).get(token.userId) ?? [];
    const beyond = token.scopes.find(
      (scope) => NEVER_IN_TOKENS.has(scope) || !held.some((duty) => duty.permissions.has(scope)),
    );
    if (beyond !== undefined)
      throw new DomainError(
        'SCOPE_BEYOND_ACCOUNT',
        422,
        `a token of this account can't carry ${beyond}`,
        { scope: beyond },
        'scopes',
      );
    const id = newId();
    const secret = `${PREFIX}${newSecret()}`;
    const at = await tx.now();
    const expiresAt = new Date(at.getTime() + token.expiresInDays * DAY_MS);
    await tx.query(
      `INSERT INTO tokens (id, secret_hash, name, user_id, scopes, source_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, hashSecret(secret), token.name, token.userId, token.scopes, token.sourceId ?? null, at, expiresAt],
    );
    const payload = {
      userId: token.userId,
      name: token.name,
      scopes: token.scopes,
      expiresAt: expiresAt.toISOString(),
    };
    await appendLedger(tx, [{ type: ACCOUNT_EVENTS.tokenCreated, at, actor: by.actor, subjectId: id, payload }]);
    return { id, secret, expiresAt };
  }

  /** Ends a token at once. 404 `TOKEN_NOT_FOUND` when it belongs to an account out of reach. */
  async revoke(tx: Transaction, id: string, by: { actor: Actor; scope: Scope }): Promise<void> {
    const token = await tx.one<{ userId: string; revokedAt: Date | null }>(
      'SELECT user_id AS "userId", revoked_at AS "revokedAt" FROM tokens WHERE id = $1 FOR UPDATE',
      [id],
    );
    const notFound = new DomainError('TOKEN_NOT_FOUND', 404, 'no such token');
    if (token === undefined) throw notFound;
    await requireReach(tx, by.scope, token.userId, notFound);
    if (token.revokedAt !== null) return;
    const at = await tx.now();
    await tx.query('UPDATE tokens SET revoked_at = $2 WHERE id = $1', [id, at]);
    await appendLedger(tx, [
      { type: ACCOUNT_EVENTS.tokenRevoked, at, actor: by.actor, subjectId: id, payload: { userId: token.userId } },
    ]);
  }

  /** Who calls with this secret, or undefined when it is unknown, revoked or past its time, or its account is disabled. */
  async resolve(secret: string): Promise<Caller | undefined> {
    if (!secret.startsWith(PREFIX)) return undefined;
    return this.database.inScope(AUTHENTICATION_SCOPE, async (tx) => {
      const token = await tx.one<UsableToken>(
        `SELECT t.id, t.name, t.scopes, t.source_id AS "sourceId", u.id AS "userId", u.username, u.display_name AS "displayName",
                coalesce(t.last_used_at < huiying_now() - interval '1 minute', true) AS unnoted
           FROM tokens t JOIN users u ON u.id = t.user_id
          WHERE t.secret_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > huiying_now() AND u.disabled_at IS NULL`,
        [hashSecret(secret)],
      );
      if (token === undefined) return undefined;
      if (token.unnoted) await tx.query('UPDATE tokens SET last_used_at = huiying_now() WHERE id = $1', [token.id]);
      const duties = (await heldDuties(tx, [token.userId], this.duties)).get(token.userId) ?? [];
      const scopes = PERMISSIONS.filter((permission) => token.scopes.includes(permission));
      const { id, name, sourceId, userId, username, displayName } = token;
      return callerOf({ userId, username, displayName, kind: 'token', token: { id, name, scopes, sourceId }, duties });
    });
  }
}
