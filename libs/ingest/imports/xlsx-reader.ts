import { decodeEntities, stripControls } from '../rules/entities.js';
import { DomainError } from '#kernel/error.js';
import type { ImportRow } from '../rules/import-row.js';
import { IMPORT_LIMITS } from './import-limits.js';
import { innerOf, scanElements } from './xml-scan.js';
import { type ByteSource, openZipEntry, readZipDirectory, type ZipEntry } from './zip-archive.js';

interface Workbook {
  sheets: { name: string; part: string }[];
  starts1904: boolean;
  strings: string[];
  /** By number of cell style: whether it shows a date. */
  dateStyles: boolean[];
}

/**
 * Rows of all visible sheets, one after the other, without holding more than a row and the shared strings. Formulas give the
 * value that was stored with them, external links are not followed. Throws IMPORT_BAD_FILE (422) and IMPORT_TOO_LARGE (413).
 */
export async function* readXlsxRows(source: ByteSource): AsyncGenerator<ImportRow> {
  const entries = await readZipDirectory(source);
  const workbook = await readWorkbook(source, entries);
  for (const sheet of workbook.sheets) {
    const entry = entries.get(sheet.part);
    if (entry === undefined) continue;
    let next = 1;
    for await (const [attributes, inner] of elements(source, entry, 'row')) {
      const row = Number(attribute(attributes, 'r') ?? next);
      next = row + 1;
      yield { sheet: sheet.name, row, cells: cellsOf(inner, workbook) };
    }
  }
}

async function readWorkbook(source: ByteSource, entries: Map<string, ZipEntry>): Promise<Workbook> {
  const book = entries.get('xl/workbook.xml');
  if (book === undefined)
    throw new DomainError('IMPORT_BAD_FILE', 422, 'not a readable XLSX file: it holds no workbook');
  const text = await wholeText(source, book);
  const relations = new Map<string, string>();
  const links = entries.get('xl/_rels/workbook.xml.rels');
  for (const { attributes } of scanElements(links === undefined ? '' : await wholeText(source, links), 'Relationship'))
    relations.set(
      attribute(attributes, 'Id') ?? '',
      (attribute(attributes, 'Target') ?? '').replace(/^\/?(?:xl\/)?/, 'xl/'),
    );
  const sheets = [...scanElements(text, 'sheet')]
    .filter(({ attributes }) => !/\bstate="(?:hidden|veryHidden)"/.test(attributes))
    .map(({ attributes }) => ({
      name: attribute(attributes, 'name') ?? '',
      part: relations.get(attribute(attributes, '\\w+:id') ?? '') ?? '',
    }));
  return {
    sheets,
    starts1904: /\bdate1904="(?:1|true)"/.test(text),
    strings: await sharedStrings(source, entries),
    dateStyles: await dateStyles(source, entries),
  };
}

async function sharedStrings(source: ByteSource, entries: Map<string, ZipEntry>): Promise<string[]> {
  const entry = entries.get('xl/sharedStrings.xml');
  const strings: string[] = [];
  if (entry === undefined) return strings;
  let characters = 0;
  for await (const [, inner] of elements(source, entry, 'si')) {
    const text = richText(inner);
    characters += text.length;
    if (strings.length >= IMPORT_LIMITS.maxSharedStrings || characters > IMPORT_LIMITS.maxSharedCharacters)
      throw new DomainError('IMPORT_TOO_LARGE', 413, 'the file holds too many texts');
    strings.push(text);
  }
  return strings;
}

/** ECMA-376 18.8.30: built-in formats of dates and times; the Chinese ones are 27–36 and 50–58. */
const isDateFormat = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

async function dateStyles(source: ByteSource, entries: Map<string, ZipEntry>): Promise<boolean[]> {
  const entry = entries.get('xl/styles.xml');
  if (entry === undefined) return [];
  const text = await wholeText(source, entry);
  const own = new Map<number, boolean>();
  for (const { attributes } of scanElements(text, 'numFmt')) {
    const code = (attribute(attributes, 'formatCode') ?? '').replace(/"[^"]*"|\[(?!h|m|s)[^\]]*\]|\\./gi, '');
    own.set(Number(attribute(attributes, 'numFmtId')), /[ymdhs]/i.test(code) && !/^general$/i.test(code));
  }
  const cellFormats = innerOf(text, 'cellXfs') ?? '';
  return [...scanElements(cellFormats, 'xf')].map(({ attributes }) => {
    const id = Number(attribute(attributes, 'numFmtId') ?? 0);
    return own.get(id) ?? isDateFormat(id);
  });
}

function cellsOf(inner: string, workbook: Workbook): string[] {
  const cells: string[] = [];
  for (const { attributes, inner: content } of scanElements(inner, 'c')) {
    const reference = attribute(attributes, 'r');
    const column = reference === undefined ? cells.length : columnOf(reference);
    if (column >= IMPORT_LIMITS.maxColumns) continue;
    while (cells.length < column) cells.push('');
    cells[column] = stripControls(valueOf(attributes, content, workbook)).slice(0, IMPORT_LIMITS.maxCellCharacters);
  }
  return cells;
}

function valueOf(attributes: string, content: string, workbook: Workbook): string {
  const type = attribute(attributes, 't') ?? 'n';
  if (type === 'inlineStr') return richText(content);
  const raw = decodeEntities(innerOf(content, 'v') ?? '');
  if (type === 's') return workbook.strings[Number(raw)] ?? '';
  if (type === 'e') return '';
  if (type === 'b') return raw === '1' ? '是' : '否';
  if (type !== 'n' || raw === '') return unescaped(raw);
  return workbook.dateStyles[Number(attribute(attributes, 's') ?? 0)] === true
    ? serialDate(Number(raw), workbook.starts1904)
    : plainNumber(raw);
}

/** All runs of a text, without the reading aids of East Asian words. */
const richText = (inner: string) => {
  const aids = [...scanElements(inner, 'rPh')].map((aid) => aid.inner);
  const shown = aids.reduce((text, aid) => text.replace(aid, ''), inner);
  return unescaped([...scanElements(shown, 't')].map((run) => decodeEntities(run.inner)).join(''));
};

const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** `1.3812345678E10` and `13812345678.0` as `13812345678`: phone numbers are typed as numbers (domain 6.2). */
export function plainNumber(raw: string): string {
  const value = Number(raw);
  return Number.isSafeInteger(value) ? String(value) : raw;
}

/** A serial day of Excel as civil time. Day 60 of the 1900 system, 29 February 1900, never was. */
export function serialDate(serial: number, starts1904 = false): string {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return String(serial);
  const epoch = starts1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  return new Date(epoch + Math.round(serial * 86_400) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

const attribute = (attributes: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found === null ? undefined : decodeEntities(found[1] ?? found[2] ?? '');
};

async function wholeText(source: ByteSource, entry: ZipEntry): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of openZipEntry(source, entry)) {
    size += chunk.length;
    if (size > 16_000_000)
      throw new DomainError('IMPORT_TOO_LARGE', 413, 'a description part of the file is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The elements of one name in a part, as [attributes, inner text], read piece by piece. */
async function* elements(source: ByteSource, entry: ZipEntry, name: string): AsyncGenerator<[string, string]> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of openZipEntry(source, entry)) {
    rest += decoder.decode(chunk, { stream: true });
    let used = 0;
    for (const element of scanElements(rest, name)) {
      used = element.end;
      yield [element.attributes, element.inner];
    }
    rest = rest.slice(used);
    if (rest.length > IMPORT_LIMITS.maxRowCharacters)
      throw new DomainError('IMPORT_TOO_LARGE', 413, 'a row of the file is too large');
  }
}
