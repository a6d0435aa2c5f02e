import type { FactQuery } from './fact-query.js';

/** Milliseconds between two instants; null when one is missing or lies after the time of the data. */
const msBetween = (from: string, to: string): string =>
  `CASE WHEN ${to} <= at THEN (extract(epoch FROM date_trunc('milliseconds', ${to}) - date_trunc('milliseconds', ${from})) * 1000)::float8 END`;

/** Whether a limit was kept: null while that is open, or when it is not asked. */
const kept = (stop: string, due: string): string =>
  `CASE WHEN ${due} IS NULL THEN NULL WHEN ${stop} <= at THEN ${stop} <= ${due} WHEN at > ${due} THEN false END`;

/**
 * One row for each incident that asks for a public response: how `rules/response-rates.ts` judges it, in SQL. By `due` an
 * incident belongs to the period in which its last limit falls due, by `dispatched` to that in which it was sent out.
 * The two are held against each other over random cases in test/integration/report-figures.spec.ts.
 */
export function outcomeFacts(query: FactQuery): string {
  const instant = query.frame.membership === 'due' ? 'i.last_due' : 'i.dispatched_at';
  const members = `
    SELECT i.id AS incident_id, left(i.jurisdiction, 6) AS county, CASE WHEN b.kind IN ('division', 'town') THEN NULL ELSE i.lead_body_id END AS body_id,
           i.occurred_at, i.detected_at, ${query.which(instant)} AS which, ${instant} AS member_at, ${query.at}::timestamptz AS at, i.fast, coalesce(i.started_at, i.detected_at) AS started_at,
           i.fast AND i.response_broken AS breach_stands, i.at_upgrade, i.target_due, CASE WHEN i.fast THEN i.release_due ELSE i.response_due END AS answer_due,
           CASE WHEN i.fast THEN i.conference_due END AS conference_due, i.released_at, i.held_at
      FROM ${query.cases()} i LEFT JOIN bodies b ON b.id = i.lead_body_id
     WHERE i.judged AND ${query.within(instant)}`;
  const judged = `
    SELECT m.*, coalesce(m.released_at <= at, false) AS answered, ${kept('m.released_at', 'm.answer_due')} AS release_kept, ${kept('m.held_at', 'm.conference_due')} AS conference_kept,
           CASE WHEN m.fast THEN ${kept('m.released_at', 'm.target_due')} END AS target_met,
           ${msBetween('m.started_at', 'm.released_at')} AS first_ms, ${msBetween('m.occurred_at', 'm.released_at')} AS legal_ms, ${msBetween('m.detected_at', 'm.released_at')} AS assessment_ms
      FROM (${members}) m`;
  return `
    SELECT j.which, j.incident_id, j.county, j.body_id, j.member_at AS at, j.answered, j.answered OR j.release_kept IS FALSE AS counted, j.target_met, j.conference_kept, j.at_upgrade, j.first_ms, j.legal_ms, j.assessment_ms,
           CASE WHEN j.breach_stands OR j.release_kept IS FALSE OR j.conference_kept IS FALSE THEN false
                WHEN j.answer_due IS NULL AND j.conference_due IS NULL THEN NULL
                WHEN (j.answer_due IS NOT NULL AND j.release_kept IS NULL) OR (j.conference_due IS NOT NULL AND j.conference_kept IS NULL) THEN NULL
                ELSE true END AS on_time
      FROM (${judged}) j WHERE j.which IS NOT NULL`;
}

/** The rows behind each figure of `outcomeFacts`: numerator (`.n`), denominator (`.d`) or the values of a span. */
export const OUTCOME_FIGURES: Readonly<Record<string, string>> = {
  'responded.n': 'f.answered',
  'responded.d': 'f.counted',
  'onTime.n': 'f.on_time',
  'onTime.d': 'f.on_time IS NOT NULL',
  'targetMet.n': 'f.target_met',
  'targetMet.d': 'f.target_met IS NOT NULL',
  'conferenceOnTime.n': 'f.conference_kept',
  'conferenceOnTime.d': 'f.conference_kept IS NOT NULL',
  firstResponse: 'f.first_ms IS NOT NULL',
  legalTime: 'f.legal_ms IS NOT NULL',
  assessmentTime: 'f.assessment_ms IS NOT NULL',
  overdueAtUpgrade: 'f.at_upgrade',
};
