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

export interface FeedDocument {
  kind: FeedKind;
  title: string;
  link?: string;
  encoding: string;
  entries: FeedEntry[];
  /** What was repaired or left out, in English, for the health page of the source. */
  problems: string[];
}

/** Beyond these a document is cut, and `problems` says so (reliability: bounded everything). Judgement. */
export const FEED_LIMITS = { maxBytes: 8 * 1024 * 1024, maxEntries: 5000, maxTitle: 2000, maxText: 200_000 };
