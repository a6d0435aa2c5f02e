import { z } from 'zod';

/** Values of a query arrive as strings; these turn them into what they mean, and describe themselves in OpenAPI. */

/** A whole number within bounds. */
export const integer = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);

/** `true`, `false`, `1` or `0`. */
export const flag = () => z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');

/** Several values: the parameter repeated, or one parameter separated by commas. */
export const listOf = <Member extends z.ZodType<unknown, string>>(member: Member, maximum = 50) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (Array.isArray(value) ? value : value.split(',')).filter((part) => part !== ''))
    .pipe(z.array(member).max(maximum));

/** An instant with its offset, as `Date`. */
export const instant = () => z.iso.datetime({ offset: true }).transform((value) => new Date(value));

/** A civil date `YYYY-MM-DD`. */
export const civilDate = () => z.iso.date();

/** The parameters of every list; spread into the query's `z.strictObject`. */
export const paging = (maximum = 200, standard = 50) => ({
  limit: integer(1, maximum).default(standard),
  cursor: z.string().max(1_000).optional(),
});
