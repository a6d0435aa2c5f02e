import { constants, gunzipSync } from 'node:zlib';
import { readAtom } from './atom-reader.js';
import { decodeDocument } from './decode.js';
import { type EntityDefinitions, FEED_LIMITS, type FeedDocument, type FeedEntry } from './feed-document.js';
import { readJsonFeed } from './json-feed.js';
import { hintsOf } from './feed-hints.js';
import { readCdf, readRss } from './rss-reader.js';
import { readCommonRss } from './rss-parser-reader.js';
import { readXml, type XmlElement } from './xml-tree.js';

export interface FeedContext {
  /** The address that the document came from, after redirects: relative links hang on it. */
  url?: string;
  contentType?: string;
}

type Read = Omit<FeedDocument, 'encoding' | 'problems'>;

/**
 * Reads RSS 0.9x/1.0/2.0, Atom 0.3/1.0, CDF or JSON Feed from bytes. Never throws: what can't be read gives `kind: 'unknown'`
 * without entries and the reason in `problems`. Time and memory are linear in the input, which is cut at `FEED_LIMITS.maxBytes`.
 */
export async function readFeed(bytes: Uint8Array, context: FeedContext): Promise<FeedDocument> {
  const problems: string[] = [];
  if (bytes.length > FEED_LIMITS.maxBytes) problems.push('document too large: the rest was left out');
  const decoded = decodeDocument(unpacked(bytes, problems).subarray(0, FEED_LIMITS.maxBytes), context.contentType);
  problems.push(...decoded.problems);
  const read = await readText(decoded.text, context.url, problems);
  const entities = entityDefinitions(decoded.text);
  return {
    ...read,
    entries: bounded(read.entries, problems),
    encoding: decoded.encoding,
    problems,
    ...(entities === undefined ? {} : { entities }),
  };
}

/** Document types stand at the beginning; one that is longer is an attack by itself. */
const HEAD_CHARACTERS = 100_000;
const MAX_NAMES = 200;
/** General entities only: the parameter entities of old RSS document types name files that nobody asks for. */
const ENTITY = /<!ENTITY\s+([\w.:-]{1,100})\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')/g;

function entityDefinitions(text: string): EntityDefinitions | undefined {
  const head = text.slice(0, HEAD_CHARACTERS);
  if (!head.includes('<!ENTITY')) return undefined;
  const found = [...head.matchAll(ENTITY)].slice(0, MAX_NAMES);
  const names = found.map(([, name]) => name!);
  const known = new Set(names);
  const nested = found.some(([, , , double = '', single = '']) =>
    [...`${double}${single}`.matchAll(/&([\w.:-]{1,100});/g)].some(([, name]) => known.has(name!)),
  );
  return { names, nested, external: found.some(([, , external]) => external !== undefined) };
}

/** Some servers give out a packed file as it is, without the header that says so. */
function unpacked(bytes: Uint8Array, problems: string[]): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  problems.push('packed document');
  try {
    return gunzipSync(bytes, { maxOutputLength: FEED_LIMITS.maxBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    problems.push("packed document can't be unpacked");
    return new Uint8Array();
  }
}

async function readText(text: string, url: string | undefined, problems: string[]): Promise<Read> {
  const nothing = { kind: 'unknown', title: '', entries: [] } as const;
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) {
    problems.push('empty document');
    return { ...nothing, entries: [] };
  }
  if (first === '{') {
    const json = readJsonFeed(text, url);
    if (json !== undefined) return json;
    problems.push('JSON that is no feed');
  }
  const root = readXml(text, problems);
  const feed = root === undefined ? undefined : feedRoot(root, 0);
  if (feed === undefined) {
    problems.push(root === undefined ? 'no element found' : `not a feed: root element ${root.written.slice(0, 40)}`);
    return { ...nothing, entries: [] };
  }
  if (feed.name === 'feed' || feed.name === 'entry') return readAtom(feed, url);
  if (feed.name === 'channel' && isCdf(feed)) return readCdf(feed, url);
  // Only what was found whole is for the library, whose reader loses a broken feed and is slow in losing it.
  const read = (problems.length === 0 ? await readCommonRss(text, url) : undefined) ?? readRss(feed, url);
  const hints = hintsOf(feed);
  return hints === undefined ? read : { ...read, hints };
}

const ROOTS = new Set(['rss', 'rdf', 'feed', 'entry', 'channel']);

/** The feed may stand inside other elements (SOAP envelopes, stray HTML); it is looked for a few levels deep. */
function feedRoot(element: XmlElement, depth: number): XmlElement | undefined {
  const name = element.name.replace(/^(atom|rdf|rss):/, '');
  if (ROOTS.has(name)) return { ...element, name };
  if (depth > 5) return undefined;
  for (const node of element.children) {
    if (typeof node === 'string') continue;
    const found = feedRoot(node, depth + 1);
    if (found !== undefined) return found;
  }
  return element.name === 'item' ? element : undefined;
}

/** CDF has attributes where RSS has elements. */
function isCdf(channel: XmlElement): boolean {
  return (
    'href' in channel.attributes ||
    'lastmod' in channel.attributes ||
    channel.children.some(
      (node) =>
        typeof node !== 'string' && node.name === 'item' && ('href' in node.attributes || 'lastmod' in node.attributes),
    )
  );
}

function bounded(entries: FeedEntry[], problems: string[]): FeedEntry[] {
  if (entries.length > FEED_LIMITS.maxEntries) problems.push('too many entries: the rest was left out');
  return entries.slice(0, FEED_LIMITS.maxEntries).map((entry) => ({
    ...entry,
    title: entry.title.slice(0, FEED_LIMITS.maxTitle),
    ...(entry.summary === undefined ? {} : { summary: entry.summary.slice(0, FEED_LIMITS.maxText) }),
    ...(entry.content === undefined ? {} : { content: entry.content.slice(0, FEED_LIMITS.maxText) }),
  }));
}
