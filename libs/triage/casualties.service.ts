import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { TRIAGE_EVENTS } from './contract.js';
import type { Decision } from './decisions.service.js';
import { IncidentsStore } from './incidents.store.js';

/** Confirmed figures of an event; null is unknown, never zero. */
export interface CasualtyFigures {
  deaths: number | null;
  injured: number | null;
  missing: number | null;
}

/** Changes of casualties. They are reported for 30 days after the event, 7 for road traffic and fire (493号 Art.13). */
@Injectable()
export class CasualtiesService {
  constructor(private readonly store: IncidentsStore) {}

  /** Records figures and their source. They grade nothing by themselves: a named person does (domain 10.4). */
  async update(
    tx: Transaction,
    decision: Decision & { eventType: string; figures: CasualtyFigures; source: string },
  ): Promise<number> {
    const incident = await this.store.lock(tx, decision.incidentId, decision.expectedVersion);
    const now = await tx.now();
    const { eventType, figures, source } = decision;
    const before = (incident.gradeDetails['casualties'] ?? null) as unknown;
    const casualties = { ...figures, eventType, source, at: now.toISOString() };
    const version = await this.store.update(tx, incident.id, {
      gradeDetails: { ...incident.gradeDetails, casualties },
    });
    await appendLedger(tx, [
      {
        type: TRIAGE_EVENTS.casualtiesUpdated,
        at: now,
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: incident.id,
        payload: { eventType, ...figures, source, before },
        ...(decision.reason === undefined ? {} : { reason: decision.reason }),
      },
    ]);
    return version;
  }
}
