import { z } from 'zod';

/** An instant in an answer (handlers give a `Date`). For instants that a caller sends use `instantInput`. */
export const instant = () => z.iso.datetime({ offset: true });

/** An instant that a caller sends, with its offset; the handler gets a `Date`. */
export const instantInput = () => z.iso.datetime({ offset: true }).transform((value) => new Date(value));

export const id = () => z.uuid();

/** The parameters of a path with one id. */
export const idParams = z.object({ id: id() });

/** The standing of a thing after a command: clients send `version` back as `If-Match`. */
export const versioned = z.object({ id: id(), version: z.number().int() });

/** A list: `{items, nextCursor}`. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The answer of a route without a body (`status: 204`); its handler returns undefined. */
export const nothing = z.undefined();
