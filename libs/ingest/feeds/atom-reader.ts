import { FEED_LIMITS, type FeedDocument, type FeedEntry } from './feed-document.js';
import {
  absoluteUrl,
  child,
  children,
  collapse,
  innerMarkup,
  plainText,
  serialise,
  textOf,
  trimmed,
} from './markup.js';
import { stripControls } from '../rules/entities.js';
import { datesOf, firstDate } from './entry-dates.js';
import type { XmlElement } from './xml-tree.js';

/** Atom 0.3 and 1.0, a feed or a single entry. */
export function readAtom(root: XmlElement, base: string | undefined): Omit<FeedDocument, 'encoding' | 'problems'> {
  if (root.name === 'entry') return { kind: 'atom', title: '', entries: [readEntry(root, base)] };
  const link = atomLink(children(root, 'link'), root.base ?? base);
  const entries = [...children(root, 'entry'), ...children(root, 'entries').flatMap((list) => children(list, 'entry'))];
  return {
    kind: 'atom',
    title: plainOf(child(root, 'title', 'dc:title')),
    ...(link === undefined ? {} : { link }),
    entries: entries.slice(0, FEED_LIMITS.maxEntries + 1).map((entry) => readEntry(entry, base)),
  };
}

function readEntry(entry: XmlElement, documentBase: string | undefined): FeedEntry {
  const id = trimmed(child(entry, 'id')) || undefined;
  const link = atomLink(children(entry, 'link'), entry.base ?? documentBase) ?? contentSource(entry, documentBase);
  const published = firstDate(
    entry,
    'published',
    'issued',
    'dcterms:issued',
    'pubdate',
    'created',
    'dc:date',
    'dcterms:created',
  );
  const updated = firstDate(entry, 'updated', 'modified', 'dcterms:modified');
  const author =
    children(entry, 'author', 'dc:creator')
      .map(atomAuthor)
      .find((name) => name !== '') ?? atomAuthor(child(child(entry, 'source') ?? entry, 'author'));
  const summary = textConstruct(child(entry, 'summary', 'dc:description', 'dcterms:abstract', 'description'));
  const content = textConstruct(child(entry, 'content', 'content:encoded'));
  const media =
    summary === undefined && content === undefined
      ? textConstruct(child(child(entry, 'media:group') ?? entry, 'media:description'))
      : undefined;
  const short = summary ?? media;
  return {
    ...(id === undefined ? {} : { id }),
    ...(link === undefined ? {} : { link }),
    title: plainOf(child(entry, 'title', 'dc:title', 'media:title')),
    ...datesOf(published, updated),
    ...(author === '' ? {} : { author }),
    ...(short === undefined ? {} : { summary: short }),
    ...(content === undefined ? {} : { content }),
  };
}

/** The address of the alternate version: HTML before others, `rel="alternate"` (also by default) before any other relation that is a page. */
export function atomLink(links: XmlElement[], base: string | undefined): string | undefined {
  const rel = (link: XmlElement) =>
    (link.attributes.rel ?? 'alternate')
      .trim()
      .toLowerCase()
      .replace('http://www.iana.org/assignments/relation/', '') || 'alternate';
  const alternates = links.filter((link) => rel(link) === 'alternate');
  const html = alternates.filter((link) => link.attributes.type === undefined || /html/.test(link.attributes.type));
  for (const link of [...html, ...alternates, ...links.filter((l) => rel(l) === 'related' || rel(l) === 'via')]) {
    const found = absoluteUrl(link.attributes.href ?? textOf(link), link.base ?? base);
    if (found !== undefined) return found;
  }
  return undefined;
}

function contentSource(entry: XmlElement, base: string | undefined): string | undefined {
  const content = child(entry, 'content');
  return content?.attributes.src === undefined ? undefined : absoluteUrl(content.attributes.src, content.base ?? base);
}

/** `name (e-mail)` as far as given. */
export function atomAuthor(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  const name = trimmed(child(element, 'name', 'atom:name', 'itunes:name'));
  const email = trimmed(child(element, 'email', 'atom:email', 'itunes:email'));
  if (name !== '' && email !== '') return `${name} (${email})`;
  if (name !== '' || email !== '') return name || email;
  return children(element, 'uri', 'url', 'homepage', 'atom:uri').length > 0 ? '' : plainText(innerMarkup(element));
}

const plainOf = (element: XmlElement | undefined) => {
  const text = textConstruct(element) ?? '';
  return element !== undefined && isPlain(element) ? collapse(text) : plainText(text);
};

const typeOf = (element: XmlElement) => (element.attributes.type ?? '').trim().toLowerCase();
const isPlain = (element: XmlElement) => {
  const type = typeOf(element);
  return (
    (type === 'text' || type === 'text/plain') &&
    element.attributes.mode !== 'escaped' &&
    !element.children.some((node) => typeof node !== 'string')
  );
};

/** The value of an Atom text or content construct as HTML (or as text, where it is plain): 0.3's `mode`, 1.0's `type`, base64. */
function textConstruct(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  const type = typeOf(element);
  const text = textOf(element);
  const textOnly = element.children.every((node) => typeof node === 'string');
  const coded =
    element.attributes.mode === 'base64' ||
    (type !== '' && !/^(text|html|xhtml)$/.test(type) && !/^text\/|[/+]xml$/.test(type));
  if (coded && textOnly && /^[A-Za-z0-9+/=\s]+$/.test(text))
    return stripControls(Buffer.from(text, 'base64').toString('utf8')).trim();
  if (textOnly) return stripControls(text).trim() || undefined;
  const wrapped = element.children.filter((node): node is XmlElement => typeof node !== 'string');
  const div = type === 'xhtml' && wrapped.length === 1 && /(^|:)div$/.test(wrapped[0]!.name) ? wrapped[0] : undefined;
  return stripControls(serialise(div === undefined ? element.children : div.children)).trim() || undefined;
}
