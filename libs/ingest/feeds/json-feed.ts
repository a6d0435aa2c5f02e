import { z } from 'zod';
import { readFeedDate } from '../rules/dates.js';
import { FEED_LIMITS, type FeedDocument, type FeedEntry } from './feed-document.js';
import { absoluteUrl, collapse } from './markup.js';
import { stripControls } from '../rules/entities.js';
import { datesOf } from './entry-dates.js';

const text = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const person = z.object({ name: text, url: text }).optional().catch(undefined);
const item = z.object({
  id: text,
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  author: person,
  authors: z.array(person).optional().catch(undefined),
});
const feed = z.object({ title: text, home_page_url: text, items: z.array(z.unknown()).catch([]) });

/** JSON Feed 1.0 and 1.1; undefined for JSON that is none. Fields of a wrong type are left out, the entry stays. */
export function readJsonFeed(
  document: string,
  base: string | undefined,
): Omit<FeedDocument, 'encoding' | 'problems'> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(document);
  } catch {
    return undefined;
  }
  const head = feed.safeParse(json);
  if (!head.success || !('items' in (json as object) || 'version' in (json as object))) return undefined;
  const link = absoluteUrl(head.data.home_page_url, base);
  const entries = head.data.items.slice(0, FEED_LIMITS.maxEntries + 1).flatMap((raw): FeedEntry[] => {
    const parsed = item.safeParse(raw);
    if (!parsed.success) return [];
    const found = parsed.data;
    const address = absoluteUrl(found.url ?? found.external_url, base);
    const author = [found.author, ...(found.authors ?? [])].find((p) => p?.name !== undefined)?.name;
    const content = found.content_html ?? found.content_text;
    return [
      {
        ...(found.id === undefined ? {} : { id: found.id }),
        ...(address === undefined ? {} : { link: address }),
        title: collapse(found.title ?? ''),
        ...datesOf(readFeedDate(found.date_published), readFeedDate(found.date_modified)),
        ...(author === undefined ? {} : { author: collapse(author) }),
        ...(found.summary === undefined ? {} : { summary: stripControls(found.summary) }),
        ...(content === undefined ? {} : { content: stripControls(content) }),
      },
    ];
  });
  return { kind: 'json', title: collapse(head.data.title ?? ''), ...(link === undefined ? {} : { link }), entries };
}
