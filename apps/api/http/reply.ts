import type { Readable } from 'node:stream';

/** A value of the response schema as handlers may give it: an instant may be a `Date`; undefined keys are left out. */
export type Serialisable<Value> = unknown extends Value
  ? unknown
  : Value extends string
    ? string extends Value
      ? Value | Date
      : Value
    : Value extends readonly (infer Member)[]
      ? Serialisable<Member>[]
      : Value extends object
        ? { [Key in keyof Value]: Serialisable<Value[Key]> }
        : Value;

/** An answer with more than a body. */
export class Reply<Body> {
  constructor(
    readonly body: Body,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly status?: number,
  ) {}
}

/** The ETag of a version of an editable thing. */
export const etagOf = (version: number): string => `"${version}"`;

/** Answers an editable thing with its version as ETag. */
export const withETag = <Body>(version: number, body: Body): Reply<Body> => new Reply(body, { etag: etagOf(version) });

/** Answers 201 with the address of the new thing, below `/api/v1`, and its ETag when it is editable. */
export const created = <Body>(location: string, body: Body, version?: number): Reply<Body> =>
  new Reply(body, { location: `/api/v1${location}`, ...(version === undefined ? {} : { etag: etagOf(version) }) }, 201);

/** A file to save or to print. It is sent as it is; the caller's scope was applied by whoever read its rows. */
export class Download extends Reply<never> {
  constructor(
    readonly file: {
      fileName: string;
      contentType: string;
      content: Buffer | string | Readable;
      /** Shown in the browser instead of saved (print views). */
      inline?: boolean;
    },
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(undefined as never, headers);
  }
}
