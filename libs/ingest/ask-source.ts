import { sha256 } from '#kernel/hash.js';
import type { FetchResult, GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { decodeDocument } from './feeds/decode.js';
import type { FeedHints } from './feeds/feed-document.js';
import type { ParsePool } from './feeds/parse-pool.js';
import type { FeedItem } from './feed-items.store.js';
import type { Rejection } from './rejections.store.js';
import { feedItemsOf, pageItem, type Refusal } from './rules/feed-item.js';
import { maxAgeSeconds, retryAfterSeconds } from './rules/next-poll.js';
import type { Source } from './sources.store.js';

/** What was read from a document, ready to be stored. */
export interface ReadDocument {
  encoding: string;
  problems: string[];
  items: FeedItem[];
  rejected: Rejection[];
  hints: FeedHints;
}

/** What asking a source brought, before anything is stored. */
export type Asked =
  | { kind: 'document'; page: FetchResult; digest: string; read: ReadDocument }
  | { kind: 'unchanged'; page: FetchResult }
  | { kind: 'gone'; page: FetchResult }
  /** The document came and can't be used: it is kept with its bytes. */
  | { kind: 'refused'; page: FetchResult; code: string; message: string }
  | { kind: 'failed'; code: string; message: string; retryAfterSeconds: number | null };

/** A self-hosted RSSHub: its address and key stand in the settings, a source names only the route. */
export interface RouteService {
  url: string | undefined;
  key: string | undefined;
}

const ROUTE = 'rsshub:';
/** The route of an address such as `rsshub:/weibo/user/1`; undefined for a common address. */
export const routeOfUrl = (url: string): string | undefined =>
  url.startsWith(ROUTE) ? url.slice(ROUTE.length) : undefined;

/** The address that is asked for a source. Undefined for a route while no RSSHub is set. */
export function addressOf(url: string, service: RouteService): string | undefined {
  const route = routeOfUrl(url);
  if (route === undefined) return url;
  if (service.url === undefined) return undefined;
  const address = new URL(`${service.url.replace(/\/+$/, '')}${route}`);
  if (service.key !== undefined) address.searchParams.set('key', service.key);
  return address.href;
}

export interface AskTools {
  fetcher: GuardedFetcher;
  parser: ParsePool;
  routes: RouteService;
  /** The reason for which this very document was refused so often that it is not read again. */
  known: (sourceId: string, digest: string) => Promise<Refusal | undefined>;
}

/** Asks one source and reads what it answers; never throws. */
export async function askSource(source: Source, tools: AskTools): Promise<Asked> {
  const address = addressOf(source.url!, tools.routes);
  if (address === undefined)
    return {
      kind: 'failed',
      code: 'RSSHUB_NOT_SET',
      message: 'no RSSHub is set (HUIYING_RSSHUB_URL)',
      retryAfterSeconds: null,
    };
  try {
    const page = await tools.fetcher.fetch(address, {
      headers: {
        ...(source.etag === null ? {} : { 'if-none-match': source.etag }),
        ...(source.lastModified === null ? {} : { 'if-modified-since': source.lastModified }),
      },
    });
    if (page.status === 304) return { kind: 'unchanged', page };
    if (page.status === 410) return { kind: 'gone', page };
    if (page.status === 200) return await readPage(source, page, tools);
    const message = `the server answered ${page.status}`;
    return { kind: 'failed', code: `HTTP_${page.status}`, message, retryAfterSeconds: wishOf(page, 'retry-after') };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { kind: 'failed', code: code ?? 'POLL_FAILED', message, retryAfterSeconds: null };
  }
}

/** What the server wishes: `Retry-After` of a refusal, `Cache-Control` of an answer. */
export const wishOf = (page: FetchResult, header: 'retry-after' | 'cache-control'): number | null =>
  header === 'retry-after'
    ? retryAfterSeconds(page.headers['retry-after'], Date.parse(page.headers.date ?? ''))
    : maxAgeSeconds(page.headers['cache-control']);

async function readPage(source: Source, page: FetchResult, tools: AskTools): Promise<Asked> {
  const digest = sha256(page.body);
  const known = await tools.known(source.id, digest);
  if (known !== undefined) return { kind: 'refused', page, ...known };
  const contentType = page.headers['content-type'];
  const context = { url: page.url, ...(contentType === undefined ? {} : { contentType }) };
  if (source.kind === 'page') {
    const { text, encoding, problems } = decodeDocument(page.body, contentType);
    const item = pageItem(text, source.url!);
    if (item === undefined) return { kind: 'refused', page, code: 'PAGE_EMPTY', message: 'the page has no text' };
    return { kind: 'document', page, digest, read: { encoding, problems, items: [item], rejected: [], hints: {} } };
  }
  try {
    const feed = await tools.parser.read(page.body, context);
    // An error page with status 200 is a failing source, not a quiet one.
    if (feed.kind === 'unknown')
      return { kind: 'refused', page, code: 'FEED_UNREADABLE', message: feed.problems.join('; ') };
    const { items, rejected, refused } = feedItemsOf(feed);
    if (refused !== undefined) return { kind: 'refused', page, ...refused };
    const { encoding, problems, hints = {} } = feed;
    return { kind: 'document', page, digest, read: { encoding, problems, items, rejected, hints } };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { kind: 'refused', page, code: code ?? 'FEED_PARSE_CRASHED', message };
  }
}
