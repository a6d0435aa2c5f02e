import type { Transaction } from '#platform/database/database.js';

export interface NewSession {
  idHash: string;
  userId: string;
  csrfToken: string;
  absoluteHours: number;
  address: string;
  userAgent: string;
  deviceHash: string;
}

/** A session that is neither revoked nor past its limits, of an account that is not disabled. */
export interface OpenSession {
  idHash: string;
  userId: string;
  username: string;
  displayName: string;
  csrfToken: string;
  expiresAt: Date;
  /** Seconds since it was last used. */
  idleSeconds: number;
}

const MAX_AGENT = 300;

export async function insertSession(tx: Transaction, session: NewSession): Promise<Date> {
  const row = await tx.one<{ expires_at: Date }>(
    `INSERT INTO sessions (id_hash, user_id, csrf_token, created_at, last_seen_at, expires_at, address, user_agent, device_hash)
     SELECT $1, $2, $3, n, n, n + $4 * interval '1 hour', $5, $6, $7 FROM huiying_now() AS n RETURNING expires_at`,
    [
      session.idHash,
      session.userId,
      session.csrfToken,
      session.absoluteHours,
      session.address,
      session.userAgent.slice(0, MAX_AGENT),
      session.deviceHash,
    ],
  );
  return row!.expires_at;
}

export const openSessions = (tx: Transaction, idHashes: string[], idleMinutes: number): Promise<OpenSession[]> =>
  tx.query<OpenSession>(
    `SELECT s.id_hash AS "idHash", s.user_id AS "userId", u.username, u.display_name AS "displayName", s.csrf_token AS "csrfToken",
            s.expires_at AS "expiresAt", extract(epoch FROM n - s.last_seen_at)::float8 AS "idleSeconds"
       FROM sessions s JOIN users u ON u.id = s.user_id CROSS JOIN huiying_now() AS n
      WHERE s.id_hash = ANY($1::text[]) AND s.revoked_at IS NULL AND u.disabled_at IS NULL
        AND s.expires_at > n AND s.last_seen_at > n - $2 * interval '1 minute'`,
    [idHashes, idleMinutes],
  );

export async function touchSession(tx: Transaction, idHash: string): Promise<void> {
  await tx.query('UPDATE sessions SET last_seen_at = huiying_now() WHERE id_hash = $1', [idHash]);
}

/** Revokes sessions of a user, all or the one given. Returns how many were open. */
export async function revokeSessions(tx: Transaction, userId: string, idHash?: string): Promise<number> {
  const rows = await tx.query(
    `UPDATE sessions SET revoked_at = huiying_now() WHERE user_id = $1 AND revoked_at IS NULL AND ($2::text IS NULL OR id_hash = $2) RETURNING 1`,
    [userId, idHash ?? null],
  );
  return rows.length;
}

/** Whether the account was opened from this device or address within the last days. */
export async function knownFrom(
  tx: Transaction,
  from: { userId: string; deviceHash: string; address: string; days: number },
): Promise<{ device: boolean; address: boolean }> {
  const row = await tx.one<{ device: boolean; address: boolean }>(
    `SELECT coalesce(bool_or(device_hash = $2), false) AS device, coalesce(bool_or(address = $3), false) AS address
       FROM sessions WHERE user_id = $1 AND created_at > huiying_now() - $4 * interval '1 day'`,
    [from.userId, from.deviceHash, from.address, from.days],
  );
  return row!;
}

/** Deletes sessions that are older than the memory of known devices. Returns how many. */
export async function deleteOldSessions(tx: Transaction, days: number): Promise<number> {
  const rows = await tx.query(
    `DELETE FROM sessions WHERE created_at < huiying_now() - $1 * interval '1 day' AND expires_at < huiying_now() RETURNING 1`,
    [days],
  );
  return rows.length;
}
