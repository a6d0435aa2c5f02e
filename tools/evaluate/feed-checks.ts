import iconv from 'iconv-lite';
import { readFeedDate } from '#ingest/rules/dates.js';
import type { FeedDocument, FeedEntry } from '#ingest/feeds/feed-document.js';
import { plainText } from '#ingest/feeds/markup.js';

/** An assertion of the corpus in the model of its project. */
export interface ManifestAssert {
  path: string;
  op: '==' | '!=' | 'truthy' | 'falsy';
  value?: unknown;
}

export interface FeedCheck {
  field: string;
  expected: unknown;
  actual: (document: FeedDocument) => unknown;
  holds: (document: FeedDocument) => boolean;
}

type EntryField = 'id' | 'link' | 'title' | 'published' | 'updated' | 'author' | 'summary' | 'content';

const FIELD_OF_PATH: [RegExp, EntryField][] = [
  [/^(id|guid)$/, 'id'],
  [/^link$/, 'link'],
  [/^title(_detail\.value)?$/, 'title'],
  [/^(published|issued)(_parsed)?$/, 'published'],
  [/^(updated|modified)(_parsed)?$/, 'updated'],
  [/^author$/, 'author'],
  [/^(summary|description)(_detail\.value)?$/, 'summary'],
  [/^content\.0\.value$/, 'content'],
];

/** The assertions whose path names a field that our documents have; the others are left out of the count. */
export function checksOfAsserts(asserts: ManifestAssert[]): FeedCheck[] {
  return asserts.flatMap((assert): FeedCheck[] => {
    const path = assert.path.replace(/\["?([^\]"]+)"?\]/g, '.$1');
    if (path === 'encoding') return [compare('encoding', assert, (document) => document.encoding)];
    const feedField = /^feed\.(title(?:_detail\.value)?|link)$/.exec(path)?.[1]?.replace('_detail.value', '');
    if (feedField !== undefined)
      return [compare(feedField, assert, (document) => document[feedField as 'title' | 'link'])];
    const entry = /^entries\.(\d+)\.(.+)$/.exec(path);
    const field = entry === null ? undefined : FIELD_OF_PATH.find(([pattern]) => pattern.test(entry[2] as string))?.[1];
    return entry === null || field === undefined ? [] : [compare(field, assert, entryValue(Number(entry[1]), field))];
  });
}

const entryValue = (index: number, field: EntryField) => (document: FeedDocument) => {
  const entry = document.entries[index];
  // The corpus names a text alone "summary" also where it came as content.
  return field === 'summary' ? (entry?.summary ?? entry?.content) : shown(entry, field);
};

/** Instants without a zone are compared as civil time: the corpus reads them as UTC, we as Asia/Shanghai. */
function shown(entry: FeedEntry | undefined, field: EntryField): unknown {
  const value = entry?.[field];
  return value instanceof Date && entry?.zoneMissing === true ? new Date(value.getTime() + 8 * 3_600_000) : value;
}

function compare(
  field: string,
  assert: { op: string; value?: unknown },
  actual: (document: FeedDocument) => unknown,
): FeedCheck {
  const isSet = (document: FeedDocument) => ![undefined, null, ''].includes(actual(document) as string | undefined);
  const holds = (document: FeedDocument): boolean => {
    if (assert.op === 'truthy') return isSet(document);
    if (assert.op === 'falsy') return !isSet(document);
    const same = sameValue(field, assert.value, actual(document));
    return assert.op === '!=' ? !same : same;
  };
  return {
    field,
    expected: assert.op === '==' ? assert.value : `${assert.op} ${JSON.stringify(assert.value)}`,
    actual,
    holds,
  };
}

/** Dates by instant, encodings by family, texts without their markup: how the markup is written out again is each parser's own. */
function sameValue(field: string, expected: unknown, actual: unknown): boolean {
  if (expected === null || expected === undefined || expected === '') return actual === undefined || actual === '';
  if (actual instanceof Date) return instantOf(expected) === Math.floor(actual.getTime() / 1000);
  if (field === 'encoding') return sameEncoding(String(expected), String(actual));
  if (field === 'link') return normalUrl(String(expected)) === normalUrl(String(actual));
  if (field === 'author' && readable(withoutMail(String(actual ?? ''))) === readable(withoutMail(String(expected))))
    return true;
  if (field === 'id') return String(actual).replace(/\s+/g, '') === String(expected).replace(/\s+/g, '').trim();
  return readable(String(actual ?? '')) === readable(String(expected));
}

