/** Events of this stage, in the past tense; they stand in the ledger. */
export const INGEST_EVENTS = {
  sourceCreated: 'source.created',
  sourceChanged: 'source.changed',
  sourceGone: 'source.gone',
  sourceFailed: 'source.failed',
  sourceRecovered: 'source.recovered',
  itemsReceived: 'items.received',
  importFinished: 'import.finished',
  importCancelled: 'import.cancelled',
  importResumed: 'import.resumed',
  gapOpened: 'source.gapOpened',
  gapClosed: 'source.gapClosed',
  modeSwitched: 'monitoring.modeSwitched',
  standardAdded: 'standard.added',
  standardThreshold: 'standard.thresholdReached',
  personalDataRevealed: 'personalData.revealed',
  personalDataPurged: 'personalData.purged',
  rejectionRevealed: 'rejection.revealed',
  rejectionDecided: 'rejection.decided',
  originalGone: 'item.originalGone',
  originalBack: 'item.originalBack',
} as const;

/** The channels that the documents name (domain R6, R12, R56, R57). */
export const SOURCE_KINDS = [
  'feed',
  'page',
  'hotline',
  'mailbox',
  'messageBoard',
  'weibo',
  'wechat',
  'disclosureApplication',
  'oneNetworkService',
  'phoneIn',
  'vendor',
  'manual',
  'webhook',
  'open311',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** How far a voice of this source carries; the heat rule reads it (domain 4.5). */
export type SourceRank = 'individual' | 'local' | 'city' | 'central' | 'official';

/** One thing received, before it is stored. Times are instants; `zoneMissing` says that +08:00 was assumed. */
export interface ItemDraft {
  /** Stable within its source: guid, link, work-order number or content hash. */
  identityKey: string;
  kind: 'post' | 'article' | 'call' | 'message';
  title: string;
  /** Plain text as received, personal numbers masked. */
  body: string;
  url?: string;
  authorHash?: string;
  /** SHA-256 of title and body: an edit under the same identity is a revision. */
  contentSha256: string;
  occurredAt?: Date;
  publishedAt?: Date;
  zoneMissing?: boolean;
  area?: string;
  workOrderNumber?: string;
  requestType?: string;
  raw?: Record<string, unknown>;
  personal?: { kind: string; value: string }[];
}

/** What became of each thing that was read: `read = stored + revised + duplicates + rejected`. */
export interface IntakeCounts {
  read: number;
  stored: number;
  revised: number;
  duplicates: number;
  rejected: number;
}

/** The answer to one hotline message. */
export interface Receipt {
  index: number;
  result: 'accepted' | 'duplicate' | 'rejected';
  itemId?: string;
  code?: string;
  reason?: string;
  where?: string;
}
