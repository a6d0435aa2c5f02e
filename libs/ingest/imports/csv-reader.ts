import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { DomainError } from '#kernel/error.js';
import { stripControls } from '../rules/entities.js';
import type { ImportRow } from '../rules/import-row.js';
import { IMPORT_LIMITS } from './import-limits.js';
import type { ByteSource } from './zip-archive.js';

const SNIFF_BYTES = 256 * 1_024;
const READ_BYTES = 256 * 1_024;

/** Rows of a CSV file: UTF-8 with or without mark, UTF-16 with mark, else GB18030; comma, semicolon or tab. Throws IMPORT_BAD_FILE (422). */
export async function* readCsvRows(source: ByteSource): AsyncGenerator<ImportRow> {
  const head = await source.read(0, SNIFF_BYTES);
  const encoding = csvEncoding(head);
  const delimiter = delimiterOf(iconv.decode(head.subarray(0, 16_384), encoding));
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: IMPORT_LIMITS.maxRowCharacters,
    info: true,
  });
  const input = Readable.from(decoded(source, encoding));
  input.on('error', (error) => parser.destroy(error)).pipe(parser);
  let row = 0;
  try {
    for await (const { record } of parser as AsyncIterable<{ record: string[] }>) {
      row += 1;
      yield {
        sheet: '',
        row,
        cells: record
          .slice(0, IMPORT_LIMITS.maxColumns)
          .map((cell) => stripControls(cell).slice(0, IMPORT_LIMITS.maxCellCharacters)),
      };
    }
  } catch (error) {
    throw new DomainError(
      'IMPORT_BAD_FILE',
      422,
      `not a readable CSV file: ${(error as Error).message.slice(0, 200)}`,
      {},
      `row ${row + 1}`,
    );
  } finally {
    input.destroy();
    parser.destroy();
  }
}

async function* decoded(source: ByteSource, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  for (let at = 0; at < source.size;) {
    const piece = await source.read(at, READ_BYTES);
    if (piece.length === 0) break;
    at += piece.length;
    yield decoder.write(piece);
  }
  yield decoder.end() ?? '';
}

/** UTF-8 where the head is valid UTF-8 (cut characters at its end forgiven), else the Chinese encoding of Windows. */
export function csvEncoding(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

function delimiterOf(head: string): string {
  const line = head.split(/\r?\n/).find((text) => text.trim() !== '') ?? '';
  const count = (mark: string) => line.split(mark).length - 1;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
