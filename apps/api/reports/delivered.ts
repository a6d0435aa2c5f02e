import { printDocument, type DocumentFrame } from '#reporting/print/document.js';
import type { ReportDocument } from '#reporting/tables/report-table.js';
import { documentCsv, documentXlsx } from '#reporting/tables/table-files.js';
import { Download } from '../http/reply.js';
import { printed } from './printed.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** What a report can be had as, and the media types of it. */
export const FORMATS = ['json', 'csv', 'xlsx', 'print'] as const;
export const PRODUCED = ['application/json', 'text/csv', XLSX, 'text/html'];

/** The digest of a file as its header carries it (RFC 9530). */
export const reprDigest = (sha256: string): Record<string, string> => ({
  'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
});

/** A report as a file or on paper. */
export async function delivered(
  document: ReportDocument,
  format: 'csv' | 'xlsx' | 'print',
  frame: DocumentFrame,
): Promise<Download> {
  const name = `${document.title} ${document.period?.name.replace('/', '至') ?? document.asOf.toISOString().slice(0, 10)}`;
  if (format === 'print') return printed(name, printDocument(document, frame));
  if (format === 'csv')
    return new Download({
      fileName: `${name}.csv`,
      contentType: 'text/csv; charset=utf-8',
      content: documentCsv(document),
    });
  const { content, sha256 } = await documentXlsx(document);
  return new Download({ fileName: `${name}.xlsx`, contentType: XLSX, content }, reprDigest(sha256));
}
