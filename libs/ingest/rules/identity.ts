import { createHash } from 'node:crypto';

/** What identity reads of a feed entry. */
export interface EntryFacts {
  id?: string;
  link?: string;
  title: string;
  /** Plain text of the entry, without markup. */
  text: string;
  published: Date | null;
}

/** The keys under which an entry can be found again; null where the entry has no such part. `revisionKey` changes with title or text. */
export interface EntryKeys {
  idKey: string | null;
  linkKey: string | null;
  titleKey: string | null;
  textKey: string | null;
  revisionKey: string;
}

/** A stored item with every key that its source has shown it under. */
export interface KnownItem {
  itemId: string;
  idKeys: string[];
  linkKeys: string[];
  titleKeys: string[];
  textKeys: string[];
  revisionKey: string;
  published: Date | null;
}

/** `repeat`: the document holds the same entry twice. */
export interface EntryVerdict {
  index: number;
  kind: 'new' | 'revision' | 'unchanged' | 'repeat';
  itemId?: string;
  keys: EntryKeys;
}

/** Parameters that say how a reader came to a page, never which page it is. Judgement, from links seen in Chinese feeds and shares. */
const TRACKING =
  /^(?:utm_\w+|spm|scm|fbclid|gclid|yclid|mc_[ce]id|share_\w+|sharer_\w+|isappinstalled|nsukey|wfr|scene|chksm|clicktime|enterid|ascene|devicetype|pass_ticket|exportkey|sessionid|jsessionid|phpsessid|_hs\w+)$/i;
const SHARED_FROM = /^(?:timeline|singlemessage|groupmessage|rss|feed|weibo|wechat|qq)$/i;
/** Texts shorter than this are too common to stand for an entry. Judgement. */
const MIN_TEXT_CHARACTERS = 40;
/** Two entries of the same wording that were published further apart are two (daily notices). Judgement. */
const SAME_WORDING_HOURS = 12;

const digest = (...parts: string[]) => createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 32);
const flat = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim();

/** An address without scheme, tracking parameters, fragment and trailing slash; parameters in order. What is no URL stays as it is. */
export function normalisedLink(link: string): string {
  if (!URL.canParse(link)) return link.trim();
  const url = new URL(link);
  const parameters = [...url.searchParams]
    .filter(([name, value]) => !TRACKING.test(name) && !(name.toLowerCase() === 'from' && SHARED_FROM.test(value)))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  const route = /^#[!/]/.test(url.hash) ? url.hash : '';
  const path = url.pathname.replace(/;jsessionid=[^/?]*/i, '').replace(/\/+$/, '');
  return `${url.host}${path}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}${route}`;
}

export function entryKeys(facts: EntryFacts): EntryKeys {
  const id = facts.id?.trim() ?? '';
  const title = flat(facts.title);
  const text = flat(facts.text);
  return {
    idKey: id === '' ? null : digest('id', id),
    linkKey: facts.link === undefined || facts.link.trim() === '' ? null : digest('link', normalisedLink(facts.link)),
    titleKey: title === '' ? null : digest('title', title),
    textKey: text.length < MIN_TEXT_CHARACTERS ? null : digest('text', text),
    revisionKey: digest('revision', title, text),
  };
}

/** Says of each entry of a document whether it is new, an edit of a known item, unchanged, or in the document twice. */
export function judgeEntries(facts: readonly EntryFacts[], known: readonly KnownItem[]): EntryVerdict[] {
  const keys = facts.map(entryKeys);
  const shared = sharedLinks(keys, known);
  const index = new KeyIndex(known);
  return facts.map((entry, place): EntryVerdict => {
    const own = keys[place] as EntryKeys;
    const match = index.candidates(own).find((candidate) => isSame(entry, own, candidate, shared));
    if (match === undefined) {
      index.add({ itemId: `#${place}`, ...listsOf(own), revisionKey: own.revisionKey, published: entry.published });
      return { index: place, kind: 'new', keys: own };
    }
    if (index.seen.has(match))
      return {
        index: place,
        kind: 'repeat',
        keys: own,
        ...(match.itemId.startsWith('#') ? {} : { itemId: match.itemId }),
      };
    index.seen.add(match);
    return {
      index: place,
      kind: match.revisionKey === own.revisionKey ? 'unchanged' : 'revision',
      itemId: match.itemId,
      keys: own,
    };
  });
}

