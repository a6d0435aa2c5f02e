import { Injectable } from '@nestjs/common';
import { sha256 } from '#kernel/hash.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { type FetchResult, GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { appendLedger, type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { INGEST_EVENTS } from './contract.js';
import type { FeedDocument } from './feeds/feed-document.js';
import { ParsePool } from './feeds/parse-pool.js';
import { storeFeedItems } from './feed-items.store.js';
import { originOf } from './items.store.js';
import { saveRejections } from './rejections.store.js';
import { feedItemsOf } from './rules/feed-item.js';
import { nextPollSeconds, retryAfterSeconds } from './rules/next-poll.js';
import { claimDueSources, type PollResult, savePoll, saveRawDocument, type Source } from './sources.store.js';

/** How many sources one process asks at once. */
const CONCURRENT_POLLS = 8;

/** What asking a source brought, before anything is stored. */
type Asked =
  | { kind: 'document'; page: FetchResult; feed: FeedDocument }
  | { kind: 'unchanged'; page: FetchResult }
  | { kind: 'gone'; page: FetchResult }
  | { kind: 'failed'; code: string; message: string; retryAfterSeconds: number | null };

/** Asks the sources that are due and stores what is new. A source that fails is asked again later, for ever; it never stops another. */
@Injectable()
export class PollService {
  constructor(
    private readonly database: Database,
    private readonly fetcher: GuardedFetcher,
    private readonly parser: ParsePool,
    private readonly wakeUps: WakeUps,
  ) {}

  /** One round. Returns how many sources were asked. */
  async pollDue(): Promise<number> {
    const sources = await this.database.asSystem((tx) => claimDueSources(tx, CONCURRENT_POLLS));
    const stored = await Promise.all(sources.map((source) => this.poll(source)));
    if (stored.some((count) => count > 0)) await this.wakeUps.wake('triage');
    return sources.length;
  }

  /** Asks one source. Returns how many items it brought, revisions included. */
  async poll(source: Source): Promise<number> {
    const asked = await this.ask(source);
    return this.database.asSystem(async (tx) => {
      const now = await tx.now();
      return asked.kind === 'document' ? this.store(tx, source, asked, now) : this.settle(tx, source, asked, now);
    });
  }

  private async ask(source: Source): Promise<Asked> {
    try {
      const page = await this.fetcher.fetch(source.url!, {
        headers: {
          ...(source.etag === null ? {} : { 'if-none-match': source.etag }),
          ...(source.lastModified === null ? {} : { 'if-modified-since': source.lastModified }),
        },
      });
      if (page.status === 304) return { kind: 'unchanged', page };
      if (page.status === 410) return { kind: 'gone', page };
      if (page.status !== 200)
        return {
          kind: 'failed',
          code: `HTTP_${page.status}`,
          message: `the server answered ${page.status}`,
          retryAfterSeconds: retryAfterSeconds(page.headers['retry-after'], Date.parse(page.headers.date ?? '')),
        };
      const feed = await this.parser.read(page.body, {
        url: page.url,
        ...(page.headers['content-type'] === undefined ? {} : { contentType: page.headers['content-type'] }),
      });
      // An error page with status 200 is a failing source, not a quiet one.
      if (feed.kind === 'unknown')
        return { kind: 'failed', code: 'FEED_UNREADABLE', message: feed.problems.join('; '), retryAfterSeconds: null };
      return { kind: 'document', page, feed };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return { kind: 'failed', code: code ?? 'POLL_FAILED', message, retryAfterSeconds: null };
    }
  }

