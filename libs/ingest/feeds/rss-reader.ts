import { readFeedDate } from '../rules/dates.js';
import { datesOf, firstDate } from './entry-dates.js';
import { FEED_LIMITS, type FeedDocument, type FeedEntry, type FeedKind } from './feed-document.js';
import { absoluteUrl, child, children, innerMarkup, plainText, textOf, trimmed } from './markup.js';
import { atomAuthor, atomLink } from './atom-reader.js';
import type { XmlElement } from './xml-tree.js';

type Read = Omit<FeedDocument, 'encoding' | 'problems'>;

/** RSS 0.9x and 2.0, RSS 1.0 and 1.1 (RDF), with the modules that carry title, date, author and text; `base` is the document's address. */
export function readRss(root: XmlElement, base: string | undefined): Read {
  const kind: FeedKind = root.name === 'rdf' ? 'rdf' : 'rss';
  const channel = root.name === 'channel' || root.name === 'item' ? root : (child(root, 'channel') ?? root);
  const items = [
    ...children(channel, 'item'),
    ...children(channel, 'items').flatMap((list) => children(list, 'item')),
    ...(channel === root ? [] : children(root, 'item')),
  ];
  if (root.name === 'item') items.push(root);
  const link = channelLink(channel, channel.base ?? base);
  return {
    kind,
    title: root.name === 'item' ? '' : titleOf(channel),
    ...(link === undefined ? {} : { link }),
    entries: items.slice(0, FEED_LIMITS.maxEntries + 1).map((item) => readItem(item, base)),
  };
}

function channelLink(channel: XmlElement, base: string | undefined): string | undefined {
  for (const element of children(channel, 'link')) {
    const found = absoluteUrl(textOf(element) || element.attributes.href, element.base ?? base);
    if (found !== undefined) return found;
  }
  return (
    atomLink(
      children(channel, 'atom:link').filter((l) => (l.attributes.rel ?? 'alternate') === 'alternate'),
      base,
    ) ?? absoluteUrl(channel.attributes.href, base)
  );
}

function titleOf(element: XmlElement): string {
  for (const name of ['title', 'dc:title', 'itunes:title', 'media:title']) {
    const found = child(element, name);
    const title = found === undefined ? '' : plainText(innerMarkup(found));
    if (title !== '') return title;
  }
  return '';
}

function readItem(item: XmlElement, documentBase: string | undefined): FeedEntry {
  const base = item.base ?? documentBase;
  const guid = child(item, 'guid');
  const id =
    trimmed(guid) ||
    trimmed(child(item, 'dc:identifier')) ||
    item.attributes['rdf:about']?.trim() ||
    trimmed(child(item, 'atom:id')) ||
    undefined;
  const link = itemLink(item, guid, base);
  const published = firstDate(
    item,
    'pubdate',
    'dcterms:issued',
    'dc:date',
    'published',
    'atom:published',
    'dcterms:created',
    'date',
  );
  const updated = firstDate(
    item,
    'atom:updated',
    'dcterms:modified',
    'lastbuilddate',
    'updated',
    ...(published === undefined ? [] : ['dc:date']),
  );
  const texts = textsOf(item);
  const author = authorOf(item);
  return {
    ...(id === undefined ? {} : { id }),
    ...(link === undefined ? {} : { link }),
    title: titleOf(item),
    ...datesOf(published, updated),
    ...(author === '' ? {} : { author }),
    ...texts,
  };
}

function itemLink(item: XmlElement, guid: XmlElement | undefined, base: string | undefined): string | undefined {
  for (const element of children(item, 'link')) {
    const found = absoluteUrl(textOf(element) || element.attributes.href, element.base ?? base);
    if (found !== undefined) return found;
  }
  const atom = atomLink(children(item, 'atom:link'), base);
  if (atom !== undefined) return atom;
  const permanent = guid !== undefined && guid.attributes.ispermalink?.toLowerCase() !== 'false' ? trimmed(guid) : '';
  if (/^https?:/i.test(permanent) || (permanent !== '' && guid?.attributes.ispermalink?.toLowerCase() === 'true'))
    return absoluteUrl(permanent, base);
  return absoluteUrl(item.attributes['rdf:about'], base);
}

/** `content:encoded` is the content; a summary beside a description makes the description the content. */
function textsOf(item: XmlElement): { summary?: string; content?: string } {
  const markup = (...names: string[]) => {
    const found = child(item, ...names);
    const text = found === undefined ? '' : innerMarkup(found);
    return text === '' ? undefined : text;
  };
  const encoded = markup(
    'content:encoded',
    'encoded',
    'fullitem',
    'content:content',
    'xhtml:body',
    'body',
    'xhtml:div',
    'atom:content',
    'content',
  );
  const description = markup('description', 'dc:description', 'dcterms:abstract');
  const summary = markup('summary', 'atom:summary', 'itunes:summary', 'itunes:subtitle', 'media:description');
  const content = encoded ?? (summary === undefined ? undefined : description);
  const short =
    description === undefined || (encoded === undefined && summary !== undefined)
      ? (summary ?? description)
      : description;
  return { ...(short === undefined ? {} : { summary: short }), ...(content === undefined ? {} : { content }) };
}

function authorOf(item: XmlElement): string {
  for (const name of ['author', 'dc:creator', 'itunes:author', 'atom:author', 'dc:author', 'media:credit']) {
    for (const element of children(item, name)) {
      const found =
        children(element, 'name', 'atom:name', 'itunes:name').length > 0
          ? atomAuthor(element)
          : plainText(innerMarkup(element));
      if (found !== '') return found;
    }
  }
  return '';
}

/** Microsoft's Channel Definition Format: items carry their address and their date as attributes. */
export function readCdf(root: XmlElement, base: string | undefined): Read {
  const link = absoluteUrl(root.attributes.href ?? child(root, 'a')?.attributes.href, root.base ?? base);
  const entries = children(root, 'item').map((item): FeedEntry => {
    const address = absoluteUrl(item.attributes.href ?? child(item, 'a')?.attributes.href, item.base ?? base);
    const summary = child(item, 'abstract');
    return {
      ...(address === undefined ? {} : { link: address }),
      title: titleOf(item),
      ...datesOf(undefined, readFeedDate(item.attributes.lastmod)),
      ...(summary === undefined ? {} : { summary: innerMarkup(summary) }),
    };
  });
  return { kind: 'cdf', title: titleOf(root), ...(link === undefined ? {} : { link }), entries };
}
