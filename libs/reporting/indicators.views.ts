import { Injectable } from '@nestjs/common';
import { closingFacts, intervalFacts, knownEventFacts, releaseFacts } from './facts/conduct.js';
import type { FactQuery } from './facts/fact-query.js';
import { clarificationFacts } from './facts/overview.js';
import type { ConductFacts } from './rules/conduct-rates.js';

/** What the conduct rates count besides orders, which the bulletin counts. */
export type ConductRows = Omit<ConductFacts, 'dispatched' | 'returned' | 'returnsUpheld'>;

@Injectable()
export class IndicatorsViews {
  /** Releases by their publication, intervals of continued release by their due, closings, clarifications and known events by their instant. */
  async conduct(query: FactQuery): Promise<ConductRows> {
    const [row] = await query.rows<ConductRows>(
      `SELECT r.*, v.*, k.*, e.*, l.* FROM
         (SELECT count(*)::int AS releases, coalesce(array_agg(f.corrected_ms) FILTER (WHERE f.corrected_ms IS NOT NULL), '{}') AS "correctionDelaysMs" FROM (${releaseFacts(query)}) f) r,
         (SELECT count(*)::int AS "intervalsDue", count(*) FILTER (WHERE f.kept)::int AS "intervalsKept" FROM (${intervalFacts(query)}) f) v,
         (SELECT count(*)::int AS closed, count(*) FILTER (WHERE f.reopened)::int AS reopened FROM (${closingFacts(query)}) f) k,
         (SELECT count(*)::int AS "knownEvents", count(*) FILTER (WHERE f.missed)::int AS "missedEvents" FROM (${knownEventFacts(query)}) f) e,
         (SELECT coalesce(array_agg(f.ms), '{}') AS "clarificationDelaysMs" FROM (${clarificationFacts(query)}) f) l`,
      { whole: true },
    );
    return row!;
  }
}
