import type { FactQuery } from './fact-query.js';

/** Evaluations of the period by the instant at which they were made, each with its score. An evaluation counts for the leading body. */
export const effectFacts = (query: FactQuery): string =>
  `SELECT i.id AS incident_id, NULL::uuid AS item_id, '' AS subject, v.evaluated_at AS at, left(i.jurisdiction, 6) AS county,
          CASE WHEN b.kind IN ('division', 'town') THEN NULL ELSE i.lead_body_id END AS body_id, (v.result->>'score')::float8 AS score
     FROM ${query.visible('effect_evaluations')} v JOIN ${query.cases()} i ON i.id = v.incident_id LEFT JOIN bodies b ON b.id = i.lead_body_id
    WHERE ${query.happened('v.evaluated_at')}`;
