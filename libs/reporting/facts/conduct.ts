import { REOPENED_WITHIN_DAYS } from '../rules/conduct-rates.js';
import type { FactQuery } from './fact-query.js';

/** Releases of the period by their publication, each with the first correction of it. */
export const releaseFacts = (query: FactQuery): string =>
  `SELECT i.id AS incident_id, NULL::uuid AS item_id, s.number || ' ' || s.title AS subject, s.published_at AS at, left(i.jurisdiction, 6) AS county, s.body_id,
          (extract(epoch FROM date_trunc('milliseconds', o.at) - date_trunc('milliseconds', s.published_at)) * 1000)::float8 AS corrected_ms
     FROM statements s JOIN ${query.cases()} i ON i.id = s.incident_id
     LEFT JOIN (SELECT x.corrects, min(x.published_at) AS at FROM statements x WHERE x.corrects IS NOT NULL AND x.published_at <= ${query.at} GROUP BY x.corrects) o ON o.corrects = s.id
    WHERE s.corrects IS NULL AND ${query.happened('s.published_at')}`;

/** Intervals of continued release that fell due in the period and were kept or have run out. */
export const intervalFacts = (query: FactQuery): string =>
  `SELECT i.id AS incident_id, NULL::uuid AS item_id, c.label AS subject, c.due_at AS at, left(i.jurisdiction, 6) AS county, c.body_id, k.stopped AND c.state_at <= c.due_at AS kept
     FROM response_clocks c JOIN ${query.cases()} i ON i.id = c.incident_id
     CROSS JOIN LATERAL (SELECT coalesce(c.state IN ('met', 'metLate') AND c.state_at <= ${query.at}, false) AS stopped) k
    WHERE c.act = 'continuingRelease' AND NOT c.drill AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable') AND ${query.within('c.due_at')} AND (k.stopped OR c.due_at < ${query.at})`;

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
