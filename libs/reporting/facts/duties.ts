import type { FactQuery } from './fact-query.js';

/**
 * One row for each order that was sent out, each due sign-for and feedback, and each act of the ladder, with what it
 * counts for. Orders and acts belong to a period by their own instant, signing and feedback by their due. A row hangs on
 * a body and on the place of its case.
 */
export function dutyFacts(query: FactQuery): string {
  const { at } = query;
  const orders = `
    SELECT ${query.which('a.dispatched_at')} AS which, a.body_id, a.incident_id, a.number AS subject, a.dispatched_at AS at, true AS dispatched, a.return_request IS NOT NULL AS returned,
           a.return_request IS NOT NULL AND a.state = 'returned' AS upheld, false AS sign_due, false AS sign_ok, false AS feedback_due, false AS feedback_ok, NULL AS step
      FROM assignments a WHERE a.role <> 'copy' AND ${query.happened('a.dispatched_at')}`;
  const limits = `
    SELECT ${query.which('c.due_at')}, c.body_id, c.incident_id, c.label, c.due_at, false, false, false, c.act = 'signFor', c.act = 'signFor' AND k.ok, c.act <> 'signFor', c.act <> 'signFor' AND k.ok, NULL
      FROM response_clocks c
      CROSS JOIN LATERAL (SELECT coalesce(c.state IN ('met', 'metLate') AND c.state_at <= ${at}, false) AS stopped) s
      CROSS JOIN LATERAL (SELECT s.stopped AND c.state_at <= c.due_at AS ok) k
     WHERE c.scope = 'inner' AND c.act IN ('signFor', 'verificationFeedback', 'handlingFeedback') AND c.force = 'limit' AND c.body_id IS NOT NULL AND NOT c.drill
       AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable', 'overdueAtUpgrade') AND ${query.within('c.due_at')} AND (s.stopped OR c.due_at < ${at})`;
  const acts = `
    SELECT ${query.which('coalesce(e.issued_at, e.at)')}, e.addressee_body_id, e.incident_id, coalesce(e.number, e.step), coalesce(e.issued_at, e.at), false, false, false, false, false, false, false, e.step
      FROM escalations e WHERE NOT e.drill AND e.addressee_body_id IS NOT NULL AND e.state NOT IN ('proposed', 'dismissed', 'withdrawn') AND ${query.happened('coalesce(e.issued_at, e.at)')}`;
  return `
    SELECT x.*, left(i.jurisdiction, 6) AS county FROM (${orders} UNION ALL ${limits} UNION ALL ${acts}) x
      JOIN ${query.cases()} i ON i.id = x.incident_id WHERE x.which IS NOT NULL`;
}

/** The rows behind each figure of `dutyFacts`. */
export const DUTY_FIGURES: Readonly<Record<string, string>> = {
  dispatched: 'f.dispatched',
  'returned.n': 'f.returned',
  'returned.d': 'f.dispatched',
  'returnsUpheld.n': 'f.upheld',
  'returnsUpheld.d': 'f.returned',
  'signedInTime.n': 'f.sign_ok',
  'signedInTime.d': 'f.sign_due',
  'feedbackInTime.n': 'f.feedback_ok',
  'feedbackInTime.d': 'f.feedback_due',
  reminders: `f.step = 'reminder'`,
  supervisions: `f.step = 'supervision'`,
  referrals: `f.step = 'accountabilityReferral'`,
};
