import { createHash } from 'node:crypto';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Database } from '#platform/database/database.js';
import type { Scope } from '#platform/database/scope.js';
import type { Vault } from '#platform/seal/vault.js';
import { PIECE_BYTES, sealedPiece } from './stored-file.js';

/** A file that was taken in: its pieces are stored, nothing names it yet. */
export interface TakenFile {
  documentId: string;
  sha256: string;
  size: number;
}

/**
 * Stores a file piece by piece while it comes in, each piece in a transaction of its own, so that a slow sender holds nothing.
 * Pieces of a file that breaks off belong to no document and are deleted by the worker. 413 IMPORT_TOO_LARGE, 422 IMPORT_EMPTY.
 */
export async function takeFile(
  stream: AsyncIterable<Buffer>,
  { database, scope, vault, maxBytes }: { database: Database; scope: Scope; vault: Vault; maxBytes: number },
): Promise<TakenFile> {
  const documentId = newId();
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let ordinal = 0;
  let size = 0;
  const store = async (bytes: Buffer) => {
    const place = { documentId, ordinal: ordinal++ };
    const body = sealedPiece(bytes, vault, place);
    await database.inScope(scope, (tx) =>
      tx.query('INSERT INTO raw_document_pieces (document_id, ordinal, body) VALUES ($1, $2, $3)', [
        documentId,
        place.ordinal,
        body,
      ]),
    );
  };
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes)
      throw new DomainError('IMPORT_TOO_LARGE', 413, `a file may have ${maxBytes} bytes`, { maxBytes });
    hash.update(chunk);
    waiting.push(chunk);
    waitingBytes += chunk.length;
    while (waitingBytes >= PIECE_BYTES) {
      const whole = Buffer.concat(waiting, waitingBytes);
      await store(whole.subarray(0, PIECE_BYTES));
      waiting = [whole.subarray(PIECE_BYTES)];
      waitingBytes -= PIECE_BYTES;
    }
  }
  if (size === 0) throw new DomainError('IMPORT_EMPTY', 422, 'the file is empty');
  if (waitingBytes > 0) await store(Buffer.concat(waiting, waitingBytes));
  return { documentId, sha256: hash.digest('hex'), size };
}
