import { DomainError } from '#kernel/error.js';
import { decodeDocument } from './decode.js';
import { absoluteUrl, child, children, collapse, trimmed } from './markup.js';
import { readXml, type XmlElement } from './xml-tree.js';

/** One subscription; `group` are the outlines above it, from the outside in. */
export interface OpmlFeed {
  title: string;
  url: string;
  siteUrl?: string;
  group: string[];
}

export interface OpmlDocument {
  title: string;
  feeds: OpmlFeed[];
  /** Outlines with a feed address that is none, and what was repaired. */
  problems: string[];
}

/** Judgement: the lists that readers exchange have a few hundred feeds. */
export const OPML_LIMITS = { maxBytes: 4 * 1024 * 1024, maxFeeds: 5_000 };

/** Reads a subscription list. Throws OPML_BAD_FILE (422) for what is no OPML and OPML_TOO_LARGE (413); an address that stands twice counts once. */
export function readOpml(bytes: Uint8Array): OpmlDocument {
  if (bytes.length > OPML_LIMITS.maxBytes)
    throw new DomainError('OPML_TOO_LARGE', 413, 'the list is too large', { maxBytes: OPML_LIMITS.maxBytes });
  const { text, problems } = decodeDocument(bytes);
  const root = readXml(text, problems);
  const body = root === undefined ? undefined : child(root, 'body');
  if (root === undefined || root.name !== 'opml' || body === undefined)
    throw new DomainError('OPML_BAD_FILE', 422, 'not an OPML document');
  const feeds = new Map<string, OpmlFeed>();
  for (const feed of outlines(body, [], problems)) {
    if (feeds.size >= OPML_LIMITS.maxFeeds)
      throw new DomainError('OPML_TOO_LARGE', 413, 'the list has too many feeds', { maxFeeds: OPML_LIMITS.maxFeeds });
    if (!feeds.has(feed.url)) feeds.set(feed.url, feed);
  }
  const head = child(root, 'head');
  return { title: head === undefined ? '' : trimmed(child(head, 'title')), feeds: [...feeds.values()], problems };
}

function* outlines(parent: XmlElement, group: string[], problems: string[]): Generator<OpmlFeed> {
  for (const outline of children(parent, 'outline')) {
    const { attributes } = outline;
    const title = collapse(attributes.title ?? attributes.text ?? '');
    const url = absoluteUrl(attributes.xmlurl, undefined);
    const siteUrl = absoluteUrl(attributes.htmlurl, undefined);
    if (url !== undefined) yield { title: title || url, url, ...(siteUrl === undefined ? {} : { siteUrl }), group };
    else if (attributes.xmlurl !== undefined) problems.push(`no address: ${collapse(attributes.xmlurl).slice(0, 80)}`);
    yield* outlines(outline, title === '' || url !== undefined ? group : [...group, title], problems);
  }
}

const escaped = (text: string) =>
  collapse(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Writes OPML 2.0; feeds of the same group stand together, in the order in which groups first appear. */
export function writeOpml(title: string, feeds: readonly OpmlFeed[]): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escaped(title)}</title></head>`,
    '  <body>',
  ];
  writeLevel(feeds, 0, lines);
  return [...lines, '  </body>', '</opml>', ''].join('\n');
}

function writeLevel(feeds: readonly OpmlFeed[], depth: number, lines: string[]): void {
  const indent = '  '.repeat(depth + 2);
  const groups = new Map<string, OpmlFeed[]>();
  for (const feed of feeds) {
    const group = feed.group[depth];
    if (group !== undefined) {
      groups.set(group, [...(groups.get(group) ?? []), feed]);
      continue;
    }
    const site = feed.siteUrl === undefined ? '' : ` htmlUrl="${escaped(feed.siteUrl)}"`;
    lines.push(
      `${indent}<outline type="rss" text="${escaped(feed.title)}" title="${escaped(feed.title)}" xmlUrl="${escaped(feed.url)}"${site}/>`,
    );
  }
  for (const [group, inner] of groups) {
    lines.push(`${indent}<outline text="${escaped(group)}">`);
    writeLevel(inner, depth + 1, lines);
    lines.push(`${indent}</outline>`);
  }
}
