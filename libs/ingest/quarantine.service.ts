import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { WakeUps } from '#platform/queue/wake-ups.js';
import { INGEST_EVENTS, type ItemDraft } from './contract.js';
import { storeFeedItems } from './feed-items.store.js';
import type { FeedEntry } from './feeds/feed-document.js';
import { ParsePool } from './feeds/parse-pool.js';
import { originOf, storeItems } from './items.store.js';
import { PersonalData } from './personal-data.js';
import { bytesOf, type RejectionKind } from './rejections.store.js';
import { ImportWords } from './import.service.js';
import { feedItemsOf } from './rules/feed-item.js';
import { readHotlineMessage } from './rules/hotline-message.js';
import { mapHotlineRow } from './rules/hotline-row.js';
import { keptRow } from './rules/kept-row.js';
import { findSourceForWork, type Source } from './sources.store.js';

interface Waiting {
  id: string;
  sourceId: string;
  kind: RejectionKind;
  body: Buffer | null;
  sealed: boolean;
  sha256: string | null;
}

/** What trying again brought. */
type Outcome = { itemId: string | null; items: number } | { code: string; message: string };

const BATCH = 20;

/** Tries again what was refused and has been asked for: the same bytes by the rules of today. */
@Injectable()
export class QuarantineService {
  constructor(
    private readonly database: Database,
    private readonly parser: ParsePool,
    private readonly personal: PersonalData,
    private readonly words: ImportWords,
    private readonly wakeUps: WakeUps,
  ) {}

  /** One batch. Returns how many were tried; 0 when none waits. */
  async replayWaiting(): Promise<number> {
    // The attempt is counted before the work, so that what kills its process is known by it.
    const waiting = await this.database.asSystem((tx) =>
      tx.query<Waiting>(
        `UPDATE rejections SET attempts = attempts + 1, state = 'held', last_at = huiying_now()
          WHERE id = ANY(ARRAY(SELECT id FROM rejections WHERE state = 'waiting' ORDER BY at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
          RETURNING id, source_id AS "sourceId", kind, body, sealed, sha256`,
      ),
    );
    for (const rejection of waiting) await this.replay(rejection);
    if (waiting.length > 0) await this.wakeUps.wake('triage');
    return waiting.length;
  }

  private async replay(rejection: Waiting): Promise<void> {
    const bytes = bytesOf(rejection, this.personal.vault);
    if (bytes === undefined) return;
    const parsed = rejection.kind === 'document' ? await this.parse(bytes) : undefined;
    await this.database.asSystem(async (tx) => {
      const source = await findSourceForWork(tx, rejection.sourceId);
      const outcome = parsed === undefined ? await this.row(tx, source, rejection, bytes) : await parsed(tx, source);
      const done = 'items' in outcome;
      await tx.query('UPDATE rejections SET state = $2, item_id = $3, code = coalesce($4, code), message = coalesce($5, message) WHERE id = $1', [
        rejection.id,
        done ? 'accepted' : 'held',
        done ? outcome.itemId : null,
        done ? null : outcome.code,
        done ? null : outcome.message.slice(0, 500),
      ]); // prettier-ignore
      const payload = {
        source: source.name,
        rejection: rejection.id,
        accepted: done,
        ...(done ? { items: outcome.items } : { code: outcome.code }),
      };
      await appendLedger(tx, [
        { type: INGEST_EVENTS.rejectionDecided, at: await tx.now(), actor: systemActor('ingest'), subjectId: source.id, payload },
      ]); // prettier-ignore
    });
  }

  /** Reads a document in a thread of its own; the answer stores what it holds. */
  private async parse(bytes: Buffer): Promise<(tx: Transaction, source: Source) => Promise<Outcome>> {
    try {
      const feed = await this.parser.read(bytes, {});
      const { items, refused } = feedItemsOf(feed);
      if (feed.kind === 'unknown' || refused !== undefined)
        return async () => refused ?? { code: 'FEED_UNREADABLE', message: feed.problems.join('; ') };
      return async (tx, source) => {
        const now = await tx.now();
        const { stored, revised } = await storeFeedItems(tx, originOf(source, now), items, now);
        return { itemId: null, items: stored + revised };
      };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return async () => ({ code: code ?? 'FEED_UNREADABLE', message });
    }
  }

  private async row(tx: Transaction, source: Source, rejection: Waiting, bytes: Buffer): Promise<Outcome> {
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    if (rejection.kind === 'entry') return storeEntry(tx, source, value as FeedEntry);
    const draft = this.draftOf(rejection.kind, value);
    if ('code' in draft) return draft;
    const now = await tx.now();
    const [stored] = await storeItems(tx, { ...originOf(source, now), personal: this.personal }, [draft], now);
    return { itemId: stored!.id, items: stored!.outcome === 'duplicate' ? 0 : 1 };
  }

  private draftOf(kind: RejectionKind, value: unknown): ItemDraft | { code: string; message: string } {
    if (kind === 'row') {
      const row = keptRow(value, this.words.columns);
      if (row === undefined) return { code: 'ROW_UNREADABLE', message: 'the kept row can not be read any more' };
      const draft = mapHotlineRow(row.row, row.mapping);
      return 'identityKey' in draft ? draft : { code: draft.code, message: draft.reason };
    }
    const draft = readHotlineMessage(value);
    return 'fault' in draft ? { code: draft.fault.code, message: draft.fault.reason } : draft;
  }
}

/** One entry of a feed, as it was kept (dates as text). */
async function storeEntry(tx: Transaction, source: Source, kept: FeedEntry): Promise<Outcome> {
  const dates = Object.fromEntries(
    (['published', 'updated'] as const).flatMap((name) =>
      kept[name] === undefined ? [] : [[name, new Date(kept[name])]],
    ),
  );
  const document = {
    kind: 'rss',
    title: '',
    encoding: 'utf-8',
    entries: [{ ...kept, ...dates }],
    problems: [],
  } as const;
  const { items, rejected } = feedItemsOf({ ...document, entries: [...document.entries], problems: [] });
  if (rejected[0] !== undefined) return { code: rejected[0].code, message: rejected[0].message };
  const now = await tx.now();
  const { stored, revised } = await storeFeedItems(tx, originOf(source, now), items, now);
  return { itemId: null, items: stored + revised };
}
