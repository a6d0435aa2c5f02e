import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { TRIAGE_EVENTS } from './contract.js';

const BATCH = 100;

/** Brings proposals that were put aside back to the inbox: at their instant, or when they have heated up meanwhile. */
@Injectable()
export class SnoozeService {
  constructor(private readonly database: Database) {}

  /** Returns how many came back. */
  async wakeDue(): Promise<number> {
    return this.database.asSystem(async (tx) => {
      const woken = await tx.query<{ id: string; heated: boolean }>(
        `UPDATE incidents i SET snoozed_until = NULL, snoozed_heat = NULL, version = version + 1, updated_at = huiying_now()
          WHERE i.id = ANY(ARRAY(SELECT id FROM incidents WHERE state = 'proposed' AND snoozed_until IS NOT NULL
                                  AND (snoozed_until <= huiying_now() OR heat_score > snoozed_heat) LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
          RETURNING i.id, i.heat_score > 0 AS heated`,
      );
      const now = await tx.now();
      await appendLedger(
        tx,
        woken.map(({ id }) => ({
          type: TRIAGE_EVENTS.woken,
          at: now,
          actor: systemActor('triage'),
          incidentId: id,
          subjectId: id,
        })),
      );
      return woken.length;
    });
  }
}
