import { gunzipSync } from 'node:zlib';
import { DomainError } from '#kernel/error.js';
import type { Database } from '#platform/database/database.js';
import type { Vault } from '#platform/seal/vault.js';
import { packed, sealContext } from '../raw-documents.store.js';
import type { ByteSource } from './zip-archive.js';

/** Files lie in sealed pieces of this size, so that neither taking nor reading one needs it whole in memory. */
export const PIECE_BYTES = 1_024 * 1_024;
/** Pieces that are kept open: the end of an archive and the place that is read. */
const OPEN_PIECES = 3;

/** Binds a piece to its document and place. */
export const pieceContext = (documentId: string, ordinal: number): string => `piece ${documentId} ${ordinal}`;

export const sealedPiece = (bytes: Buffer, vault: Vault, place: { documentId: string; ordinal: number }): Buffer =>
  packed(bytes, pieceContext(place.documentId, place.ordinal), vault);

export interface StoredFile {
  documentId: string;
  size: number;
  /** Null: the file lies in one piece with the document itself, as files taken by older versions do. */
  pieceBytes: number | null;
  sealed: boolean;
  sha256: string;
}

/** The bytes of a stored file, read piece by piece. `onRead` is told how far it came. */
export function storedFile(
  file: StoredFile,
  { database, vault, onRead }: { database: Database; vault: Vault; onRead: (offset: number) => void },
): ByteSource {
  const open = new Map<number, Buffer>();
  const piece = async (ordinal: number): Promise<Buffer> => {
    const known = open.get(ordinal);
    if (known !== undefined) return known;
    const bytes = await readPiece(file, ordinal, { database, vault });
    open.set(ordinal, bytes);
    if (open.size > OPEN_PIECES) open.delete(open.keys().next().value!);
    return bytes;
  };
  const pieceBytes = file.pieceBytes ?? file.size;
  return {
    size: file.size,
    async read(offset, length) {
      const end = Math.min(offset + length, file.size);
      const parts: Buffer[] = [];
      for (let at = offset; at < end;) {
        const ordinal = Math.floor(at / pieceBytes);
        const from = at - ordinal * pieceBytes;
        const part = (await piece(ordinal)).subarray(from, Math.min(pieceBytes, from + end - at));
        if (part.length === 0) break;
        parts.push(part);
        at += part.length;
      }
      onRead(end);
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    },
    close: () => Promise.resolve(),
  };
}

async function readPiece(
  file: StoredFile,
  ordinal: number,
  { database, vault }: { database: Database; vault: Vault },
): Promise<Buffer> {
  const row = await database.asSystem((tx) =>
    file.pieceBytes === null
      ? tx.one<{ body: Buffer }>('SELECT body FROM raw_documents WHERE id = $1', [file.documentId])
      : tx.one<{ body: Buffer }>('SELECT body FROM raw_document_pieces WHERE document_id = $1 AND ordinal = $2', [
          file.documentId,
          ordinal,
        ]),
  );
  if (row === undefined) throw new DomainError('IMPORT_BAD_FILE', 422, 'the file was not kept whole');
  const context = file.pieceBytes === null ? sealContext(file.sha256) : pieceContext(file.documentId, ordinal);
  return gunzipSync(file.sealed ? vault.open(row.body, context) : row.body);
}
