import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';

/** A thing that was read and not accepted: where it stood, a stable code, a sentence, and how it began. */
export interface Rejection {
  place: string;
  code: string;
  message: string;
  excerpt?: string;
}

const EXCERPT_CHARACTERS = 200;

/** Keeps what was refused, so that nothing that was read is unaccounted for. */
export async function saveRejections(
  tx: Transaction,
  { sourceId, importId = null }: { sourceId: string; importId?: string | null },
  rejections: Rejection[],
  at: Date,
): Promise<void> {
  if (rejections.length === 0) return;
  await tx.query(
    `INSERT INTO rejections (id, source_id, import_id, place, code, message, excerpt, at)
     SELECT r.id, $1, $2, r.place, r.code, r.message, r.excerpt, $3 FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[]) AS r(id, place, code, message, excerpt)`,
    [
      sourceId,
      importId,
      at,
      rejections.map(() => newId()),
      rejections.map((r) => r.place),
      rejections.map((r) => r.code),
      rejections.map((r) => r.message),
      rejections.map((r) => r.excerpt?.slice(0, EXCERPT_CHARACTERS) ?? null),
    ],
  );
}
