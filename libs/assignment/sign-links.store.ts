import type { Transaction } from '#platform/database/database.js';

/** A link to sign by, as it is kept: never the secret, only its hash. */
export interface SignLink {
  tokenHash: string;
  assignmentId: string;
  incidentId: string;
  bodyId: string;
  personId: string | null;
  purpose: 'acknowledge';
  expiresAt: Date;
  usedAt: Date | null;
}

const COLUMNS = `token_hash AS "tokenHash", assignment_id AS "assignmentId", incident_id AS "incidentId", body_id AS "bodyId", person_id AS "personId", purpose, expires_at AS "expiresAt", used_at AS "usedAt"`;

export const findSignLink = (tx: Transaction, tokenHash: string): Promise<SignLink | undefined> =>
  tx.one<SignLink>(`SELECT ${COLUMNS} FROM sign_links WHERE token_hash = $1`, [tokenHash]);

export async function insertSignLink(tx: Transaction, link: Omit<SignLink, 'usedAt'>, at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO sign_links (token_hash, assignment_id, incident_id, body_id, person_id, user_id, purpose, expires_at, created_at)
     SELECT $1, $2, $3, $4, $5, (SELECT user_id FROM persons WHERE id = $5), $6, $7, $8`,
    [link.tokenHash, link.assignmentId, link.incidentId, link.bodyId, link.personId, link.purpose, link.expiresAt, at],
  );
}

/** Takes the link; false when somebody was faster. */
export async function useSignLink(tx: Transaction, tokenHash: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    'UPDATE sign_links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL RETURNING token_hash',
    [tokenHash, at],
  );
  return rows.length === 1;
}