const listsOf = (keys: EntryKeys) => {
  const list = (key: string | null) => (key === null ? [] : [key]);
  return {
    idKeys: list(keys.idKey),
    linkKeys: list(keys.linkKey),
    titleKeys: list(keys.titleKey),
    textKeys: list(keys.textKey),
  };
};

/** Finds known items by any key, those with the same id first, then by link, then by wording. */
class KeyIndex {
  readonly seen = new Set<KnownItem>();
  private readonly byKey = new Map<string, KnownItem[]>();

  constructor(known: readonly KnownItem[]) {
    for (const item of known) this.insert(item);
  }

  add(item: KnownItem): void {
    this.insert(item);
    this.seen.add(item);
  }

  candidates(keys: EntryKeys): KnownItem[] {
    const found = [keys.idKey, keys.linkKey, keys.titleKey, keys.textKey].flatMap((key) =>
      key === null ? [] : (this.byKey.get(key) ?? []),
    );
    return [...new Set(found)];
  }

  private insert(item: KnownItem): void {
    for (const key of [...item.idKeys, ...item.linkKeys, ...item.titleKeys, ...item.textKeys]) {
      const items = this.byKey.get(key);
      if (items === undefined) this.byKey.set(key, [item]);
      else items.push(item);
    }
  }
}

/** Links that stand for several entries (the home page, a live page) say nothing of identity. */
function sharedLinks(keys: readonly EntryKeys[], known: readonly KnownItem[]): Set<string> {
  const idsOfLink = new Map<string, Set<string>>();
  const note = (link: string | null, id: string | null, otherwise: string) => {
    if (link === null) return;
    const ids = idsOfLink.get(link) ?? new Set<string>();
    idsOfLink.set(link, ids.add(id ?? otherwise));
  };
  for (const key of keys) note(key.linkKey, key.idKey, key.titleKey ?? key.revisionKey);
  const shared = new Set([...idsOfLink].filter(([, ids]) => ids.size > 1).map(([link]) => link));
  const itemsOfLink = new Map<string, number>();
  for (const item of known) for (const link of item.linkKeys) itemsOfLink.set(link, (itemsOfLink.get(link) ?? 0) + 1);
  for (const [link, count] of itemsOfLink) if (count > 1) shared.add(link);
  return shared;
}

/**
 * The same id is the same entry, whatever else changed. Two different ids are two entries, unless link, title and text agree
 * (a feed that makes new ids at every poll). Without an id the link decides, unless it is shared; without both the wording
 * and the time do.
 */
function isSame(entry: EntryFacts, keys: EntryKeys, known: KnownItem, shared: ReadonlySet<string>): boolean {
  const has = (list: string[], key: string | null) => key !== null && list.includes(key);
  if (has(known.idKeys, keys.idKey)) return true;
  const idsDiffer = keys.idKey !== null && known.idKeys.length > 0;
  const sameTitle = has(known.titleKeys, keys.titleKey);
  const sameText = has(known.textKeys, keys.textKey);
  const wording = sameTitle && (sameText || known.revisionKey === keys.revisionKey);
  if (has(known.linkKeys, keys.linkKey) && !shared.has(keys.linkKey as string))
    return !idsDiffer || (wording && near(entry.published, known.published));
  const linksDiffer = keys.linkKey !== null && known.linkKeys.length > 0 && !has(known.linkKeys, keys.linkKey);
  if (idsDiffer || linksDiffer) return false;
  return near(entry.published, known.published) && (sameTitle || (keys.titleKey === null && sameText));
}

function near(a: Date | null, b: Date | null): boolean {
  return a === null || b === null || Math.abs(a.getTime() - b.getTime()) <= SAME_WORDING_HOURS * 3_600_000;
}
