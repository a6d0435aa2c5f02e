import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import { zipFile } from '#kernel/zip-file.js';
import type { Transaction } from '#platform/database/database.js';
import type { Incident } from '#triage/contract.js';
import { CaseReader } from './case-reader.js';
import { filesOf } from './attachments.store.js';
import { proofFiles, proofLines, uploadedFiles } from './case-file.js';
import { archiveOf, closeOutOf, saveArchive } from './close-outs.store.js';
import { conferencesOf } from './conferences.store.js';
import { dispositionsOf } from './dispositions.store.js';
import { reportsOf } from './reports.store.js';
import { statementsOf } from './statements.store.js';
import { transfersOf } from './transfers.store.js';

const MAX_ITEMS = 2_000;
const MAX_TIMELINE = 10_000;

/** One file for one case (一件一档, R61): everything with its hashes, frozen when the incident is struck off. */
@Injectable()
export class ArchiveService {
  constructor(@Inject(CaseReader) private readonly cases: CaseReader) {}

  /** Freezes the manifest in the transaction of the strike-off and returns its hash. */
  async freeze(tx: Transaction, incident: Incident): Promise<string> {
    const manifest = {
      format: 'huiying-archive-1',
      frozenAt: (await tx.now()).toISOString(),
      incident,
      items: await this.cases.items(tx, incident.id, MAX_ITEMS),
      statements: await statementsOf(tx, incident.id),
      evidence: await proofLines(tx, incident.id),
      conferences: await conferencesOf(tx, incident.id),
      reportsUp: await reportsOf(tx, incident.id),
      dispositions: await dispositionsOf(tx, incident.id),
      transfers: (await transfersOf(tx, incident.id)).map(({ content: _content, ...transfer }) => transfer),
      closeOut: await closeOutOf(tx, incident.id),
      files: await filesOf(tx, incident.id),
      timeline: await this.cases.timeline(tx, incident.id, MAX_TIMELINE),
    };
    const content = JSON.stringify(manifest, null, 2);
    const digest = sha256(content);
    await saveArchive(tx, incident.id, { content, sha256: digest });
    return digest;
  }

  /** The archive with the bytes of every proof and file that its manifest names. */
  async download(tx: Transaction, incidentId: string): Promise<{ content: Buffer; sha256: string }> {
    const archive = await archiveOf(tx, incidentId);
    if (archive === undefined)
      throw new DomainError('NOT_ARCHIVED', 404, 'an incident is archived when it is struck off', {});
    const { evidence } = JSON.parse(archive.content) as { evidence: Awaited<ReturnType<typeof proofLines>> };
    const entries = [
      { name: 'manifest.json', content: Buffer.from(archive.content) },
      { name: 'manifest.sha256', content: Buffer.from(`${archive.sha256}  manifest.json\n`) },
      ...(await proofFiles(tx, evidence)),
      ...(await uploadedFiles(tx, incidentId)),
    ];
    return { content: zipFile(entries), sha256: archive.sha256 };
  }
}
