import { sha256 } from '#kernel/hash.js';
import type { FeedItem } from '../feed-items.store.js';
import type { FeedDocument, FeedEntry } from '../feeds/feed-document.js';
import { plainText } from '../feeds/markup.js';
import type { Rejection } from '../rejections.store.js';
import { maskPersonalNumbers } from '#kernel/text/mask.js';

/** Longer texts are cut: a page that is longer is not a message. */
const MAX_BODY = 20_000;
const MAX_TITLE = 500;

/** Entries as items; an entry without any words is refused with its place, so that everything read is accounted for. */
export function feedItemsOf(feed: FeedDocument): { items: FeedItem[]; rejected: Rejection[] } {
  const items: FeedItem[] = [];
  const rejected: Rejection[] = [];
  feed.entries.forEach((entry, index) => {
    const item = feedItem(entry);
    if (item !== undefined) items.push(item);
    else
      rejected.push({
        place: `entries[${index}]`,
        code: 'ENTRY_EMPTY',
        message: 'the entry has neither title nor text',
        excerpt: entry.link ?? entry.id ?? '',
      });
  });
  return { items, rejected };
}

function feedItem(entry: FeedEntry): FeedItem | undefined {
  const title = plainText(entry.title).slice(0, MAX_TITLE);
  const longer = [entry.content, entry.summary]
    .map((html) => plainText(html ?? ''))
    .sort((a, b) => b.length - a.length)[0]!;
  const body = longer.slice(0, MAX_BODY);
  if (title === '' && body === '') return undefined;
  const published = entry.published ?? entry.updated ?? null;
  const masked = { title: maskPersonalNumbers(title), body: maskPersonalNumbers(body) };
  return {
    facts: {
      ...(entry.id === undefined ? {} : { id: entry.id }),
      ...(entry.link === undefined ? {} : { link: entry.link }),
      title,
      text: body,
      published,
    },
    draft: {
      kind: 'article',
      ...masked,
      contentSha256: sha256(`${title}\n${body}`),
      ...(entry.link === undefined ? {} : { url: entry.link }),
      ...(entry.author === undefined ? {} : { authorHash: sha256(entry.author) }),
      ...(published === null ? {} : { publishedAt: published }),
      ...(entry.zoneMissing === undefined ? {} : { zoneMissing: entry.zoneMissing }),
      raw: {
        id: entry.id ?? null,
        title: entry.title.slice(0, MAX_TITLE),
        updated: entry.updated?.toISOString() ?? null,
      },
    },
  };
}
