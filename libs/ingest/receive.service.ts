import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS, type ItemDraft, type Receipt } from './contract.js';
import { originOf, storeItems } from './items.store.js';
import { PersonalData } from './personal-data.js';
import { saveRawDocument } from './raw-documents.store.js';
import { saveRejections } from './rejections.store.js';
import { readHotlineMessage } from './rules/hotline-message.js';
import { findReceivingSource, type Source } from './sources.store.js';

/** How many messages one call may carry (design, section 5). */
export const MAX_MESSAGES = 1_000;

export interface ReceivedMessages {
  messages: unknown[];
  actor: Actor;
  /** The jurisdiction whose hotline receives, when no source is named. */
  jurisdiction: string;
  sourceId?: string;
  /** The body of the call, kept sealed as the evidence of what was said. */
  rawBody: Buffer;
}

/** Takes messages that are sent to us: each gets a receipt, and what is not accepted is kept with its reason. */
@Injectable()
export class ReceiveService {
  constructor(private readonly personal: PersonalData) {}

  /** Receipts in the order of the messages. */
  async receive(tx: Transaction, received: ReceivedMessages): Promise<Receipt[]> {
    if (received.messages.length > MAX_MESSAGES)
      throw new DomainError('TOO_MANY_MESSAGES', 413, `at most ${MAX_MESSAGES} messages in one call`, {
        limit: MAX_MESSAGES,
      });
    const source = await findReceivingSource(tx, received.sourceId, received.jurisdiction);
    const now = await tx.now();
    const read = received.messages.map((message) => readHotlineMessage(message));
    const rawDocumentId = await saveRawDocument(tx, {
      sourceId: source.id,
      fetchedAt: now,
      sha256: sha256(received.rawBody),
      contentType: 'application/json',
      encoding: 'utf-8',
      bytes: received.rawBody,
      itemCount: read.length,
      defects: [],
      vault: this.personal.vault,
    });
    const receipts = await this.store(tx, { source, received, rawDocumentId, now }, read);
    const count = (result: Receipt['result']) => receipts.filter((receipt) => receipt.result === result).length;
    await appendLedger(tx, [
      {
        type: INGEST_EVENTS.itemsReceived,
        at: now,
        actor: received.actor,
        subjectId: source.id,
        payload: {
          source: source.name,
          read: receipts.length,
          stored: count('accepted'),
          duplicates: count('duplicate'),
          rejected: count('rejected'),
          drill: source.drill,
        },
      },
    ]);
    return receipts;
  }

  private async store(
    tx: Transaction,
    {
      source,
      received,
      rawDocumentId,
      now,
    }: { source: Source; received: ReceivedMessages; rawDocumentId: string; now: Date },
    read: ReturnType<typeof readHotlineMessage>[],
  ): Promise<Receipt[]> {
    const drafts = read.flatMap((result): ItemDraft[] => ('fault' in result ? [] : [result]));
    const stored = await storeItems(
      tx,
      { ...originOf(source, now), rawDocumentId, personal: this.personal },
      drafts,
      now,
    );
    const refused = read.flatMap((result, index) => ('fault' in result ? [{ index, ...result.fault }] : []));
    await saveRejections(
      tx,
      { sourceId: source.id, vault: this.personal.vault },
      refused.map((r) => ({
        kind: 'message' as const,
        place: `messages[${r.index}].${r.field}`,
        code: r.code,
        message: r.reason,
        bytes: Buffer.from(JSON.stringify(received.messages[r.index]) ?? 'null'),
      })),
      now,
    );
    let next = 0;
    return read.map((result, index): Receipt => {
      if ('fault' in result)
        return {
          index,
          result: 'rejected',
          code: result.fault.code,
          reason: result.fault.reason,
          where: result.fault.field,
        };
      const item = stored[next++]!;
      return { index, result: item.outcome === 'duplicate' ? 'duplicate' : 'accepted', itemId: item.id };
    });
  }
}