  private async store(
    tx: Transaction,
    source: Source,
    { page, feed }: Asked & { kind: 'document' },
    now: Date,
  ): Promise<number> {
    const digest = sha256(page.body);
    const { items, rejected } = feedItemsOf(feed);
    const rawDocumentId = await saveRawDocument(tx, {
      sourceId: source.id,
      fetchedAt: now,
      sha256: digest,
      contentType: page.headers['content-type'] ?? null,
      encoding: feed.encoding,
      bytes: page.body,
      itemCount: items.length,
      defects: feed.problems,
    });
    const counts = await storeFeedItems(tx, { ...originOf(source, now), rawDocumentId }, items, now);
    const brought = counts.stored + counts.revised;
    await saveRejections(tx, { sourceId: source.id }, rejected, now);
    await savePoll(tx, source.id, now, this.result(source, { ok: true, changed: brought > 0, page, now }));
    await appendLedger(tx, [
      ...this.recovery(source, now),
      ...(brought > 0 || rejected.length > 0
        ? [
            {
              type: INGEST_EVENTS.itemsReceived,
              at: now,
              actor: systemActor('ingest'),
              subjectId: source.id,
              payload: {
                source: source.name,
                sha256: digest,
                ...counts,
                rejected: rejected.length,
                drill: source.drill,
              },
            },
          ]
        : []),
    ]);
    return brought;
  }

  private async settle(
    tx: Transaction,
    source: Source,
    asked: Exclude<Asked, { kind: 'document' }>,
    now: Date,
  ): Promise<number> {
    if (asked.kind === 'unchanged') {
      await savePoll(tx, source.id, now, this.result(source, { ok: true, changed: false, page: asked.page, now }));
      await appendLedger(tx, this.recovery(source, now));
      return 0;
    }
    if (asked.kind === 'gone') {
      await savePoll(tx, source.id, now, {
        ...this.result(source, { ok: false, changed: false, page: asked.page, now }),
        state: 'gone',
        nextPollAt: null,
        errorCode: 'HTTP_410',
        error: 'the server says that the address is gone for good',
      });
      await appendLedger(tx, [
        {
          type: INGEST_EVENTS.sourceGone,
          at: now,
          actor: systemActor('ingest'),
          subjectId: source.id,
          payload: { source: source.name, url: source.url },
        },
      ]);
      return 0;
    }
    await savePoll(tx, source.id, now, {
      ...this.result(source, { ok: false, changed: false, now, asksSeconds: asked.retryAfterSeconds }),
      errorCode: asked.code,
      error: asked.message.slice(0, 500),
    });
    // The first failure of a row is told; the ones after it would say the same.
    if (source.failureCount === 0)
      await appendLedger(tx, [
        {
          type: INGEST_EVENTS.sourceFailed,
          at: now,
          actor: systemActor('ingest'),
          subjectId: source.id,
          payload: { source: source.name, code: asked.code },
        },
      ]);
    return 0;
  }

  private result(
    source: Source,
    seen: { ok: boolean; changed: boolean; page?: FetchResult; now: Date; asksSeconds?: number | null },
  ): PollResult {
    const seconds = nextPollSeconds({
      intervalSeconds: source.intervalSeconds,
      mode: source.mode,
      failures: seen.ok ? 0 : source.failureCount + 1,
      unchanged: seen.changed ? 0 : source.unchangedCount + 1,
      serverAsksSeconds: seen.asksSeconds ?? null,
    });
    const fresh = seen.page?.status === 200;
    return {
      nextPollAt: new Date(seen.now.getTime() + seconds * 1000),
      state: 'active',
      etag: fresh ? (seen.page!.headers.etag ?? null) : source.etag,
      lastModified: fresh ? (seen.page!.headers['last-modified'] ?? null) : source.lastModified,
      ok: seen.ok,
      changed: seen.changed,
      newItems: seen.changed,
      ...(seen.page?.permanentUrl === undefined ? {} : { url: seen.page.permanentUrl }),
      errorCode: null,
      error: null,
    };
  }

  private recovery(source: Source, now: Date): LedgerEntry[] {
    if (source.failureCount === 0) return [];
    return [
      {
        type: INGEST_EVENTS.sourceRecovered,
        at: now,
        actor: systemActor('ingest'),
        subjectId: source.id,
        payload: { source: source.name, failures: source.failureCount },
      },
    ];
  }
}
