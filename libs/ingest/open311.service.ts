import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { sha256 } from '#kernel/hash.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { INGEST_EVENTS } from './contract.js';
import { originOf, storeItems } from './items.store.js';
import { ServiceCatalogue } from './open311.views.js';
import { PersonalData } from './personal-data.js';
import { saveRawDocument } from './raw-documents.store.js';
import { draftOfServiceRequest } from './rules/open311.js';
import { findReceivingSource } from './sources.store.js';

/** A request as the door got it. */
export interface PostedRequest {
  rawBody: Buffer;
  actor: Actor;
  jurisdiction: string;
  sourceId?: string;
}

/** Takes requests that come in the dialect of Open311. */
@Injectable()
export class Open311Intake {
  constructor(
    private readonly personal: PersonalData,
    private readonly catalogue: ServiceCatalogue,
  ) {}

  /** The id of the item, which is the public number of the request. 400 for a field that is wrong, 404 for a service that there is none. */
  async take(tx: Transaction, { rawBody, actor, jurisdiction, sourceId }: PostedRequest): Promise<string> {
    const form = Object.fromEntries(new URLSearchParams(rawBody.toString('utf8')));
    const source = await findReceivingSource(tx, sourceId, jurisdiction);
    const now = await tx.now();
    const draft = draftOfServiceRequest(form, newId(), now);
    if ('fault' in draft)
      throw new DomainError(
        'OPEN311_BAD_REQUEST',
        400,
        draft.fault.reason,
        { cause: draft.fault.code },
        draft.fault.field,
      );
    if (this.catalogue.find(form['service_code'] ?? '') === undefined)
      throw new DomainError('OPEN311_NO_SERVICE', 404, 'no such service', {}, 'service_code');
    const rawDocumentId = await saveRawDocument(tx, {
      sourceId: source.id,
      fetchedAt: now,
      sha256: sha256(rawBody),
      contentType: 'application/x-www-form-urlencoded',
      encoding: 'utf-8',
      bytes: rawBody,
      itemCount: 1,
      defects: [],
      vault: this.personal.vault,
    });
    const origin = { ...originOf(source, now), rawDocumentId, personal: this.personal, channel: 'open311' };
    const [stored] = await storeItems(tx, origin, [draft], now);
    const payload = { source: source.name, read: 1, itemId: stored!.id, outcome: stored!.outcome, dialect: 'open311' };
    await appendLedger(tx, [{ type: INGEST_EVENTS.itemsReceived, at: now, actor, subjectId: source.id, payload }]);
    return stored!.id;
  }
}
