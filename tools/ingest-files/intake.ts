import path from 'node:path';
import type { IntakeCounts } from '#ingest/contract.js';
import { type FeedItem, storeFeedItems } from '#ingest/feed-items.store.js';
import { decodeDocument } from '#ingest/feeds/decode.js';
import { readFeed } from '#ingest/feeds/read-feed.js';
import { storeOutcomes } from '#ingest/import.service.js';
import { loadHotlineColumns } from '#ingest/imports/hotline-columns.js';
import { type HotlineOutcome, readHotlineTable } from '#ingest/imports/hotline-table.js';
import { bufferSource } from '#ingest/imports/zip-archive.js';
import { originOf } from '#ingest/items.store.js';
import type { PersonalData } from '#ingest/personal-data.js';
import { saveRawDocument } from '#ingest/raw-documents.store.js';
import { type Rejection, saveRejections } from '#ingest/rejections.store.js';
import { feedItemsOf, pageItem } from '#ingest/rules/feed-item.js';
import { ensureSource, findSourceForWork, type NewSource } from '#ingest/sources.store.js';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import type { Environment } from '#platform/config/environment.js';
import type { Database } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { type Input, isPage, isTable } from './inputs.js';

const CHUNK = 500;
export const NONE: IntakeCounts = { read: 0, stored: 0, revised: 0, duplicates: 0, rejected: 0 };

export const add = (a: IntakeCounts, b: IntakeCounts): IntakeCounts => ({
  read: a.read + b.read,
  stored: a.stored + b.stored,
  revised: a.revised + b.revised,
  duplicates: a.duplicates + b.duplicates,
  rejected: a.rejected + b.rejected,
});

/** So many refusals are printed for one input; all of them are kept. */
const SHOWN = 20;

/** What became of one input. */
export interface Taken {
  counts: IntakeCounts;
  refusals: { place: string; code: string; message: string }[];
}

/** Takes inputs into one database, each under a source of its own. */
export class Intake {
  constructor(
    private readonly database: Database,
    private readonly environment: Environment,
    private readonly jurisdiction: string,
    private readonly personal: PersonalData,
  ) {}

  async take(input: Input): Promise<Taken> {
    return isTable(input) ? this.table(input) : this.feed(input);
  }

  private async table(input: Input): Promise<Taken> {
    const sourceId = await this.source({
      kind: 'hotline',
      name: '12345热线（导入）',
      jurisdiction: this.jurisdiction,
      channel: '12345热线',
    });
    const words = loadHotlineColumns(this.environment.configDir);
    let counts = NONE;
    const refusals: Taken['refusals'] = [];
    let chunk: HotlineOutcome[] = [];
    const flush = async () => {
      const outcomes = chunk;
      chunk = [];
      counts = add(
        counts,
        await this.database.asSystem(async (tx) =>
          storeOutcomes(
            tx,
            { source: await findSourceForWork(tx, sourceId), importId: null, personal: this.personal },
            outcomes,
          ),
        ),
      );
    };
    for await (const outcome of readHotlineTable(bufferSource(input.bytes), { words })) {
      chunk.push(outcome);
      if (outcome.kind === 'rejection' && refusals.length < SHOWN) {
        const { sheet, row, column, code, reason } = outcome.rejection;
        refusals.push({
          place: [sheet, `row ${row}`, column ?? ''].filter((part) => part !== '').join(' '),
          code,
          message: reason,
        });
      }
      if (chunk.length >= CHUNK) await flush();
    }
    await flush();
    await this.record(sourceId, input, counts);
    return { counts, refusals };
  }

  private async feed(input: Input): Promise<Taken> {
    const feed = await readFeed(input.bytes, {
      ...(/^https?:/.test(input.name) ? { url: input.name } : {}),
      ...(input.contentType === undefined ? {} : { contentType: input.contentType }),
    });
    if (feed.kind === 'unknown' && isPage(input)) return this.page(input);
    const { items, rejected, refused } = feedItemsOf(feed);
    const whole = feed.kind === 'unknown' ? { code: 'FEED_UNREADABLE', message: feed.problems.join('; ') } : refused;
    const name = (feed.title || path.basename(input.name)).slice(0, 100);
    // A document taken by hand has no address to be asked again; polls of one feed share its title and link.
    const sourceId = await this.source({
      kind: 'manual',
      name: `文件 ${name} ${feed.link ?? ''}`.trim(),
      jurisdiction: this.jurisdiction,
      channel: '文件',
    });
    if (whole !== undefined) return this.refuse(sourceId, input, whole);
    return this.store(sourceId, input, { encoding: feed.encoding, problems: feed.problems, items, rejected });
  }

  /** A page of a site, as one item: repaired on a copy, the bytes kept as they came. */
  private async page(input: Input): Promise<Taken> {
    const { text, encoding, problems } = decodeDocument(input.bytes, input.contentType);
    const address = /^https?:/.test(input.name) ? input.name : `file:${path.basename(input.name)}`;
    const sourceId = await this.source({
      kind: 'manual',
      name: `网页 ${address}`.slice(0, 200),
      jurisdiction: this.jurisdiction,
      channel: '网页',
    });
    const item = pageItem(text, address);
    if (item === undefined)
      return this.refuse(sourceId, input, { code: 'PAGE_EMPTY', message: 'the page has no text' });
    return this.store(sourceId, input, { encoding, problems, items: [item], rejected: [] });
  }

  /** Keeps a document that can't be taken, with its bytes and the reason. */
  private async refuse(sourceId: string, input: Input, why: { code: string; message: string }): Promise<Taken> {
    const refusal = { ...why, kind: 'document' as const, place: 'document', bytes: input.bytes };
    await this.database.asSystem(async (tx) => saveRejections(tx, { sourceId }, [refusal], await tx.now()));
    throw new DomainError(why.code, 422, `${why.code}: ${why.message}`);
  }

  private async store(
    sourceId: string,
    input: Input,
    read: { encoding: string; problems: string[]; items: FeedItem[]; rejected: Rejection[] },
  ): Promise<Taken> {
    const counts = await this.database.asSystem(async (tx) => {
      const source = await findSourceForWork(tx, sourceId);
      const now = await tx.now();
      const rawDocumentId = await saveRawDocument(tx, {
        sourceId,
        fetchedAt: now,
        sha256: sha256(input.bytes),
        contentType: input.contentType ?? null,
        encoding: read.encoding,
        bytes: input.bytes,
        itemCount: read.items.length,
        defects: read.problems,
      });
      const stored = await storeFeedItems(tx, { ...originOf(source, now), rawDocumentId }, read.items, now);
      await saveRejections(tx, { sourceId }, read.rejected, now);
      return { read: read.items.length + read.rejected.length, ...stored, rejected: read.rejected.length };
    });
    await this.record(sourceId, input, counts);
    return { counts, refusals: read.rejected.slice(0, SHOWN) };
  }

  private source(source: NewSource): Promise<string> {
    return this.database.asSystem((tx) => ensureSource(tx, source));
  }

  private async record(sourceId: string, input: Input, counts: IntakeCounts): Promise<void> {
    await this.database.asSystem(async (tx) => {
      await appendLedger(tx, [
        {
          type: 'items.received',
          at: await tx.now(),
          actor: systemActor('tools/ingest'),
          subjectId: sourceId,
          payload: { file: path.basename(input.name), sha256: sha256(input.bytes), ...counts },
        },
      ]);
    });
  }
}
