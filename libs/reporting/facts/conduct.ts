import { REOPENED_WITHIN_DAYS } from '../rules/conduct-rates.js';
import type { FactQuery } from './fact-query.js';

/** Releases of the period by their publication, each with the first correction of it. */
export const releaseFacts = (query: FactQuery): string =>
  `SELECT s.incident_id, NULL::uuid AS item_id, s.subject, s.at, s.county, s.body_id,
          CASE WHEN s.done_at <= ${query.at} THEN (extract(epoch FROM date_trunc('milliseconds', s.done_at) - date_trunc('milliseconds', s.at)) * 1000)::float8 END AS corrected_ms
     FROM ${query.acts('release')} s WHERE ${query.happened('s.at')}`;

/** Intervals of continued release that fell due in the period and were kept or have run out. */
export const intervalFacts = (query: FactQuery): string =>
  `SELECT c.incident_id, NULL::uuid AS item_id, c.subject, c.at, c.county, c.body_id, coalesce(c.done_at <= ${query.at} AND c.done_at <= c.at, false) AS kept
     FROM ${query.acts('interval')} c WHERE ${query.within('c.at')} AND (c.done_at <= ${query.at} OR c.at < ${query.at})`;

/** Closings of the period, and whether the incident was opened again within the days that count. A closing that was undone stands in the ledger. */
export const closingFacts = (query: FactQuery): string =>
  `SELECT k.id AS incident_id, NULL::uuid AS item_id, '' AS subject, k.closed_at AS at, left(k.jurisdiction, 6) AS county, k.lead_body_id AS body_id,
          coalesce(min(r.at) <= k.closed_at + interval '${REOPENED_WITHIN_DAYS} days', false) AS reopened
     FROM (SELECT i.id, i.jurisdiction, i.lead_body_id, i.closed_at FROM ${query.cases()} i WHERE ${query.happened('i.closed_at')}
           UNION ALL
           SELECT i.id, i.jurisdiction, i.lead_body_id, e.at FROM ledger_entries e JOIN ${query.cases()} i ON i.id = e.incident_id
            WHERE e.type = 'closeOut.struckOff' AND ${query.happened('e.at')} AND (i.closed_at IS NULL OR i.closed_at > e.at + interval '1 second')) k
     LEFT JOIN ledger_entries r ON r.type = 'incident.reopened' AND r.incident_id = k.id AND r.at > k.closed_at AND r.at <= ${query.at}
    GROUP BY k.id, k.closed_at, k.jurisdiction, k.lead_body_id`;

/** Events that became known otherwise in the period; `missed` when we had not detected them by then. */
export const knownEventFacts = (query: FactQuery): string =>
  `SELECT e.incident_id, NULL::uuid AS item_id, e.title AS subject, e.known_at AS at, left(e.jurisdiction, 6) AS county, NULL AS body_id,
          i.detected_at IS NULL OR i.detected_at > e.known_at AS missed
     FROM ${query.visible('known_events')} e LEFT JOIN ${query.cases()} i ON i.id = e.incident_id WHERE ${query.happened('e.known_at')}`;
