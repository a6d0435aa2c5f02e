import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { RESPONSE_EVENTS } from './events.js';
import type { WordingEntry } from './rules/wording.js';
import { saveWording, wordingOf } from './wording.store.js';

/** What several bodies say alike on one incident (R17, NT19 Art.19). */
@Injectable()
export class WordingService {
  constructor(@Inject(Incidents) private readonly incidents: Incidents) {}

  async agree(
    tx: Transaction,
    decision: { incidentId: string; entries: WordingEntry[]; note: string; expected: number; actor: Actor },
  ): Promise<number> {
    const incident = await this.incidents.lock(tx, decision.incidentId);
    const { entries, note, actor, expected } = decision;
    const before = await wordingOf(tx, incident.id);
    const version = await saveWording(tx, incident.id, { entries, note, by: actor, expected });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.wordingAgreed,
        at: await tx.now(),
        actor,
        incidentId: incident.id,
        subjectId: incident.id,
        payload: { entries, before: before?.entries ?? [] },
      },
    ]);
    return version;
  }
}
