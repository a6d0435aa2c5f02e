import type { ItemDraft } from '../contract.js';
import {
  furnitureOf,
  type HotlineColumns,
  type HotlineField,
  type HotlineMapping,
  mapHotlineRow,
  mappingOfHeader,
  type Rejection,
} from '../rules/hotline-row.js';
import { rowToKeep } from '../rules/kept-row.js';
import { readCsvRows } from './csv-reader.js';
import type { ImportRow } from '../rules/import-row.js';
import { readXlsxRows } from './xlsx-reader.js';
import type { ByteSource } from './zip-archive.js';

/** A row of the table that was read: `read = drafts + rejections`; titles, headers, blank rows and totals are not read. */
export type HotlineOutcome =
  | { kind: 'draft'; place: string; draft: ItemDraft }
  | { kind: 'rejection'; rejection: Rejection; bytes?: Uint8Array }
  | { kind: 'skipped' };

export interface HotlineTableOptions {
  words: HotlineColumns;
  /** For dates without a year. */
  year?: number;
  /** What columns of this source mean, by header; before the words of the city. */
  columns?: Readonly<Record<string, HotlineField>>;
  /** So many outcomes were stored by an earlier run: their rows are passed over unread. */
  skip?: number;
  /** Told the header of each sheet as it was understood. */
  onHeader?: (header: { sheet: string; headers: string[]; fields: (HotlineField | null)[] }) => void;
}

/** The rows of an XLSX or CSV file, by its first bytes. */
export async function* readTableRows(source: ByteSource): AsyncGenerator<ImportRow> {
  const magic = await source.read(0, 4);
  yield* magic.equals(Buffer.from('PK\u0003\u0004', 'latin1')) ? readXlsxRows(source) : readCsvRows(source);
}

/** Orders of a hotline export, sheet by sheet; a sheet whose header is not found is rejected as a whole. Rows are never held back. */
export async function* readHotlineTable(
  source: ByteSource,
  options: HotlineTableOptions,
): AsyncGenerator<HotlineOutcome> {
  let sheet: string | undefined;
  let mapping: HotlineMapping | undefined;
  let rowsWithoutHeader = 0;
  let toSkip = options.skip ?? 0;
  for await (const row of readTableRows(source)) {
    if (row.sheet !== sheet) {
      sheet = row.sheet;
      mapping = undefined;
      rowsWithoutHeader = 0;
    }
    if (mapping === undefined) {
      mapping = withYear(mappingOfHeader(row.cells, options.words, options.columns), options.year);
      if (mapping !== undefined)
        options.onHeader?.({ sheet: row.sheet, headers: mapping.headers, fields: mapping.fields });
      if (mapping !== undefined || row.cells.every((cell) => cell.trim() === '')) continue;
      rowsWithoutHeader += 1;
      if (rowsWithoutHeader === options.words.headerWithinRows)
        yield { kind: 'rejection', rejection: noHeader(row, options.words) };
      continue;
    }
    if (furnitureOf(row, mapping) !== null) continue;
    if (toSkip > 0) {
      toSkip -= 1;
      yield { kind: 'skipped' };
      continue;
    }
    const result = mapHotlineRow(row, mapping);
    if ('identityKey' in result)
      yield { kind: 'draft', place: `${row.sheet === '' ? '' : `${row.sheet}!`}${row.row}`, draft: result };
    else yield { kind: 'rejection', rejection: result, bytes: rowToKeep(row, mapping) };
  }
  if (mapping === undefined && rowsWithoutHeader > 0 && rowsWithoutHeader < options.words.headerWithinRows)
    yield { kind: 'rejection', rejection: noHeader({ sheet: sheet ?? '', row: 1, cells: [] }, options.words) };
}

const withYear = (mapping: HotlineMapping | undefined, year: number | undefined) =>
  mapping === undefined || year === undefined ? mapping : { ...mapping, year };

const noHeader = (row: ImportRow, words: HotlineColumns): Rejection => ({
  row: row.row,
  sheet: row.sheet,
  code: 'IMPORT_NO_HEADER',
  reason: `no header with the text of the matter in the first ${words.headerWithinRows} rows`,
});
