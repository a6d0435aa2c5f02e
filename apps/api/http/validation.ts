import { z } from 'zod';
import { DomainError } from '#kernel/error.js';
import { storable } from './storable-text.js';

/** Where a value came from; stands before the path of a fault. */
export type Part = 'path' | 'query' | 'body';

const MAX_FAULTS = 20;
export const EMPTY = z.strictObject({});

/** One fault of a request. The value itself is not repeated: it may be personal. */
export interface Fault {
  where: string;
  code: string;
  message: string;
}

/** A request whose values do not fit the route, with every fault. */
export class InvalidRequest extends DomainError {
  constructor(
    readonly faults: Fault[],
    where: string,
  ) {
    super('INVALID_REQUEST', 400, 'the request does not fit the description of this route', {}, where);
  }
}

/** Checks one part of a request and gives what the handler gets, or throws `InvalidRequest` (400 `INVALID_REQUEST`). */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown, part: Part): z.output<Schema> {
  const parsed = schema.safeParse(storable(value));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, MAX_FAULTS).map((issue) => ({
    where: [part, ...issue.path.map(String)].join('.'),
    code: issue.code,
    message: issue.message,
  }));
  throw new InvalidRequest(faults, faults[0]?.where ?? part);
}

/** The version of an `If-Match` header. 428 without one where it is required; a tag that no version has is stale (412). */
export function versionOf(header: string | undefined, need: 'required' | 'optional' | undefined): number | undefined {
  if (need === undefined) return undefined;
  if (header === undefined) {
    if (need === 'optional') return undefined;
    throw new DomainError(
      'PRECONDITION_REQUIRED',
      428,
      'say with If-Match which version this was decided on',
      {},
      'If-Match',
    );
  }
  // Strong comparison (RFC 9110 13.1.1): a weak tag matches nothing, and a wildcard would decide on a version unseen.
  const version = /^"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (version === undefined)
    throw new DomainError('VERSION_CONFLICT', 412, 'this is no version that this thing has had', {}, 'If-Match');
  return Number(version);
}
