import { sha256 } from '#kernel/hash.js';
import type { FeedItem } from '../feed-items.store.js';
import type { FeedDocument, FeedEntry } from '../feeds/feed-document.js';
import { plainText } from '../feeds/markup.js';
import type { Rejection } from '../rejections.store.js';
import { deidentify } from './deidentify.js';
import { repairPage, repairText } from './repair-page.js';

/** Longer texts are cut: a page that is longer is not a message. */
const MAX_BODY = 20_000;
const MAX_TITLE = 500;

/** A document that is refused as a whole. */
export interface Refusal {
  code: string;
  message: string;
}

/**
 * Entries as items; an entry without any words is refused with its place, so that everything read is accounted for. Entities that
 * a document defines are never expanded: one that nests them or takes them from outside is refused whole, an entry that uses
 * one is refused alone, for its text would hold the name in place of what was meant.
 */
export function feedItemsOf(feed: FeedDocument): { items: FeedItem[]; rejected: Rejection[]; refused?: Refusal } {
  const refused = refusalOf(feed);
  if (refused !== undefined) return { items: [], rejected: [], refused };
  const items: FeedItem[] = [];
  const rejected: Rejection[] = [];
  const entities = feed.entities?.names ?? [];
  feed.entries.forEach((entry, index) => {
    const used = entities.find((name) => textsOf(entry).includes(`&${name};`));
    const item = used === undefined ? feedItem(entry) : undefined;
    if (item !== undefined) items.push(item);
    else
      rejected.push({
        kind: 'entry',
        place: `entries[${index}]`,
        ...(used === undefined
          ? { code: 'ENTRY_EMPTY', message: 'the entry has neither title nor text' }
          : {
              code: 'ENTRY_ENTITY',
              message: `the entry uses an entity that the document defines: ${used.slice(0, 40)}`,
            }),
        excerpt: entry.link ?? entry.id ?? '',
        bytes: Buffer.from(JSON.stringify(entry)),
      });
  });
  return { items, rejected };
}

const textsOf = (entry: FeedEntry) => [entry.title, entry.summary, entry.content].join('\n');

function refusalOf({ entities }: FeedDocument): Refusal | undefined {
  if (entities?.external === true)
    return { code: 'FEED_EXTERNAL_ENTITY', message: 'the document asks for a file or an address as an entity' };
  if (entities?.nested === true)
    return { code: 'FEED_ENTITY_BOMB', message: 'the document defines entities by other entities' };
  return undefined;
}

/** A page of a site that has no feed, as one item; its address is its identity. */
export function pageItem(page: string, url: string): FeedItem | undefined {
  const { title, text, repairs, unrepaired } = repairPage(page);
  if (text === '') return undefined;
  const body = text.slice(0, MAX_BODY);
  return {
    facts: { id: url, link: url, title, text: body, published: null },
    draft: {
      kind: 'article',
      title: deidentify(title.slice(0, MAX_TITLE)).text,
      body: deidentify(body).text,
      contentSha256: sha256(`${title}\n${body}`),
      url,
      raw: { repairs, unrepaired: unrepaired.map((place) => deidentify(place).text) },
    },
  };
}

function feedItem(entry: FeedEntry): FeedItem | undefined {
  const title = plainText(entry.title).slice(0, MAX_TITLE);
  const longer = [entry.content, entry.summary]
    .map((html) => plainText(html ?? ''))
    .sort((a, b) => b.length - a.length)[0]!;
  const body = longer.slice(0, MAX_BODY);
  if (title === '' && body === '') return undefined;
  const published = entry.published ?? entry.updated ?? null;
  const copy = repairText(body);
  const masked = { title: deidentify(repairText(title).text).text, body: deidentify(copy.text).text };
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
        updated: entry.updated?.toISOString() ?? null,
        ...(copy.repairs.length === 0 ? {} : { repairs: copy.repairs }),
        ...(copy.unrepaired.length === 0 ? {} : { unrepaired: copy.unrepaired.map((place) => deidentify(place).text) }),
      },
    },
  };
}
