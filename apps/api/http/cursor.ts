import type { z } from 'zod';
import { DomainError } from '#kernel/error.js';
import { storable } from './storable-text.js';

/** The opaque cursor of a position. It is checked, not secret: whoever changes it only asks for another page of what may be seen. */
export const encodeCursor = (position: unknown): string =>
  Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');

/** Reads a cursor back, or refuses it with 400 `INVALID_CURSOR`. */
export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined,
): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(storable(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))));
  } catch {
    throw new DomainError('INVALID_CURSOR', 400, 'the cursor is not one that this list gave', {}, 'cursor');
  }
}

/**
 * Cuts a page from rows that were read with `LIMIT limit + 1`: the row too many says that there is a next page.
 * `positionOf` gives what the next query starts after.
 */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  positionOf: (row: Row) => unknown,
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown[shown.length - 1];
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null;
  return { items: shown.map(itemOf), nextCursor };
}
