/**
 * Takes out all spans from `open` to `close`, in linear time: a pattern with a lazy middle would look for the end again behind
 * each opening that has none. An opening without end takes the rest with it where `toEnd` says so.
 */
export function withoutSpans(text: string, span: { open: string; close: string; toEnd?: boolean }): string {
  let out = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf(span.open, at);
    if (start < 0) return out + text.slice(at);
    const end = text.indexOf(span.close, start + span.open.length);
    if (end < 0) return out + (span.toEnd === true ? text.slice(at, start) : text.slice(at));
    out += text.slice(at, start);
    at = end + span.close.length;
  }
}
