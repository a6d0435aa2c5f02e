/** What an answer means for the next poll of a source. */
export type Answer =
  | { kind: 'document' }
  | { kind: 'notModified' }
  /** 410, RFC 9110 15.5.11: the source is gone for good and should not be asked again. */
  | { kind: 'gone' }
  | { kind: 'retryLater'; afterSeconds: number | null }
  | { kind: 'failed'; code: string };

/** A server may ask for patience, but not for more than a day. Judgement. */
const MAX_RETRY_AFTER_SECONDS = 86_400;

export function judgeAnswer(status: number, headers: Readonly<Record<string, string>>, now: Date): Answer {
  if (status === 304) return { kind: 'notModified' };
  if (status === 410) return { kind: 'gone' };
  if (status === 429 || status === 503)
    return { kind: 'retryLater', afterSeconds: retryAfterSeconds(headers['retry-after'], now) };
  if (status >= 200 && status < 300) return { kind: 'document' };
  return { kind: 'failed', code: `HTTP_${status}` };
}

/** `Retry-After` as seconds from now: a number or a date (RFC 9110 10.2.3); null where it says nothing. */
export function retryAfterSeconds(value: string | undefined, now: Date): number | null {
  const text = value?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now.getTime()) / 1000);
  return Number.isFinite(seconds) && text !== '' ? Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_SECONDS) : null;
}

/** The headers of a conditional request; what the server gave is sent back unchanged. */
export function conditionalHeaders(etag: string | null, lastModified: string | null): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}
