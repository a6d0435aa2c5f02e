import { Injectable } from '@nestjs/common';
import { sha256 } from '#kernel/hash.js';
import { Database, type Transaction } from '#platform/database/database.js';
import type { FetchResult, GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { appendLedger, type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import type { WakeUps } from '#platform/queue/wake-ups.js';
import { type Asked, askSource, type RouteService, routeOfUrl, wishOf } from './ask-source.js';
import { INGEST_EVENTS } from './contract.js';
import { storeFeedItems } from './feed-items.store.js';
import type { FeedHints } from './feeds/feed-document.js';
import type { ParsePool } from './feeds/parse-pool.js';
import { originOf } from './items.store.js';
import { saveRawDocument } from './raw-documents.store.js';
import { heldDocument, saveRejections } from './rejections.store.js';
import { nextPollAt } from './rules/next-poll.js';
import { claimDueSources, releaseSources } from './source-claims.store.js';
import { type PollResult, savePoll, saveUnchanged, type Source } from './sources.store.js';

/** How many hosts one process asks at once, each with one question at a time; those that do not answer hold a place each and no more. */
const CONCURRENT_HOSTS = 64;
/** After so long a host's turn ends, and what was not asked is given back before the claim ends. */
const TURN_MS = 45_000;
/** Sources are claimed together when so many places are free, or after a moment. */
const REFILL = 24;
const PATIENCE_MS = 250;
/** Sources that brought nothing new are settled together. */
const SETTLE_TOGETHER = 64;
/** A document that was refused so often is not read again. */
const READ_AT_MOST = 2;

type Unchanged = Parameters<typeof saveUnchanged>[1][number];

/** Asks the sources that are due and stores what is new. A source that fails is asked again later, for ever; it never stops another. */
@Injectable()
export class PollService {
  private readonly flying = new Set<Promise<void>>();
  private quiet: Unchanged[] = [];

  constructor(
    private readonly database: Database,
    private readonly fetcher: GuardedFetcher,
    private readonly parser: ParsePool,
    private readonly wakeUps: WakeUps,
    private readonly routes: RouteService = { url: undefined, key: undefined },
  ) {}

  /** Starts what is due into the free places and waits until some are free again. Returns 0 when nothing more is due. */
  async pollDue(): Promise<number> {
    const free = CONCURRENT_HOSTS - this.flying.size;
    const due = free === 0 ? [] : await this.database.asSystem((tx) => claimDueSources(tx, free));
    for (const ofHost of due) {
      const flight: Promise<void> = this.turn(ofHost)
        // The claim ends by itself and the source is asked again.
        .catch(() => undefined)
        .finally(() => this.flying.delete(flight));
      this.flying.add(flight);
    }
    const landed = await this.someLand(due.length === 0 ? 1 : this.flying.size - CONCURRENT_HOSTS + REFILL);
    if (landed || this.quiet.length >= SETTLE_TOGETHER || this.flying.size === 0) await this.settleQuiet();
    // A host whose turn has ended may have more that is due. Flights that are still out are looked after by the next tick.
    return due.length + (landed ? 1 : 0);
  }

  /** Asks the sources of one host one after the other. One that fails in storing is asked again when its claim ends. */
  private async turn(sources: Source[]): Promise<void> {
    const end = performance.now() + TURN_MS;
    for (const [index, source] of sources.entries()) {
      if (performance.now() > end) {
        const left = sources.slice(index).map(({ id }) => id);
        await this.database.asSystem((tx) => releaseSources(tx, left));
        return;
      }
      await this.poll(source, true).catch(() => undefined);
    }
  }

  /** Waits for so many flights to end, but never for those that hang. Answers whether one did. */
  private async someLand(count: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), PATIENCE_MS);
    });
    let landed = 0;
    while (landed < count && this.flying.size > 0) {
      if ((await Promise.race([patience, ...this.flying])) === 'late') break;
      landed += 1;
    }
    clearTimeout(timer);
    return landed > 0;
  }

  /** Waits for the flights that are out and settles them; the process ends after it. */
  async drain(): Promise<void> {
    await Promise.all(this.flying);
    await this.settleQuiet();
  }

  /** Asks one source. Returns how many items it brought, revisions included. */
  async poll(source: Source, together = false): Promise<number> {
    const asked = await askSource(source, {
      fetcher: this.fetcher,
      parser: this.parser,
      routes: this.routes,
      known: async (sourceId, digest) => {
        const held = await this.database.asSystem((tx) => heldDocument(tx, sourceId, digest));
        return held !== undefined && held.attempts >= READ_AT_MOST ? held : undefined;
      },
    });
    if (together && asked.kind === 'unchanged' && source.failureCount === 0 && asked.page.permanentUrl === undefined) {
      const now = await this.roughNow();
      const {
        etag,
        lastModified,
        nextPollAt: next,
      } = resultOf(source, { ok: true, changed: false, page: asked.page, now });
      this.quiet.push({ id: source.id, nextPollAt: next!, etag, lastModified });
      return 0;
    }
    const brought = await this.database.asSystem(async (tx) => {
      const now = await tx.now();
      return asked.kind === 'document' ? this.store(tx, source, asked, now) : this.settle(tx, source, asked, now);
    });
    if (together && brought > 0) await this.wakeUps.wake('triage');
    return brought;
  }

  private clock: { at: Date; read: number } | undefined;

  /** The database's time, read once a second: good enough for when a quiet source is asked next. */
  private async roughNow(): Promise<Date> {
    const read = performance.now();
    if (this.clock === undefined || read - this.clock.read > 1_000)
      this.clock = { at: await this.database.asSystem((tx) => tx.now()), read };
    return this.clock.at;
  }

  private async settleQuiet(): Promise<void> {
    const quiet = this.quiet.splice(0);
    if (quiet.length > 0) await this.database.asSystem(async (tx) => saveUnchanged(tx, quiet, await tx.now()));
  }

  private async store(
    tx: Transaction,
    source: Source,
    asked: Asked & { kind: 'document' },
    now: Date,
  ): Promise<number> {
    const { page, digest, read } = asked;
    const rawDocumentId = await saveRawDocument(tx, {
      sourceId: source.id,
      fetchedAt: now,
      sha256: digest,
      contentType: page.headers['content-type'] ?? null,
      encoding: read.encoding,
      bytes: page.body,
      itemCount: read.items.length,
      defects: read.problems,
    });
    const counts = await storeFeedItems(tx, { ...originOf(source, now), rawDocumentId }, read.items, now);
    const brought = counts.stored + counts.revised;
    await saveRejections(tx, { sourceId: source.id }, read.rejected, now);
    const seen = { ok: true, changed: brought > 0, page, now, hints: read.hints };
    await savePoll(tx, source.id, now, resultOf(source, seen));
    const rejected = read.rejected.length;
    const received = { source: source.name, sha256: digest, ...counts, rejected, drill: source.drill };
    await appendLedger(tx, [
      ...recovery(source, now),
      ...(brought > 0 || rejected > 0 ? [entryOf(INGEST_EVENTS.itemsReceived, source, now, received)] : []),
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
      await savePoll(tx, source.id, now, resultOf(source, { ok: true, changed: false, page: asked.page, now }));
      await appendLedger(tx, recovery(source, now));
      return 0;
    }
    if (asked.kind === 'gone') {
      await savePoll(tx, source.id, now, {
        ...resultOf(source, { ok: false, changed: false, page: asked.page, now }),
        state: 'gone',
        nextPollAt: null,
        errorCode: 'HTTP_410',
        error: 'the server says that the address is gone for good',
      });
      await appendLedger(tx, [
        entryOf(INGEST_EVENTS.sourceGone, source, now, { source: source.name, url: source.url }),
      ]);
      return 0;
    }
    const asksSeconds = asked.kind === 'failed' ? asked.retryAfterSeconds : null;
    await savePoll(tx, source.id, now, {
      ...resultOf(source, { ok: false, changed: false, now, asksSeconds }),
      errorCode: asked.code,
      error: asked.message.slice(0, 500),
    });
    if (asked.kind === 'refused') await this.keep(tx, source, asked, now);
    // The first failure of a row is told; the ones after it would say the same.
    if (source.failureCount === 0)
      await appendLedger(tx, [
        entryOf(INGEST_EVENTS.sourceFailed, source, now, { source: source.name, code: asked.code }),
      ]);
    return 0;
  }

  /** The first document of a row of failures is kept; a server that answers each time with another page would fill the disk. */
  private async keep(tx: Transaction, source: Source, asked: Asked & { kind: 'refused' }, now: Date): Promise<void> {
    const { code, message, page } = asked;
    const again = source.failureCount > 0 && source.lastErrorCode === code;
    const known = again && (await heldDocument(tx, source.id, digestOf(page))) === undefined;
    if (known) return;
    const excerpt = page.body
      .subarray(0, 200)
      .toString('latin1')
      .replace(/[^\x20-\x7e]+/g, ' ');
    await saveRejections(
      tx,
      { sourceId: source.id },
      [{ kind: 'document', place: 'document', code, message, excerpt, bytes: page.body }],
      now,
    );
  }
}

