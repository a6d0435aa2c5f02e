import type { FactQuery } from './fact-query.js';

/** Totals of a period; `open` is at its end, or now while it runs. */
export const TOTALS = ['items', 'detected', 'dispatched', 'responded', 'closed', 'open', 'breached'] as const;
export type TotalName = (typeof TOTALS)[number];

/** One row for each thing that counts: incident or item, what it is called, when, and the place and body of its case. */
const ofCase = (at: string): string =>
  `i.id AS incident_id, NULL::uuid AS item_id, '' AS subject, ${at} AS at, left(i.jurisdiction, 6) AS county, i.lead_body_id AS body_id, i.category, i.grade, i.heat_level, i.channel AS source`;

const byInstant = (query: FactQuery, at: string): string =>
  `SELECT ${ofCase(at)} FROM ${query.cases()} i WHERE ${query.happened(at)}`;

/** What each total counts. Items belong to a period by reception, incidents by detection, orders by dispatch, answers by the first of them. */
export const TOTAL_FACTS: Readonly<Record<TotalName, (query: FactQuery) => string>> = {
  items: (query) =>
    `SELECT NULL::uuid AS incident_id, m.id AS item_id, m.title AS subject, m.received_at AS at, left(m.jurisdiction, 6) AS county, NULL AS body_id, m.channel
       FROM ${query.visible('items')} m WHERE NOT m.drill AND ${query.within('m.received_at')}`,
  detected: (query) => byInstant(query, 'i.detected_at'),
  dispatched: (query) =>
    `SELECT a.incident_id, NULL::uuid AS item_id, a.subject, a.at, a.county, a.body_id FROM ${query.acts('order')} a WHERE ${query.within('a.at')}`,
  responded: (query) => byInstant(query, 'i.answered_at'),
  closed: (query) => byInstant(query, 'i.closed_at'),
  open: (query) => {
    const end = query.bind(new Date(Math.min(query.frame.period.to, query.asOf.getTime())));
    return `SELECT ${ofCase('i.detected_at')} FROM ${query.cases()} i WHERE i.detected_at < ${end} AND (i.closed_at IS NULL OR i.closed_at >= ${end})`;
  },
  breached: (query) => byInstant(query, 'i.broken_at'),
};

/** One row for each topic of an incident that was detected in the period (domain R11); an incident may have several or none. */
export const topicFacts = (query: FactQuery): string =>
  `SELECT t.incident_id, NULL::uuid AS item_id, '' AS subject, t.detected_at AS at, left(t.jurisdiction, 6) AS county, t.lead_body_id AS body_id, t.topic
     FROM ${query.topics()} t WHERE ${query.happened('t.detected_at')}`;

/** Properties by which new incidents and items are counted apart: of which facts, and the column of each. */
export const DIMENSIONS = {
  category: { facts: TOTAL_FACTS.detected, column: 'f.category' },
  grade: { facts: TOTAL_FACTS.detected, column: 'f.grade' },
  heat: { facts: TOTAL_FACTS.detected, column: 'f.heat_level' },
  jurisdiction: { facts: TOTAL_FACTS.detected, column: 'f.county' },
  source: { facts: TOTAL_FACTS.detected, column: 'f.source' },
  topic: { facts: topicFacts, column: 'f.topic' },
  channel: { facts: TOTAL_FACTS.items, column: 'f.channel' },
} as const satisfies Record<string, { facts: (query: FactQuery) => string; column: string }>;
export type Dimension = keyof typeof DIMENSIONS;

/** Incidents of a category that was detected in the period and has been answered by the time of the data. */
export const answeredFacts = (query: FactQuery): string =>
  `SELECT ${ofCase('i.detected_at')} FROM ${query.cases()} i WHERE ${query.within('i.detected_at')} AND i.state <> 'proposed' AND i.answered_at <= ${query.at}`;
/** All of them that are confirmed. */
export const confirmedFacts = (query: FactQuery): string =>
  `SELECT ${ofCase('i.detected_at')} FROM ${query.cases()} i WHERE ${query.within('i.detected_at')} AND i.state <> 'proposed'`;

/** False or suspected claims that were answered in the period, and how long after their detection. */
export const clarificationFacts = (query: FactQuery): string =>
  `SELECT ${ofCase('i.answered_at')}, (extract(epoch FROM date_trunc('milliseconds', i.answered_at) - date_trunc('milliseconds', i.detected_at)) * 1000)::float8 AS ms
     FROM ${query.cases()} i WHERE i.category IN ('C7', 'C7-suspected') AND ${query.happened('i.answered_at')}`;

/** Spans in which an order was signed for, in minutes (judgement: a quarter, half, one and two hours). */
export const SIGN_FOR_SPANS = [15, 30, 60, 120] as const;

/** One row for each order of the period with the span in which it was signed for: its upper bound in minutes, `more` or `none`. */
export const signForFacts = (query: FactQuery): string => {
  const waited = 'extract(epoch FROM a.done_at - a.at)';
  const spans = SIGN_FOR_SPANS.map((minutes) => `WHEN ${waited} <= ${minutes * 60} THEN '${minutes}'`);
  return `SELECT a.incident_id, NULL::uuid AS item_id, a.subject, a.at, a.county, a.body_id,
          CASE WHEN a.done_at IS NULL OR a.done_at > ${query.at} THEN 'none' ${spans.join(' ')} ELSE 'more' END AS span
     FROM ${query.acts('order')} a WHERE ${query.happened('a.at')}`;
};
