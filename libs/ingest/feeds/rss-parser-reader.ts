import Parser from 'rss-parser';
import { readFeedDate } from '../rules/dates.js';
import { decodeEntities, stripControls } from '../rules/entities.js';
import { datesOf } from './entry-dates.js';
import type { FeedDocument, FeedEntry } from './feed-document.js';
import { absoluteUrl, collapse, plainText } from './markup.js';

/** The elements of plain RSS 2.0; a document with others, or with naked markup in its texts, is for the tolerant reader. */
const PLAIN = new Set(
  'rss channel item title link description pubdate lastbuilddate guid author category comments enclosure generator language copyright managingeditor webmaster docs ttl image url width height cloud source rating'.split(
    ' ',
  ),
);
const PLAIN_MODULES = /^(?:content:encoded|dc:creator|dc:date|atom:link|slash:\w+|wfw:\w+|sy:\w+)$/;

const parser = new Parser<Record<string, unknown>, Record<string, string>>({
  customFields: { item: ['dc:creator', 'dc:date', 'description'] },
});

/** Stand in for a text while rss-parser reads the structure; characters of private use, which a plain document does not hold. */
const TOKEN = /\uE000(\d+)\uE001/g;

/**
 * The common path: plain RSS 2.0 through rss-parser. The caller has found the document well-formed; undefined for everything that
 * rss-parser reads otherwise than we do (relative bases, entries without address, naked markup): the tolerant reader takes that.
 * Both must give the same entries for the same document, or a feed with one broken day would revise all its items.
 * rss-parser cuts markup from every text with patterns of quadratic time; it is given tokens instead of texts with markup.
 */
export async function readCommonRss(
  text: string,
  base: string | undefined,
): Promise<Omit<FeedDocument, 'encoding' | 'problems'> | undefined> {
  if (!/^\s*<[\s\S]{0,2000}version\s*=\s*["']2\.0["']/.test(text) || /[\uE000\uE001]/.test(text)) return undefined;
  const texts: string[] = [];
  const document = tokenised(text, texts);
  if (!isPlain(document)) return undefined;
  let feed: Parser.Output<Record<string, string>>;
  try {
    feed = await parser.parseString(document);
  } catch {
    return undefined;
  }
  const restored = (value: unknown) =>
    typeof value === 'string'
      ? stripControls(value.replace(TOKEN, (_, place: string) => texts[Number(place)] ?? '')).trim()
      : '';
  const entries = feed.items.map((item) => readItem(item, restored, base));
  if (entries.some((entry) => entry === undefined)) return undefined;
  const link = absoluteUrl(restored(feed.link), base);
  return {
    kind: 'rss',
    title: plainText(restored(feed.title)),
    ...(link === undefined ? {} : { link }),
    entries: entries as FeedEntry[],
  };
}

function isPlain(text: string): boolean {
  if (!/^\s*(?:<\?xml[^>]*\?>)?\s*<rss\b[^>]*version\s*=\s*["']2\.0["']/.test(text)) return false;
  if (/xml:base|<!|isPermaLink\s*=\s*["']true/i.test(text)) return false;
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/.test(text)) return false;
  for (const [, name] of text.matchAll(/<\/?([A-Za-z][\w:.-]*)/g))
    if (!PLAIN.has(name!.toLowerCase()) && !PLAIN_MODULES.test(name!)) return false;
  return true;
}

/** The document without comments and with a token for each CDATA section and each escaped text; what they hold goes to `texts`. */
function tokenised(document: string, texts: string[]): string {
  const token = (text: string) => `\uE000${texts.push(text) - 1}\uE001`;
  let out = '';
  let at = 0;
  while (at < document.length) {
    const open = document.indexOf('<', at);
    const text = document.slice(at, open < 0 ? undefined : open);
    out += text.includes('&lt;') || text.includes('&#') ? token(decodeEntities(text)) : text;
    if (open < 0) break;
    const comment = document.startsWith('<!--', open);
    const section = document.startsWith('<![CDATA[', open);
    const mark = comment ? '-->' : section ? ']]>' : '>';
    const end = document.indexOf(mark, open);
    if (end < 0) return out;
    if (!comment) out += section ? token(document.slice(open + 9, end)) : document.slice(open, end + 1);
    at = end + mark.length;
  }
  return out;
}

function readItem(
  item: Record<string, string> & Parser.Item,
  text: (value: unknown) => string,
  base: string | undefined,
): FeedEntry | undefined {
  const link = absoluteUrl(text(item.link), base);
  if (link === undefined) return undefined;
  const id = collapse(text(item.guid));
  const published = readFeedDate(text(item.pubDate)) ?? readFeedDate(text(item['dc:date']));
  const modified = published === undefined ? undefined : readFeedDate(text(item['dc:date']));
  const author = plainText(text(item.author)) || plainText(text(item['dc:creator']));
  const summary = text(item.description);
  const content = text(item['content:encoded']);
  return {
    ...(id === '' ? {} : { id }),
    link,
    title: plainText(text(item.title)),
    ...datesOf(published, modified),
    ...(author === '' ? {} : { author }),
    ...(summary === '' ? {} : { summary }),
    ...(content === '' ? {} : { content }),
  };
}
