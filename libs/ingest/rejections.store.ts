import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { Vault } from '#platform/seal/vault.js';
import { packed, unpacked } from './raw-documents.store.js';

/** What was refused: a row of a table, a message, an entry of a feed, or a whole document. */
export type RejectionKind = 'row' | 'message' | 'entry' | 'document';

/** A thing that was read and not accepted: where it stood, a stable code, a sentence, how it began, and its bytes to try it again. */
export interface Rejection {
  place: string;
  code: string;
  message: string;
  excerpt?: string;
  kind?: RejectionKind;
  bytes?: Uint8Array;
}

/** How a rejection stands. */
export interface RejectionView {
  id: string;
  sourceId: string;
  importId: string | null;
  place: string;
  code: string;
  message: string;
  kind: RejectionKind;
  state: 'held' | 'waiting' | 'accepted' | 'discarded';
  byteCount: number | null;
  attempts: number;
  at: Date;
  lastAt: Date | null;
  itemId: string | null;
}

const EXCERPT_CHARACTERS = 200;
/** Longer things are kept as far as this; their hash is that of the whole. */
export const MAX_KEPT_BYTES = 8 * 1024 * 1024;
const COLUMNS = `r.id, r.source_id AS "sourceId", r.import_id AS "importId", r.place, r.code, r.message, r.kind, r.state, r.byte_count AS "byteCount", r.attempts, r.at, r.last_at AS "lastAt", r.item_id AS "itemId"`;
const contextOf = (digest: string) => `rejection ${digest}`;

/** Keeps what was refused, so that nothing that was read is unaccounted for. A document that comes again is counted, not kept twice. */
export async function saveRejections(
  tx: Transaction,
  { sourceId, importId = null, vault }: { sourceId: string; importId?: string | null; vault?: Vault },
  rejections: Rejection[],
  at: Date,
): Promise<void> {
  if (rejections.length === 0) return;
  const digests = rejections.map((r) => (r.bytes === undefined ? null : sha256(r.bytes)));
  await tx.query(
    `INSERT INTO rejections (id, source_id, import_id, place, code, message, excerpt, at, kind, body, sealed, sha256, byte_count)
     SELECT r.id, $1, $2, r.place, r.code, r.message, r.excerpt, $3, r.kind, r.body, $4, r.sha256, r.byte_count
       FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bytea[], $12::text[], $13::int[]) AS r(id, place, code, message, excerpt, kind, body, sha256, byte_count)
     ON CONFLICT (source_id, sha256) WHERE kind = 'document' DO UPDATE SET attempts = rejections.attempts + 1, last_at = excluded.at, code = excluded.code, message = excluded.message,
            state = CASE WHEN rejections.state = 'discarded' THEN 'discarded' ELSE 'held' END`,
    [
      sourceId,
      importId,
      at,
      vault !== undefined,
      rejections.map(() => newId()),
      rejections.map((r) => r.place),
      rejections.map((r) => r.code),
      rejections.map((r) => r.message.slice(0, 500)),
      rejections.map((r) => r.excerpt?.slice(0, EXCERPT_CHARACTERS) ?? null),
      rejections.map((r) => r.kind ?? 'row'),
      rejections.map((r, i) =>
        r.bytes === undefined ? null : packed(r.bytes.subarray(0, MAX_KEPT_BYTES), contextOf(digests[i]!), vault),
      ),
      digests,
      rejections.map((r) => r.bytes?.byteLength ?? null),
    ],
  );
}

/** A document of this source that was refused before and is still held: it is not read a third time. */
export async function heldDocument(
  tx: Transaction,
  sourceId: string,
  digest: string,
): Promise<{ code: string; message: string; attempts: number } | undefined> {
  return tx.one(
    `SELECT code, message, attempts FROM rejections WHERE source_id = $1 AND sha256 = $2 AND kind = 'document' AND state IN ('held', 'discarded')`,
    [sourceId, digest],
  );
}

export interface RejectionFilter {
  sourceId: string;
  state?: RejectionView['state'];
  limit: number;
  before?: { at: string; id: string };
}

/** Rejections of a source inside the scope, newest first. */
export async function listRejections(tx: Transaction, filter: RejectionFilter): Promise<RejectionView[]> {
  const parameters: unknown[] = [];
  const rejections = tx.visible('rejections', parameters);
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const where = [`r.source_id = ${bind(filter.sourceId)}`];
  if (filter.state !== undefined) where.push(`r.state = ${bind(filter.state)}`);
  if (filter.before !== undefined)
    where.push(`(r.at, r.id) < (${bind(filter.before.at)}::timestamptz, ${bind(filter.before.id)}::uuid)`);
  return tx.query<RejectionView>(
    `SELECT ${COLUMNS} FROM ${rejections} r WHERE ${where.join(' AND ')} ORDER BY r.at DESC, r.id DESC LIMIT ${bind(filter.limit)}`,
    parameters,
  );
}

/** One rejection of a source, or 404. */
export async function findRejection(
  tx: Transaction,
  { sourceId, id }: { sourceId: string; id: string },
): Promise<RejectionView & { excerpt: string | null; sha256: string | null; body: Buffer | null; sealed: boolean }> {
  const parameters: unknown[] = [];
  const rejections = tx.visible('rejections', parameters);
  const row = await tx.one<Awaited<ReturnType<typeof findRejection>>>(
    `SELECT ${COLUMNS}, r.excerpt, r.sha256, r.body, r.sealed FROM ${rejections} r WHERE r.id = $${parameters.push(id)} AND r.source_id = $${parameters.push(sourceId)}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('REJECTION_NOT_FOUND', 404, 'no such rejection');
  return row;
}

/** The bytes of a rejection, unsealed; undefined where none were kept. */
export function bytesOf(
  rejection: { body: Buffer | null; sealed: boolean; sha256: string | null },
  vault: Vault,
): Buffer | undefined {
  if (rejection.body === null || rejection.sha256 === null) return undefined;
  const context = contextOf(rejection.sha256);
  return unpacked(rejection.body, { sealed: rejection.sealed, context, vault, maxBytes: MAX_KEPT_BYTES });
}

/** Moves a rejection by hand: to be tried again, or put aside for good. 409 when it is neither held nor waiting. */
export async function decideRejection(tx: Transaction, id: string, state: 'waiting' | 'discarded'): Promise<void> {
  const rows = await tx.query(
    `UPDATE rejections SET state = $2 WHERE id = $1 AND state IN ('held', 'waiting') AND (body IS NOT NULL OR $2 = 'discarded') RETURNING id`,
    [id, state],
  );
  if (rows.length === 0)
    throw new DomainError('REJECTION_SETTLED', 409, 'it was settled already, or its bytes were not kept');
}