function resultOf(
  source: Source,
  seen: {
    ok: boolean;
    changed: boolean;
    page?: FetchResult;
    now: Date;
    asksSeconds?: number | null;
    hints?: FeedHints;
  },
): PollResult {
  const hints = seen.hints ?? source.hints;
  const next = nextPollAt(seen.now, {
    intervalSeconds: source.intervalSeconds,
    mode: source.mode,
    failures: seen.ok ? 0 : source.failureCount + 1,
    unchanged: seen.changed ? 0 : source.unchangedCount + 1,
    serverAsksSeconds: seen.asksSeconds ?? (seen.page === undefined ? null : wishOf(seen.page, 'cache-control')),
    hot: seen.changed && source.unchangedCount === 0,
    spread: spreadOf(source),
    ...hints,
  });
  const fresh = seen.page?.status === 200;
  const moved = routeOfUrl(source.url ?? '') === undefined ? seen.page?.permanentUrl : undefined;
  return {
    nextPollAt: next,
    state: 'active',
    etag: fresh ? (seen.page!.headers.etag ?? null) : source.etag,
    lastModified: fresh ? (seen.page!.headers['last-modified'] ?? null) : source.lastModified,
    ok: seen.ok,
    changed: seen.changed,
    newItems: seen.changed,
    ...(moved === undefined ? {} : { url: moved }),
    errorCode: null,
    error: null,
    ...(seen.hints === undefined ? {} : { hints: seen.hints }),
  };
}

/** 0 to 1, another one for each poll of each source: no randomness, so that a run can be repeated. */
const spreadOf = (source: Source): number =>
  Number.parseInt(sha256(`${source.id} ${source.version}`).slice(0, 4), 16) / 0xffff;

const digestOf = (page: FetchResult): string => sha256(page.body);

const entryOf = (type: string, source: Source, at: Date, payload: Record<string, unknown>): LedgerEntry => ({
  type,
  at,
  actor: systemActor('ingest'),
  subjectId: source.id,
  payload,
});

const recovery = (source: Source, at: Date): LedgerEntry[] =>
  source.failureCount === 0
    ? []
    : [entryOf(INGEST_EVENTS.sourceRecovered, source, at, { source: source.name, failures: source.failureCount })];
