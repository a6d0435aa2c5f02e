import { decodeEntities } from '../rules/entities.js';

const NAME_SPACES: [RegExp, string][] = [
  [/^https?:\/\/(www\.w3\.org\/2005\/atom|purl\.org\/atom\/|www\.intertwingly\.net\/wiki\/pie)/i, 'atom'],
  [
    /^http:\/\/(purl\.org\/rss\/|purl\.org\/net\/rss1\.1|my\.netscape\.com\/|channel\.netscape\.com\/|backend\.userland\.com\/|blogs\.law\.harvard\.edu\/|cyber\.(law\.)?harvard\.edu\/|www\.rssboard\.org\/)(?!.*modules)/i,
    'rss',
  ],
  [/^https?:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns/i, 'rdf'],
  [/^https?:\/\/purl\.org\/dc\/elements\//i, 'dc'],
  [/^https?:\/\/purl\.org\/dc\/terms\//i, 'dcterms'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\//i, 'content'],
  [/^https?:\/\/www\.w3\.org\/1999\/xhtml/i, 'xhtml'],
  [/^https?:\/\/search\.yahoo\.com\/mrss/i, 'media'],
  [/^https?:\/\/www\.itunes\.com\//i, 'itunes'],
];
/** Prefixes that mean the same also where they were never declared. */
export const KNOWN_PREFIXES = new Set(['dc', 'dcterms', 'content', 'media', 'itunes', 'rdf', 'xhtml', 'atom']);

/** The fixed prefix of a name space that feeds use; `?` and the address for any other. */
export function vocabularyOf(uri: string): string {
  const found = NAME_SPACES.find(([pattern]) => pattern.test(uri));
  return found === undefined ? `?${uri}` : found[1];
}

export function isNameStart(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 58 || code > 127;
}

/** Reads a start tag at `<`; quotes may be missing. Undefined where the tag has no end. */
export function readTag(
  text: string,
  start: number,
): { name: string; attributes: Record<string, string>; selfClosing: boolean; end: number } | undefined {
  const name = /[^\s/>]+/y;
  name.lastIndex = start + 1;
  const named = name.exec(text)?.[0];
  if (named === undefined) return undefined;
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  const attribute = /\s*(?:([^\s=/>"'][^\s=/>]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?|["'=/](?!>))/y;
  let at = start + 1 + named.length;
  for (;;) {
    attribute.lastIndex = at;
    const match = attribute.exec(text);
    if (match === null || match[0] === '') break;
    at = attribute.lastIndex;
    if (match[1] !== undefined)
      attributes[match[1].toLowerCase()] ??= decodeEntities(match[2] ?? match[3] ?? match[4] ?? '');
  }
  const close = /\s*(\/?)>/y;
  close.lastIndex = at;
  const end = close.exec(text);
  if (end === null) {
    const next = text.indexOf('>', at);
    if (next < 0) return undefined;
    return { name: named, attributes, selfClosing: text[next - 1] === '/', end: next + 1 };
  }
  return { name: named, attributes, selfClosing: end[1] === '/', end: close.lastIndex };
}