const readable = (text: string) => {
  // Twice: parsers differ in whether they hand out text or HTML.
  const once = plainText(text);
  return plainText(once).replace(/\s+/g, '') || once;
};

/** Some projects hand out the e-mail address of an author apart from the name. */
const withoutMail = (author: string) => author.replace(/\s*\(\S+@\S+\)$/, '').replace(/^\S+@\S+\s*\((.+)\)$/, '$1');

/** Some projects keep an address as written, others normalise it. */
function normalUrl(address: string): string {
  const text = address.replace(/\s+/g, '');
  return URL.canParse(text) ? new URL(text).href : text;
}

function instantOf(expected: unknown): number | undefined {
  if (Array.isArray(expected)) {
    const [year, month, day, hour, minute, second] = expected as number[];
    return Date.UTC(year!, month! - 1, day, hour, minute, second) / 1000;
  }
  const date = readFeedDate(String(expected));
  if (date === undefined) return undefined;
  return Math.floor(date.instant.getTime() / 1000) + (date.zoneMissing ? 8 * 3600 : 0);
}

function sameEncoding(expected: string, actual: string): boolean {
  const name = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z\d]/g, '')
      .replace(/^(gb2312|gbk)$/, 'gb18030');
  return (
    name(expected) === name(actual) ||
    (iconv.encodingExists(expected) && name(expected) === 'iso88591' && actual === 'windows-1252')
  );
}

type Json = Record<string, unknown>;
const objectAt = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
const listAt = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Expected results as the other projects keep them: each has its own shape, the first value that is there counts. */
export function checksOfExpected(source: string, json: Json): FeedCheck[] {
  const feed = objectAt(json.feed) ?? json;
  const entries = listAt(feed.entries ?? feed.items);
  const checks: FeedCheck[] = [];
  const add = (field: string, value: unknown, actual: (document: FeedDocument) => unknown) => {
    if (typeof value === 'string' && value !== '') checks.push(compare(field, { op: '==', value }, actual));
  };
  add('title', textAt(feed.title), (document) => document.title);
  add('link', linkAt(feed), (document) => document.link);
  entries.forEach((raw, index) => {
    const entry = objectAt(raw) ?? {};
    const expected = expectedEntry(source, entry);
    for (const field of Object.keys(expected) as EntryField[]) add(field, expected[field], entryValue(index, field));
  });
  if (checks.length > 0)
    checks.push({
      field: 'entries.length',
      expected: entries.length,
      actual: (document) => document.entries.length,
      holds: (document) => document.entries.length === entries.length,
    });
  return checks;
}

const textAt = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  const object = objectAt(value);
  return object === undefined
    ? undefined
    : (textAt(object.content) ?? textAt(object.value) ?? textAt(object.body) ?? textAt(object.text));
};

function linkAt(object: Json): string | undefined {
  const links = listAt(object.links);
  const alternate = links
    .map(objectAt)
    .find(
      (link) =>
        link !== undefined &&
        (link.rel === 'alternate' || link.rel === null || link.rel === undefined || link.rel === ''),
    );
  const found =
    typeof object.link === 'string'
      ? object.link
      : (textAt(alternate?.href) ?? (typeof links[0] === 'string' ? links[0] : undefined));
  // Addresses that the project leaves relative, and other schemes, are no links in our model.
  return found !== undefined && /^https?:/.test(found) ? found : undefined;
}

function expectedEntry(source: string, entry: Json): Partial<Record<EntryField, unknown>> {
  const person = (value: unknown) => objectAt(listAt(value)[0] ?? value);
  const author = person(entry.authors ?? entry.author);
  // One project fills missing ids with a hash of its own.
  const id = textAt(entry.id) ?? textAt(entry.guid);
  return {
    title: textAt(entry.title),
    link: linkAt(entry),
    id: source === 'feed-rs' && /^[0-9a-f]{28,32}$|^[0-9a-f-]{36}$/.test(id ?? '') ? undefined : id,
    published: textAt(entry.published ?? entry.pubDate ?? entry.isoDate),
    updated: source === 'feed-rs' ? undefined : textAt(entry.updated),
    author: typeof entry.author === 'string' && source !== 'rss-parser' ? undefined : textAt(author?.name),
    summary: textAt(entry.summary) ?? textAt(entry.description),
    content: source === 'rss-parser' ? undefined : textAt(entry.content),
  };
}
