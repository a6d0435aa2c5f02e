import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Caller } from '#accounts/contract.js';
import type { Transaction } from '#platform/database/database.js';
import { DomainError } from '#kernel/error.js';
import { Reply } from './reply.js';

/** One call under an `Idempotency-Key`: whose, which key, and what makes the same call the same. */
export interface KeyedCall {
  principalId: string;
  key: string;
  requestHash: string;
}

interface Stored {
  requestHash: string;
  status: number | null;
  response: { body?: unknown; headers: Record<string, string> } | null;
}

const HOURS = 24;

/** The keyed call of a request, or undefined when it has no key. 400 `INVALID_IDEMPOTENCY_KEY`. */
export function keyedCall(request: Request, caller: Caller, rawBody: Buffer): KeyedCall | undefined {
  // The id of a signed message says the same as a key: a message that is sent again is the same message.
  const key = request.headers['idempotency-key'] ?? request.headers['webhook-id'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new DomainError(
      'INVALID_IDEMPOTENCY_KEY',
      400,
      'a key has 1 to 200 visible ASCII characters',
      {},
      'Idempotency-Key',
    );
  const hash = createHash('sha256');
  hash.update([request.method, request.originalUrl, request.headers['if-match'] ?? '', ''].join('\n')).update(rawBody);
  return { principalId: `${caller.kind}:${caller.userId}`, key, requestHash: hash.digest('hex') };
}

/**
 * Takes the key, or gives the answer that the same call got before. A second call waits here until the first one's
 * transaction has ended. 422 `IDEMPOTENCY_KEY_REUSED` for another call, 409 `CALL_IN_PROGRESS` while the first goes on.
 */
export async function takeKey(tx: Transaction, call: KeyedCall): Promise<Reply<unknown> | undefined> {
  const parameters = [call.principalId, call.key];
  await tx.query(
    `DELETE FROM idempotency_keys WHERE principal_id = $1 AND key = $2 AND created_at < huiying_now() - interval '${HOURS} hours'`,
    parameters,
  );
  const taken = await tx.query(
    `INSERT INTO idempotency_keys (principal_id, key, request_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1`,
    [...parameters, call.requestHash],
  );
  if (taken.length === 1) return undefined;
  const stored = await tx.one<Stored>(
    `SELECT request_hash AS "requestHash", status, response FROM idempotency_keys WHERE principal_id = $1 AND key = $2`,
    parameters,
  );
  if (stored?.requestHash !== call.requestHash)
    throw new DomainError('IDEMPOTENCY_KEY_REUSED', 422, 'this key was used for another call', {}, 'Idempotency-Key');
  if (stored.status === null || stored.response === null)
    throw new DomainError('CALL_IN_PROGRESS', 409, 'the first call with this key goes on', {}, 'Idempotency-Key');
  return new Reply(stored.response.body, { ...stored.response.headers, 'idempotency-replayed': 'true' }, stored.status);
}

/** Keeps the answer for the rest of the day. */
export async function keepAnswer(tx: Transaction, call: KeyedCall, answer: Reply<unknown>): Promise<void> {
  const response = { headers: answer.headers, ...(answer.body === undefined ? {} : { body: answer.body }) };
  await tx.query('UPDATE idempotency_keys SET status = $3, response = $4 WHERE principal_id = $1 AND key = $2', [
    call.principalId,
    call.key,
    answer.status,
    JSON.stringify(response),
  ]);
}

/** Frees a key whose call failed outside a transaction, so that it can be tried again. */
export async function freeKey(tx: Transaction, call: KeyedCall): Promise<void> {
  await tx.query('DELETE FROM idempotency_keys WHERE principal_id = $1 AND key = $2 AND status IS NULL', [
    call.principalId,
    call.key,
  ]);
}

/** Forgets keys whose day is over. */
export const purgeKeys = (tx: Transaction): Promise<unknown> =>
  tx.query(`DELETE FROM idempotency_keys WHERE created_at < huiying_now() - interval '${HOURS} hours'`);
