import iconv from 'iconv-lite';
import sanitizeHtml from 'sanitize-html';

const HEAD_BYTES = 4_096;
const BREAKS = /<\s*(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])[^>]{0,200}>/gi;

/** The encoding that the header or the page itself names; UTF-8 when neither does, GB18030 for its whole family. */
function encodingOf(bytes: Buffer, contentType: string | undefined): string {
  const declared = /charset\s*=\s*["']?([\w-]+)/i;
  const name =
    (declared.exec(contentType ?? '') ??
      declared.exec(bytes.subarray(0, HEAD_BYTES).toString('latin1')))?.[1]?.toLowerCase() ?? 'utf-8';
  if (/^gb/.test(name)) return 'gb18030';
  return iconv.encodingExists(name) ? name : 'utf-8';
}

/** The words of a page: markup, scripts and styles out, entities resolved, one line a block. */
export function decodePage(bytes: Buffer, contentType: string | undefined): string {
  const html = iconv.decode(bytes, encodingOf(bytes, contentType)).replace(BREAKS, '$&\n');
  const escaped = sanitizeHtml(html, {
    allowedTags: [],
    allowedAttributes: {},
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'template'],
  });
  return escaped
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
