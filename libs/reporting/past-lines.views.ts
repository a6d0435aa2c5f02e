import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import type { PastLine } from './rules/incident-as-of.js';

/** More entries than any incident of a year has; what is cut off would be the newest. */
const MAX_LINES = 10_000;

@Injectable()
export class PastLinesViews {
  /** The ledger of an incident up to an instant. Refuses an instant that has not come, or at which nothing was known yet. */
  async until(tx: Transaction, incidentId: string, asOf: Date): Promise<PastLine[]> {
    if (asOf > (await tx.now()))
      throw new DomainError('AS_OF_IN_FUTURE', 422, 'the past is shown, not what is to come', {}, 'asOf');
    const parameters: unknown[] = [];
    const ledger = tx.visible('ledger_entries', parameters);
    parameters.push(incidentId, asOf);
    const lines = await tx.query<PastLine>(
      `SELECT e.id, e.at, e.type, e.subject_id AS "subjectId", e.payload FROM ${ledger} e
        WHERE e.incident_id = $${parameters.length - 1} AND e.at <= $${parameters.length} ORDER BY e.at, e.id LIMIT ${MAX_LINES}`,
      parameters,
    );
    if (lines.length === 0)
      throw new DomainError('AS_OF_BEFORE_START', 422, 'nothing was known of the incident then', {}, 'asOf');
    return lines;
  }
}
