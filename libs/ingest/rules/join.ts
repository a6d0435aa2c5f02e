import { createHash } from 'node:crypto';
import { normalisedLink } from './identity.js';

/** What decides whether two things that came by different ways are the same post. */
export interface JoinFacts {
  title: string;
  body: string;
  url: string | null;
  orderNumber: string | null;
  publishedAt: Date | null;
}

/** `link`: the same address; `order`: the same work order; `text`: the same words. */
export type JoinGround = 'link' | 'order' | 'text';

/** Judgement. Shorter texts are said by many; the same words three days apart are said again. */
export const JOIN_LIMITS = { minCharacters: 20, minOrderCharacters: 6, textWithinHours: 72, likeness: 0.5 };

/** A text as it is compared: one spelling, without blanks and punctuation. A long body speaks for itself, whatever title a channel gives it. */
export function foldedText({ title, body }: { title: string; body: string }): string {
  const fold = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{P}\p{S}]/gu, '');
  const folded = fold(body);
  return folded.length >= JOIN_LIMITS.minCharacters ? folded : fold(`${title}${body}`);
}

/** Signed 64 bits as decimal text: small in an index; what they find is compared in full. */
const shortHash = (text: string): string => createHash('sha256').update(text).digest().readBigInt64BE(0).toString();

const isPage = (url: string): boolean =>
  URL.canParse(url) && (new URL(url).pathname.length > 1 || new URL(url).search !== '');

/** The keys under which the same post is looked for; null where it has none. */
export interface JoinKeys {
  textKey: string | null;
  linkKey: string | null;
}

export function joinKeys(facts: JoinFacts): JoinKeys {
  const text = foldedText(facts);
  return {
    textKey: text.length < JOIN_LIMITS.minCharacters ? null : shortHash(text),
    // The front page of a site is the address of everything on it.
    linkKey: facts.url === null || !isPage(facts.url) ? null : shortHash(normalisedLink(facts.url)),
  };
}

/**
 * Whether what came by another source is the same post (domain R5), and on what ground. Two addresses or two order numbers are
 * two posts: a reprint counts as spread, and thirty callers with one wording are thirty orders.
 */
export function joinGround(facts: JoinFacts, known: JoinFacts): JoinGround | null {
  const bothLinked = facts.url !== null && known.url !== null;
  const sameLink = bothLinked && isPage(facts.url!) && normalisedLink(facts.url!) === normalisedLink(known.url!);
  if (sameLink) return 'link';
  const bothOrders = facts.orderNumber !== null && known.orderNumber !== null;
  const [text, other] = [foldedText(facts), foldedText(known)];
  if (bothOrders) {
    // Two systems may count alike, so the words have to be alike as well.
    const same = facts.orderNumber === known.orderNumber && facts.orderNumber!.length >= JOIN_LIMITS.minOrderCharacters;
    return same && likeness(text, other) >= JOIN_LIMITS.likeness ? 'order' : null;
  }
  if (bothLinked || text.length < JOIN_LIMITS.minCharacters || text !== other) return null;
  const apart =
    facts.publishedAt === null || known.publishedAt === null
      ? 0
      : Math.abs(facts.publishedAt.getTime() - known.publishedAt.getTime());
  return apart <= JOIN_LIMITS.textWithinHours * 3_600_000 ? 'text' : null;
}

/** Dice's coefficient over pairs of characters: 1 for the same text, 0 for nothing in common. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const pairs = (text: string) =>
    new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
  const [left, right] = [pairs(a), pairs(b)];
  if (left.size + right.size === 0) return 0;
  let common = 0;
  for (const pair of left) if (right.has(pair)) common += 1;
  return (2 * common) / (left.size + right.size);
}
