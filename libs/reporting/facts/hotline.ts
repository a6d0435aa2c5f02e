import { DISSATISFIED, SATISFIED, SOLVED, UNSOLVED } from '../rules/hotline-words.js';
import type { FactQuery } from './fact-query.js';

/** Text of an export that is an instant; anything else is none. */
const time = (key: string): string =>
  `CASE WHEN o.raw->>'${key}' ~ '^20\\d\\d-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d' THEN (o.raw->>'${key}')::timestamptz END`;

/** One row for each order that was received in the period, in its latest revision, with what its export says of it. */
export function hotlineFacts(query: FactQuery): string {
  const at = 'coalesce(m.occurred_at, m.received_at)';
  return `
    SELECT NULL::uuid AS incident_id, o.id AS item_id, o.work_order_number AS subject, o.at, left(o.jurisdiction, 6) AS county, NULL AS body_id, o.request_type, o.raw->>'satisfaction' AS satisfaction,
           o.raw->>'solved' AS solved, ${time('closedAt')} AS closed_at, ${time('dueAt')} AS due_at, o.raw->>'returnedAt' AS returned_at
      FROM (SELECT DISTINCT ON (m.source_id, m.identity_key) m.id, m.work_order_number, ${at} AS at, m.jurisdiction, m.request_type, m.raw FROM ${query.visible('items')} m
             WHERE NOT m.drill AND m.work_order_number IS NOT NULL AND m.kind IN ('call', 'message') AND ${query.within(at)} AND m.received_at <= ${query.at}
             ORDER BY m.source_id, m.identity_key, m.revision DESC) o`;
}

const says = (column: string, ...words: RegExp[]): string =>
  `(${words.map((word) => `f.${column} ~ '${word.source}'`).join(' OR ')})`;
const closeDue = (query: FactQuery): string =>
  `f.due_at IS NOT NULL AND (f.due_at < ${query.at} OR f.closed_at IS NOT NULL)`;

/** The orders behind each figure of the hotline. */
export const HOTLINE_FIGURES: Readonly<Record<string, (query: FactQuery) => string>> = {
  accepted: () => 'true',
  'handled.n': () => 'f.closed_at IS NOT NULL',
  'handled.d': () => 'true',
  'closedInTime.n': (query) => `${closeDue(query)} AND f.closed_at <= f.due_at`,
  'closedInTime.d': closeDue,
  'satisfied.n': () => says('satisfaction', SATISFIED),
  'satisfied.d': () => says('satisfaction', SATISFIED, DISSATISFIED),
  'solved.n': () => says('solved', SOLVED),
  'solved.d': () => says('solved', SOLVED, UNSOLVED),
  'returned.n': () => 'f.returned_at IS NOT NULL',
  'returned.d': () => 'true',
};
