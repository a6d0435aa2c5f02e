/** Characters kept of one text; a longer one is judged by its beginning, so that a hostile upload costs a bounded time. */
export const MAX_TEXT_CHARACTERS = 20_000;

const UNPAIRED_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;

/** Bounded, well-formed (no unpaired surrogates), width-folded, lower-cased text without invisible characters. */
export function normaliseText(text: string): string {
  const head = text.length > MAX_TEXT_CHARACTERS ? text.slice(0, MAX_TEXT_CHARACTERS) : text;
  return head.replace(UNPAIRED_SURROGATE, '\ufffd').replace(INVISIBLE, '').normalize('NFKC').toLowerCase();
}
