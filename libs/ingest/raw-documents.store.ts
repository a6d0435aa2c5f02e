import { gunzipSync, gzipSync } from 'node:zlib';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { Vault } from '#platform/seal/vault.js';

/** Bytes as they came, with hash and instant: the evidence of every item version that was read from them. */
export interface RawDocument {
  sourceId: string;
  fetchedAt: Date;
  sha256: string;
  contentType: string | null;
  encoding: string | null;
  bytes: Uint8Array;
  itemCount: number;
  defects: unknown[];
  /** Seals bytes that hold personal data; those of published pages are kept as they are. */
  vault?: Vault;
}

const FAST = { level: 1 };
/** The place to which sealed bytes are bound. */
export const sealContext = (sha256: string): string => `raw ${sha256}`;

/** Keeps the bytes compressed, once for each distinct document of a source. Returns its id. */
export async function saveRawDocument(tx: Transaction, document: RawDocument): Promise<string> {
  const packed = gzipSync(document.bytes, FAST);
  const { vault } = document;
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO raw_documents (id, source_id, fetched_at, sha256, content_type, encoding, byte_count, body, item_count, defects, sealed)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (source_id, sha256) DO UPDATE SET item_count = excluded.item_count RETURNING id`,
    [
      newId(),
      document.sourceId,
      document.fetchedAt,
      document.sha256,
      document.contentType,
      document.encoding,
      document.bytes.byteLength,
      vault === undefined ? packed : vault.seal(packed, sealContext(document.sha256)),
      document.itemCount,
      JSON.stringify(document.defects),
      vault !== undefined,
    ],
  );
  return rows[0]!.id;
}

/** Packed bytes for a row, sealed when they may hold personal data. */
export const packed = (bytes: Uint8Array, context: string, vault?: Vault): Buffer =>
  vault === undefined ? gzipSync(bytes, FAST) : vault.seal(gzipSync(bytes, FAST), context);

/** The bytes again; `maxBytes` bounds what unpacking may give. */
export function unpacked(
  body: Buffer,
  how: { sealed: boolean; context: string; vault: Vault; maxBytes: number },
): Buffer {
  const plain = how.sealed ? how.vault.open(body, how.context) : body;
  return gunzipSync(plain, { maxOutputLength: how.maxBytes });
}
