import { Injectable } from '@nestjs/common';
import { sha256 } from '#kernel/hash.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import { originOf, storeItems } from './items.store.js';
import { PersonalData } from './personal-data.js';
import { saveRawDocument } from './raw-documents.store.js';
import { deidentify } from './rules/deidentify.js';
import { ensureSource, findSource } from './sources.store.js';

/** What a person saw and writes down. */
export interface HandEntry {
  title: string;
  text: string;
  url?: string | undefined;
  publishedAt?: Date | undefined;
  region?: string | undefined;
  jurisdiction: string;
  /** In a demonstration everything is a drill. */
  drill: boolean;
}

const SOURCE_NAME = '人工录入';

/** Takes what people enter by hand, masked like everything else (domain R5). */
@Injectable()
export class HandEntryService {
  constructor(private readonly personal: PersonalData) {}

  async enter(
    tx: Transaction,
    actor: Actor,
    entry: HandEntry,
  ): Promise<{ id: string; result: 'accepted' | 'duplicate'; ground: string | null }> {
    const { jurisdiction, drill } = entry;
    const sourceId = await ensureSource(tx, {
      kind: 'manual',
      name: SOURCE_NAME,
      jurisdiction,
      channel: SOURCE_NAME,
      drill,
    });
    const source = await findSource(tx, sourceId);
    const now = await tx.now();
    const [title, body] = [deidentify(entry.title), deidentify(entry.text)];
    const bytes = Buffer.from(JSON.stringify({ ...entry, enteredBy: actor.name }));
    const rawDocumentId = await saveRawDocument(tx, {
      sourceId,
      fetchedAt: now,
      sha256: sha256(bytes),
      contentType: 'application/json',
      encoding: 'utf-8',
      bytes,
      itemCount: 1,
      defects: [],
      vault: this.personal.vault,
    });
    const contentSha256 = sha256(`${title.text}\n${body.text}`);
    const personal = [...title.found, ...body.found].map(({ kind, value }) => ({ kind, value }));
    const origin = {
      ...originOf(source, now),
      rawDocumentId,
      personal: this.personal,
      region: entry.region ?? source.region,
    };
    const [stored] = await storeItems(
      tx,
      origin,
      [
        {
          identityKey: entry.url ?? contentSha256,
          kind: 'post',
          title: title.text,
          body: body.text,
          contentSha256,
          ...(entry.url === undefined ? {} : { url: entry.url }),
          ...(entry.publishedAt === undefined ? {} : { publishedAt: entry.publishedAt }),
          raw: { enteredBy: actor.name },
          ...(personal.length === 0 ? {} : { personal }),
        },
      ],
      now,
    );
    const { id, outcome, joined } = stored!;
    const payload = { source: source.name, itemId: id, outcome, joined: joined ?? null, read: 1 };
    await appendLedger(tx, [{ type: INGEST_EVENTS.itemsReceived, at: now, actor, subjectId: sourceId, payload }]);
    return { id, result: outcome === 'duplicate' ? 'duplicate' : 'accepted', ground: joined ?? null };
  }
}
