import { z } from 'zod';
import type { ImportRow } from './import-row.js';
import { HOTLINE_FIELDS, type HotlineColumns, type HotlineMapping } from './hotline-row.js';

const schema = z.object({
  sheet: z.string(),
  row: z.number().int(),
  cells: z.array(z.string()),
  headers: z.array(z.string()),
  fields: z.array(z.enum(HOTLINE_FIELDS).nullable()),
  year: z.number().int().optional(),
});

/** A row as it is kept when it is refused: with what its columns meant, so that it can be read again alone. */
export const rowToKeep = (row: ImportRow, { headers, fields, year }: HotlineMapping): Uint8Array =>
  Buffer.from(JSON.stringify({ ...row, headers, fields, ...(year === undefined ? {} : { year }) }));

/** The row again, or undefined for bytes that are none. */
export function keptRow(
  value: unknown,
  words: HotlineColumns,
): { row: ImportRow; mapping: HotlineMapping } | undefined {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  const { sheet, row, cells, headers, fields, year } = parsed.data;
  return { row: { sheet, row, cells }, mapping: { words, headers, fields, ...(year === undefined ? {} : { year }) } };
}
