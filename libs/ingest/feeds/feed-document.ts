export type FeedKind = 'rss' | 'rdf' | 'atom' | 'json' | 'cdf' | 'unknown';

/** One entry as the feed gives it. Titles are plain text; `summary` and `content` keep their markup and are not safe to show. */
export interface FeedEntry {
  /** The feed's own identifier: guid, atom:id, rdf:about; absent where there is none. */
  id?: string;
  link?: string;
  title: string;
  published?: Date;
  updated?: Date;
  /** A date had no zone and was read as Asia/Shanghai. */
  zoneMissing?: boolean;
  author?: string;
  summary?: string;
  content?: string;
}

/** What a feed asks of its readers. */
export interface FeedHints {
  ttlSeconds?: number;
  /** Hours of GMT, 0–23, in which it is not to be asked. */
  skipHours?: number[];
  /** Days of the week, 0 = Sunday, GMT. */
  skipDays?: number[];
}

/** Entities that a document type defines. None is ever expanded. */
export interface EntityDefinitions {
  names: string[];
  /** One refers to another: the form of an expansion bomb. */
  nested: boolean;
  /** One stands for a file or an address. */
  external: boolean;
}

export interface FeedDocument {
  kind: FeedKind;
  title: string;
  link?: string;
  encoding: string;
  entries: FeedEntry[];
  /** What was repaired or left out, in English, for the health page of the source. */
  problems: string[];
  hints?: FeedHints;
  entities?: EntityDefinitions;
}

/** Beyond these a document is cut, and `problems` says so (reliability: bounded everything). Judgement. */
export const FEED_LIMITS = { maxBytes: 8 * 1024 * 1024, maxEntries: 5000, maxTitle: 2000, maxText: 200_000 };
