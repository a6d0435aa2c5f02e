import { gunzipSync, gzipSync } from 'node:zlib';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { IntakeCounts } from './contract.js';

/** An import that a process works on. */
export interface ImportJob {
  id: string;
  sourceId: string;
  fileName: string;
  dryRun: boolean;
  nextRow: number;
  bytes: Buffer;
}

/** How an import stands. `read = accepted + duplicates + rejected`. */
export interface ImportView {
  id: string;
  sourceId: string;
  fileName: string;
  sha256: string;
  state: 'received' | 'running' | 'done' | 'failed' | 'cancelled';
  dryRun: boolean;
  rowCount: number;
  acceptedCount: number;
  duplicateCount: number;
  rejectedCount: number;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

const COLUMNS = `j.id, j.source_id AS "sourceId", j.file_name AS "fileName", j.sha256, j.state, j.dry_run AS "dryRun", j.row_count AS "rowCount", j.accepted_count AS "acceptedCount",
  j.duplicate_count AS "duplicateCount", j.rejected_count AS "rejectedCount", j.error, j.created_at AS "createdAt", j.finished_at AS "finishedAt"`;

/** Accepts a file: its bytes are kept as the raw document of the source, once for each distinct file. */
export async function acceptImport(
  tx: Transaction,
  file: { sourceId: string; fileName: string; bytes: Buffer; dryRun: boolean; createdBy: string },
): Promise<string> {
  const id = newId();
  const digest = sha256(file.bytes);
  await tx.query(
    `INSERT INTO raw_documents (id, source_id, fetched_at, sha256, content_type, byte_count, body) VALUES ($1, $2, huiying_now(), $3, 'application/octet-stream', $4, $5)
     ON CONFLICT (source_id, sha256) DO NOTHING`,
    [newId(), file.sourceId, digest, file.bytes.byteLength, gzipSync(file.bytes)],
  );
  await tx.query(
    `INSERT INTO imports (id, source_id, file_name, sha256, state, dry_run, byte_total, created_by) VALUES ($1, $2, $3, $4, 'received', $5, $6, $7)`,
    [id, file.sourceId, file.fileName, digest, file.dryRun, file.bytes.byteLength, file.createdBy],
  );
  return id;
}

/** How long an import may be silent before another process takes it up. */
const SILENCE = `interval '2 minutes'`;

/** Takes the oldest waiting import, or one whose process fell silent. */
export async function claimImport(tx: Transaction): Promise<ImportJob | undefined> {
  const job = await tx.one<Omit<ImportJob, 'bytes'> & { body: Buffer }>(
    `UPDATE imports j SET state = 'running', claimed_until = huiying_now() + ${SILENCE}, version = version + 1
       FROM raw_documents d
      WHERE j.id = (SELECT id FROM imports WHERE state = 'received' OR (state = 'running' AND claimed_until < huiying_now()) ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        AND d.source_id = j.source_id AND d.sha256 = j.sha256
      RETURNING j.id, j.source_id AS "sourceId", j.file_name AS "fileName", j.dry_run AS "dryRun", j.next_row AS "nextRow", d.body`,
  );
  if (job === undefined) return undefined;
  const { body, ...rest } = job;
  return { ...rest, bytes: gunzipSync(body) };
}

export async function saveImportProgress(
  tx: Transaction,
  id: string,
  counts: IntakeCounts,
  nextRow: number,
): Promise<void> {
  await tx.query(
    `UPDATE imports SET row_count = row_count + $2, accepted_count = accepted_count + $3, duplicate_count = duplicate_count + $4, rejected_count = rejected_count + $5, next_row = $6,
            claimed_until = huiying_now() + ${SILENCE}, version = version + 1 WHERE id = $1`,
    [id, counts.read, counts.stored + counts.revised, counts.duplicates, counts.rejected, nextRow],
  );
}

export async function finishImport(tx: Transaction, id: string): Promise<Record<string, number>> {
  const row = await tx.one<Record<string, number>>(
    `UPDATE imports SET state = 'done', finished_at = huiying_now(), version = version + 1 WHERE id = $1
     RETURNING row_count AS read, accepted_count AS accepted, duplicate_count AS duplicates, rejected_count AS rejected`,
    [id],
  );
  return row ?? {};
}

export async function failImport(tx: Transaction, id: string, error: string): Promise<void> {
  await tx.query(
    `UPDATE imports SET state = 'failed', error = $2, finished_at = huiying_now(), version = version + 1 WHERE id = $1`,
    [id, error.slice(0, 500)],
  );
}

/** One import inside the scope with its first refusals, or 404. */
export async function findImport(
  tx: Transaction,
  id: string,
): Promise<ImportView & { rejections: { place: string; code: string; message: string }[] }> {
  const parameters: unknown[] = [];
  const visible = tx.visible('imports', parameters);
  const view = await tx.one<ImportView>(
    `SELECT ${COLUMNS} FROM ${visible} j WHERE j.id = $${parameters.push(id)}`,
    parameters,
  );
  if (view === undefined) throw new DomainError('IMPORT_NOT_FOUND', 404, 'no such import');
  const rejections = await tx.query<{ place: string; code: string; message: string }>(
    'SELECT place, code, message FROM rejections WHERE import_id = $1 ORDER BY id LIMIT 200',
    [id],
  );
  return { ...view, rejections };
}
