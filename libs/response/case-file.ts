import { gunzipSync } from 'node:zlib';
import type { Transaction } from '#platform/database/database.js';
import type { ZipEntry } from '#kernel/zip-file.js';
import { filesOf, readFile } from './attachments.store.js';
import { type Evidence, evidenceOf } from './evidence.store.js';
import { safeFileName } from './rules/file-kind.js';

/** One captured page or filed copy, as a package names it. */
export interface ProofLine {
  id: string;
  kind: string;
  state: string;
  url: string | null;
  title: string | null;
  publishedAt: string | null;
  capturedAt: string | null;
  sha256: string | null;
  /** Where it lies in the package; null when nothing was captured. */
  file: string | null;
}

const EXTENSION: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
};

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function fileOf(evidence: Evidence): string | null {
  if (evidence.sha256 === null) return null;
  const kind = evidence.attachment?.['mediaType'];
  return `evidence/${evidence.id}.${typeof kind === 'string' ? (EXTENSION[kind] ?? 'bin') : 'html'}`;
}

/** The proofs of an incident with their hashes. */
export async function proofLines(tx: Transaction, incidentId: string): Promise<ProofLine[]> {
  return (await evidenceOf(tx, incidentId)).map((evidence) => ({
    id: evidence.id,
    kind: evidence.kind,
    state: evidence.state,
    url: evidence.url,
    title: evidence.title,
    publishedAt: iso(evidence.publishedAt),
    capturedAt: iso(evidence.capturedAt),
    sha256: evidence.sha256,
    file: fileOf(evidence),
  }));
}

/** The bytes of what was captured; undefined when there are none. */
export async function snapshotOf(tx: Transaction, evidenceId: string): Promise<Buffer | undefined> {
  const parameters: unknown[] = [];
  const visible = tx.visible('evidence', parameters);
  parameters.push(evidenceId);
  const row = await tx.one<{ snapshot: Buffer | null }>(
    `SELECT e.snapshot FROM ${visible} e WHERE e.id = $${parameters.length}`,
    parameters,
  );
  return row === undefined || row.snapshot === null || row.snapshot.length === 0 ? undefined : gunzipSync(row.snapshot);
}

/** The captured files that a manifest names. */
export async function proofFiles(tx: Transaction, lines: readonly ProofLine[]): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const { id, file } of lines) {
    const content = file === null ? undefined : await snapshotOf(tx, id);
    if (content !== undefined) entries.push({ name: file!, content });
  }
  return entries;
}

/** The uploaded files of an incident, named with their ids so that none hides another. */
export async function uploadedFiles(tx: Transaction, incidentId: string): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const { id } of await filesOf(tx, incidentId)) {
    const { fileName, content } = await readFile(tx, id);
    entries.push({ name: `files/${id}-${safeFileName(fileName)}`, content });
  }
  return entries;
}
