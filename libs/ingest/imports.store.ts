import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { IntakeCounts } from './contract.js';
import { PIECE_BYTES, type StoredFile } from './imports/stored-file.js';
import type { TakenFile } from './imports/take-file.js';
import type { HotlineField } from './rules/hotline-row.js';

/** How the columns of a sheet were understood. */
export interface SheetHeader {
  sheet: string;
  headers: string[];
  fields: (HotlineField | null)[];
}

/** An import that a process works on. */
export interface ImportJob {
  id: string;
  sourceId: string;
  fileName: string;
  dryRun: boolean;
  nextRow: number;
  year: number | null;
  mapping: Record<string, HotlineField> | null;
  file: StoredFile;
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
  byteTotal: number;
  byteDone: number;
  year: number | null;
  headers: SheetHeader[] | null;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

const COLUMNS = `j.id, j.source_id AS "sourceId", j.file_name AS "fileName", j.sha256, j.state, j.dry_run AS "dryRun", j.row_count AS "rowCount", j.accepted_count AS "acceptedCount",
  j.duplicate_count AS "duplicateCount", j.rejected_count AS "rejectedCount", j.byte_total::float8 AS "byteTotal", j.byte_done::float8 AS "byteDone", j.year, j.headers, j.error,
  j.created_at AS "createdAt", j.finished_at AS "finishedAt"`;

export interface NewImport {
  sourceId: string;
  fileName: string;
  dryRun: boolean;
  year?: number | undefined;
  createdBy: string;
}

/** Accepts a file whose pieces are stored: it becomes the raw document of the source, and an import waits for it. */
export async function acceptImport(tx: Transaction, file: TakenFile, wanted: NewImport): Promise<string> {
  await tx.query(
    `INSERT INTO raw_documents (id, source_id, fetched_at, sha256, content_type, byte_count, body, sealed, piece_bytes) VALUES ($1, $2, huiying_now(), $3, 'application/octet-stream', $4, '', true, $5)
     ON CONFLICT (source_id, sha256) DO NOTHING`,
    [file.documentId, wanted.sourceId, file.sha256, file.size, PIECE_BYTES],
  );
  // The same file again is the same document; the pieces that just came belong to none and are deleted.
  const document = await tx.one<{ id: string }>('SELECT id FROM raw_documents WHERE source_id = $1 AND sha256 = $2', [
    wanted.sourceId,
    file.sha256,
  ]);
  return queueImport(tx, { ...wanted, documentId: document!.id, sha256: file.sha256, size: file.size });
}

async function queueImport(
  tx: Transaction,
  { documentId, sha256, size, ...wanted }: NewImport & { documentId: string; sha256: string; size: number },
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO imports (id, source_id, file_name, sha256, state, dry_run, byte_total, created_by, raw_document_id, year, mapping)
     SELECT $1, $2, $3, $4, 'received', $5, $6, $7, $8, $9, s.mapping FROM sources s WHERE s.id = $2`,
    [id, wanted.sourceId, wanted.fileName, sha256, wanted.dryRun, size, wanted.createdBy, documentId, wanted.year ?? null],
  ); // prettier-ignore
  return id;
}

/** The same file once more: after a dry run, or with another mapping or year. */
export async function repeatImport(
  tx: Transaction,
  id: string,
  wanted: { dryRun: boolean; year?: number | undefined; createdBy: string },
): Promise<string> {
  const { sourceId, fileName, sha256, byteTotal } = await findImport(tx, id);
  const document = await tx.one<{ id: string }>('SELECT id FROM raw_documents WHERE source_id = $1 AND sha256 = $2', [
    sourceId,
    sha256,
  ]);
  if (document === undefined) throw new DomainError('IMPORT_NOT_FOUND', 404, 'the file of this import is not kept');
  return queueImport(tx, { ...wanted, sourceId, fileName, sha256, size: byteTotal, documentId: document.id });
}

/** How long an import may be silent before another process takes it up. */
const SILENCE = `interval '2 minutes'`;

/** Takes the oldest waiting import, or one whose process fell silent. */
export async function claimImport(tx: Transaction): Promise<ImportJob | undefined> {
  const row = await tx.one<Omit<ImportJob, 'file'> & Omit<StoredFile, 'size'> & { size: string }>(
    `UPDATE imports j SET state = 'running', claimed_until = huiying_now() + ${SILENCE}, version = version + 1
       FROM raw_documents d
      WHERE j.id = (SELECT id FROM imports WHERE state = 'received' OR (state = 'running' AND claimed_until < huiying_now()) ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        AND d.source_id = j.source_id AND d.sha256 = j.sha256
      RETURNING j.id, j.source_id AS "sourceId", j.file_name AS "fileName", j.dry_run AS "dryRun", j.next_row AS "nextRow", j.year, j.mapping,
                d.id AS "documentId", d.byte_count AS size, d.piece_bytes AS "pieceBytes", d.sealed, d.sha256`,
  );
  if (row === undefined) return undefined;
  const { documentId, size, pieceBytes, sealed, sha256, ...job } = row;
  return { ...job, file: { documentId, size: Number(size), pieceBytes, sealed, sha256 } };
}

/** Adds the counts of a chunk. False when the import was cancelled meanwhile: the chunk is rolled back with it. */
export async function saveImportProgress(
  tx: Transaction,
  id: string,
  counts: IntakeCounts,
  place: { nextRow: number; byteDone: number; headers: SheetHeader[] },
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE imports SET row_count = row_count + $2, accepted_count = accepted_count + $3, duplicate_count = duplicate_count + $4, rejected_count = rejected_count + $5, next_row = $6,
            byte_done = greatest(byte_done, $7), headers = $8, claimed_until = huiying_now() + ${SILENCE}, version = version + 1 WHERE id = $1 AND state = 'running' RETURNING id`,
    [
      id,
      counts.read,
      counts.stored + counts.revised,
      counts.duplicates,
      counts.rejected,
      place.nextRow,
      place.byteDone,
      JSON.stringify(place.headers),
    ],
  );
  return rows.length === 1;
}

export async function finishImport(tx: Transaction, id: string): Promise<Record<string, number> | undefined> {
  return tx.one<Record<string, number>>(
    `UPDATE imports SET state = 'done', byte_done = byte_total, finished_at = huiying_now(), version = version + 1 WHERE id = $1 AND state = 'running'
     RETURNING row_count AS read, accepted_count AS accepted, duplicate_count AS duplicates, rejected_count AS rejected`,
    [id],
  );
}

export async function failImport(tx: Transaction, id: string, error: string): Promise<void> {
  await tx.query(
    `UPDATE imports SET state = 'failed', error = $2, finished_at = huiying_now(), version = version + 1 WHERE id = $1 AND state = 'running'`,
    [id, error.slice(0, 500)],
  );
}

/** Stops an import before its next chunk, or lets one that was stopped or failed go on behind its last chunk. 409 in any other state. */
export async function moveImport(tx: Transaction, id: string, to: 'cancelled' | 'received'): Promise<ImportView> {
  const view = await findImport(tx, id);
  const from = to === 'cancelled' ? ['received', 'running'] : ['cancelled', 'failed'];
  const rows = await tx.query(
    `UPDATE imports SET state = $2, error = NULL, claimed_until = NULL, finished_at = CASE WHEN $2 = 'cancelled' THEN huiying_now() END, version = version + 1
      WHERE id = $1 AND state = ANY($3::text[]) RETURNING id`,
    [id, to, from],
  );
  if (rows.length === 0)
    throw new DomainError('IMPORT_STATE', 409, 'the import is in no state for this', { state: view.state });
  return view;
}

/** Imports inside the scope, newest first. */
export async function listImports(tx: Transaction, limit: number): Promise<ImportView[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('imports', parameters);
  return tx.query<ImportView>(
    `SELECT ${COLUMNS} FROM ${visible} j ORDER BY j.created_at DESC LIMIT $${parameters.push(limit)}`,
    parameters,
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
