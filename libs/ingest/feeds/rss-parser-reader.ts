import Parser from 'rss-parser';
import { readFeedDate } from '../rules/dates.js';
import { stripControls } from '../rules/entities.js';
import { datesOf } from './entry-dates.js';
import type { FeedDocument, FeedEntry } from './feed-document.js';
import { withoutSpans } from '../rules/text-spans.js';
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

/**
 * The common path: well-formed, plain RSS 2.0 through rss-parser. Undefined for everything that rss-parser refuses or reads
 * otherwise than we do (relative bases, entries without address, naked markup, bare ampersands): the tolerant reader takes
 * that. Both must give the same entries for the same document, or a feed with one broken day would revise all its items.
 */
export async function readCommonRss(
  text: string,
  base: string | undefined,
): Promise<Omit<FeedDocument, 'encoding' | 'problems'> | undefined> {
  if (!isPlain(text)) return undefined;
  let feed: Parser.Output<Record<string, string>>;
  try {
    feed = await parser.parseString(text);
  } catch {
    return undefined;
  }
  const entries = feed.items.map((item) => readItem(item, base));
  if (entries.some((entry) => entry === undefined)) return undefined;
  const link = absoluteUrl(feed.link, base);
  return {
    kind: 'rss',
    title: plainText(feed.title ?? ''),
    ...(link === undefined ? {} : { link }),
    entries: entries as FeedEntry[],
  };
}

function isPlain(document: string): boolean {
  const text = withoutSpans(document, { open: '<!--', close: '-->' });
  if (
    !/^\s*(?:<\?xml[^>]*\?>)?\s*<rss\b[^>]*version\s*=\s*["']2\.0["']/.test(text) ||
    /xml:base|<!DOCTYPE|isPermaLink\s*=\s*["']true/i.test(text)
  )
    return false;
  const bare = withoutSpans(text, { open: '<![CDATA[', close: ']]>' });
  if (bare.includes('<!') || /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/.test(bare)) return false;
  for (const [, name] of bare.matchAll(/<\/?([A-Za-z][\w:.-]*)/g))
    if (!PLAIN.has(name!.toLowerCase()) && !PLAIN_MODULES.test(name!)) return false;
  return true;
}

function readItem(item: Record<string, string> & Parser.Item, base: string | undefined): FeedEntry | undefined {
  const link = typeof item.link === 'string' ? absoluteUrl(item.link, base) : undefined;
  if (link === undefined) return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? stripControls(value).trim() : '');
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
