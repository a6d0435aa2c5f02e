import type { Request } from 'express';
import { DomainError } from '#kernel/error.js';
import { contextOf } from './context.js';
import type { RouteDefinition } from './route.js';

export const STANDARD_BODY_LIMIT_BYTES = 1_048_576;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The bytes of the body, read once. 413 `BODY_TOO_LARGE`, 415 `ENCODING_UNSUPPORTED` for a compressed one. */
export function rawBodyOf(request: Request, route: RouteDefinition): Promise<Buffer> {
  const context = contextOf(request);
  context.rawBody ??= readAll(request, route.bodyLimitBytes ?? STANDARD_BODY_LIMIT_BYTES);
  return context.rawBody;
}

async function readAll(request: Request, limitBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new DomainError('ENCODING_UNSUPPORTED', 415, 'send the body uncompressed', { encoding: 'identity' });
  const tooLarge = () =>
    new DomainError('BODY_TOO_LARGE', 413, `the body is larger than ${limitBytes} bytes`, { limitBytes });
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** The JSON value of a body; an empty one counts as `{}`. 415 for another media type, 400 `INVALID_JSON` with the place of the fault. */
export function jsonOf(request: Request, raw: Buffer): unknown {
  if (raw.length === 0) return {};
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(type))
    throw new DomainError('MEDIA_TYPE_UNSUPPORTED', 415, 'send application/json', { expected: 'application/json' });
  let text: string;
  try {
    text = utf8.decode(raw);
  } catch {
    throw new DomainError('INVALID_ENCODING', 400, 'the body is not UTF-8');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // The message of the parser quotes the body; only the place is passed on.
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    throw new DomainError(
      'INVALID_JSON',
      400,
      'the body is not JSON',
      {},
      position === undefined ? undefined : `character ${position}`,
    );
  }
}
