import type { ItemDraft } from '../contract.js';
import type { ImportRow } from './import-row.js';
import { type FieldFault, hotlineDraft, type HotlineFacts, officeTime } from './hotline-draft.js';
import { halfWidth } from './personal-numbers.js';

export const HOTLINE_FIELDS = [
  'number', 'occurredAt', 'channel', 'requestType', 'matter', 'title', 'content', 'place', 'area', 'callerName', 'callerSex', 'callerPhone', 'confidential', 'urgency', 'body', 'coBody',
  'dispatchedAt', 'dueAt', 'acknowledgedAt', 'returnedAt', 'result', 'closedAt', 'duplicateOf', 'solved', 'satisfaction', 'approvals', 'objections',
] as const; // prettier-ignore
export type HotlineField = (typeof HOTLINE_FIELDS)[number];

/** The city's words for columns and values (`config/imports/hotline-columns.yaml`). */
export interface HotlineColumns {
  columns: Partial<Record<HotlineField, string[]>>;
  requestTypes: Record<string, string[]>;
  spokenChannels: string[];
  empty: string[];
  totals: string[];
  headerWithinRows: number;
}

/** Which field each column of one sheet holds; null where the header is unknown. `year` completes dates such as `11月20日`. */
export interface HotlineMapping {
  words: HotlineColumns;
  fields: (HotlineField | null)[];
  headers: string[];
  year?: number;
}

export interface Rejection {
  row: number;
  sheet: string;
  column?: string;
  code: string;
  reason: string;
}

/** Headers are compared without blanks, marks of obligation and remarks in brackets. */
const headerWord = (cell: string) => halfWidth(cell).replace(/\(.*?\)|【.*?】|[\s*::"'﻿]/g, '');

/** The mapping of a header row; undefined for a row that is none: the text of the matter and one more column must be known. */
export function mappingOfHeader(
  cells: readonly string[],
  words: HotlineColumns,
  own: Readonly<Record<string, HotlineField>> = {},
): HotlineMapping | undefined {
  const byWord = new Map([
    ...Object.entries(words.columns).flatMap(([field, headers]) =>
      headers.map((header) => [headerWord(header), field as HotlineField] as const),
    ),
    ...Object.entries(own).map(([header, field]) => [headerWord(header), field] as const),
  ]);
  const fields = cells.map((cell) => byWord.get(headerWord(cell)) ?? null);
  const known = new Set(fields.filter((field) => field !== null));
  if (known.size < 2 || !(known.has('content') || known.has('title'))) return undefined;
  return { words, fields, headers: cells.map((cell) => cell.trim()) };
}

/** What a row that is no order is: a blank line, a total, the header again (each printed page repeats it). Null for an order. */
export function furnitureOf(row: ImportRow, mapping: HotlineMapping): 'blank' | 'total' | 'header' | null {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return 'blank';
  const first = headerWord(filled[0] as string);
  if (
    mapping.words.totals.some((word) => first.startsWith(word)) &&
    !row.cells.some((cell, i) => mapping.fields[i] === 'content' && cell.trim().length > 10)
  )
    return 'total';
  return row.cells.every((cell, i) => headerWord(cell) === headerWord(mapping.headers[i] ?? '')) ? 'header' : null;
}

/** One row as an item, or why it is none. Pure: the same row gives the same draft, so an import can be repeated. */
export function mapHotlineRow(row: ImportRow, mapping: HotlineMapping): ItemDraft | Rejection {
  const read = (field: HotlineField) => valuesOf(row, mapping, field)[0] ?? '';
  const facts: HotlineFacts = {
    number: read('number'),
    occurredAt: read('occurredAt'),
    title: read('title'),
    content: read('content'),
    channel: read('channel'),
    requestType: requestTypeOf(read('requestType'), mapping.words),
    spoken: mapping.words.spokenChannels.some((word) => read('channel').includes(word)),
    area: read('area') || (/[市县区镇乡]$|街道$/.test(row.sheet.trim()) ? row.sheet.trim() : ''),
    caller: { name: read('callerName'), phone: read('callerPhone') },
    matter: valuesOf(row, mapping, 'matter').join(' / '),
    more: moreOf(row, mapping),
    ...(mapping.year === undefined ? {} : { year: mapping.year }),
  };
  const draft = hotlineDraft(facts);
  return 'fault' in draft ? rejection(row, mapping, draft.fault) : draft;
}

function rejection(row: ImportRow, mapping: HotlineMapping, fault: FieldFault): Rejection {
  const column = mapping.headers[mapping.fields.indexOf(fault.field as HotlineField)];
  return {
    row: row.row,
    sheet: row.sheet,
    ...(column === undefined ? {} : { column }),
    code: fault.code,
    reason: fault.reason,
  };
}

function valuesOf(row: ImportRow, mapping: HotlineMapping, field: HotlineField): string[] {
  return mapping.fields.flatMap((candidate, i) => {
    const value = candidate === field ? cleanCell(row.cells[i] ?? '', mapping.words) : '';
    return value === '' ? [] : [value];
  });
}

/** Spreadsheets keep line ends as `_x000D_`, ids behind a tab or an apostrophe, and write `/` for nothing. */
function cleanCell(cell: string, words: HotlineColumns): string {
  const text = cell
    .replace(/_x000D_\n?|\r\n?/g, '\n')
    .replace(/[\u00a0\u200b\ufeff]/g, ' ')
    .trim()
    .replace(/^'(?=\d)/, '');
  return words.empty.includes(text) ? '' : text;
}

const DATES = new Set<HotlineField>(['dispatchedAt', 'dueAt', 'acknowledgedAt', 'returnedAt', 'closedAt']);
const TAKEN = new Set<HotlineField>([
  'number',
  'occurredAt',
  'title',
  'content',
  'channel',
  'requestType',
  'area',
  'callerName',
  'callerPhone',
  'callerSex',
  'matter',
]);

/** The other columns, kept beside the item; unreadable dates in them are left out, they decide nothing here. */
function moreOf(row: ImportRow, mapping: HotlineMapping): Record<string, string> {
  const more: Record<string, string> = {};
  mapping.fields.forEach((field, i) => {
    if (field === null || TAKEN.has(field)) return;
    const value = cleanCell(row.cells[i] ?? '', mapping.words);
    const shown = DATES.has(field) ? (officeTime(value, mapping.year)?.toISOString() ?? '') : value;
    if (shown !== '') more[field] = shown;
  });
  return more;
}

function requestTypeOf(value: string, words: HotlineColumns): string {
  if (value === '') return '';
  const found = Object.entries(words.requestTypes).find(([name, others]) => name === value || others.includes(value));
  return found?.[0] ?? value;
}
