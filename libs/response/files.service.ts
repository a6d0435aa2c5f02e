import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { filesOf, insertFile } from './attachments.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { ResponsePolicy } from './response-policy.js';
import { type FileKind, safeFileName, sniffFile } from './rules/file-kind.js';
import { findStatement } from './statements.store.js';

/** The kind of a file by its bytes; refused when it is too large, of no known kind, or not what it says it is. */
export function checkFile(file: { mediaType: string; content: Buffer }, maximumBytes: number): FileKind {
  if (file.content.length === 0)
    throw new DomainError('ATTACHMENT_EMPTY', 422, 'the copy has no content', {}, 'attachment');
  if (file.content.length > maximumBytes)
    throw new DomainError('FILE_TOO_LARGE', 413, 'the file is too large', { maximumBytes }, 'attachment');
  const kind = sniffFile(file.content);
  if (kind === undefined || kind !== file.mediaType)
    throw new DomainError(
      'FILE_KIND',
      422,
      'the content is not what the file says it is',
      { said: file.mediaType, found: kind ?? null },
      'attachment',
    );
  return kind;
}

/** Files of an incident: photos of drafts and other papers. What they are is read from their bytes. */
@Injectable()
export class FilesService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
  ) {}

  async upload(
    tx: Transaction,
    upload: {
      incidentId: string;
      statementId: string | null;
      fileName: string;
      mediaType: string;
      content: Buffer;
      actor: Actor;
    },
  ): Promise<{ id: string; sha256: string }> {
    const incident = await this.incidents.lock(tx, upload.incidentId);
    const { maximumFileBytes, maximumFilesPerIncident } = this.policy.data.evidence;
    if (upload.statementId !== null && (await findStatement(tx, upload.statementId)).incidentId !== incident.id)
      throw new DomainError('STATEMENT_NOT_FOUND', 404, 'no such statement of this incident', {}, 'statementId');
    const mediaType = checkFile(upload, maximumFileBytes);
    if ((await filesOf(tx, incident.id)).length >= maximumFilesPerIncident)
      throw new DomainError('TOO_MANY_FILES', 409, 'the incident holds as many files as it may', {
        maximum: maximumFilesPerIncident,
      });
    const digest = sha256(upload.content);
    const fileName = safeFileName(upload.fileName);
    const { statementId, content, actor } = upload;
    const id = await insertFile(tx, {
      incidentId: incident.id,
      statementId,
      fileName,
      mediaType,
      sha256: digest,
      content,
      by: actor,
    });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.fileUploaded,
        at: await tx.now(),
        actor,
        incidentId: incident.id,
        subjectId: id,
        payload: { fileName, mediaType, sizeBytes: content.length, sha256: digest, statementId },
      },
    ]);
    return { id, sha256: digest };
  }
}
