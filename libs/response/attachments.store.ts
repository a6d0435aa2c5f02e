import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';

/** A file of an incident: a photo for a draft, a copy of a paper. Hashed here. */
export interface StoredFile {
  id: string;
  incidentId: string;
  statementId: string | null;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  uploadedByName: string;
  uploadedAt: Date;
}

const COLUMNS = `a.id, a.incident_id AS "incidentId", a.statement_id AS "statementId", a.file_name AS "fileName", a.media_type AS "mediaType", a.size_bytes AS "sizeBytes", a.sha256,
  a.uploaded_by_name AS "uploadedByName", a.uploaded_at AS "uploadedAt"`;

export async function insertFile(
  tx: Transaction,
  file: Pick<StoredFile, 'incidentId' | 'statementId' | 'fileName' | 'mediaType' | 'sha256'> & {
    content: Buffer;
    by: { id: string; name: string };
  },
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO attachments (id, incident_id, statement_id, file_name, media_type, size_bytes, sha256, content, uploaded_by, uploaded_by_name, uploaded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, huiying_now())`,
    [
      id,
      file.incidentId,
      file.statementId,
      file.fileName,
      file.mediaType,
      file.content.length,
      file.sha256,
      file.content,
      file.by.id,
      file.by.name,
    ],
  );
  return id;
}

export async function filesOf(tx: Transaction, incidentId: string): Promise<StoredFile[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('attachments', parameters);
  parameters.push(incidentId);
  return tx.query<StoredFile>(
    `SELECT ${COLUMNS} FROM ${visible} a WHERE a.incident_id = $${parameters.length} ORDER BY a.uploaded_at, a.id`,
    parameters,
  );
}

/** A file with its bytes. */
export async function readFile(tx: Transaction, id: string): Promise<StoredFile & { content: Buffer }> {
  const parameters: unknown[] = [];
  const visible = tx.visible('attachments', parameters);
  parameters.push(id);
  const row = await tx.one<StoredFile & { content: Buffer }>(
    `SELECT ${COLUMNS}, a.content FROM ${visible} a WHERE a.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('FILE_NOT_FOUND', 404, 'no such file');
  return row;
}
