import type { FactQuery } from './fact-query.js';

/**
 * One row for each order that was sent out, each due sign-for and feedback, and each act of the ladder, with what it
 * counts for. Orders and acts belong to a period by their own instant, signing and feedback by their due. A row hangs on
 * a body and on the place of its case.
 */
export function dutyFacts(query: FactQuery): string {
  const limit = `f.kind IN ('signFor', 'feedback')`;
  return `
    SELECT f.*, f.kind = 'order' AS dispatched, f.kind = 'signFor' AS sign_due, f.kind = 'signFor' AND f.ok AS sign_ok, f.kind = 'feedback' AS feedback_due, f.kind = 'feedback' AND f.ok AS feedback_ok, f.kind AS step
      FROM (SELECT a.*, ${query.which('a.at')} AS which, coalesce(a.done_at <= ${query.at}, false) AS stopped, coalesce(a.done_at <= ${query.at} AND a.done_at <= a.at, false) AS ok
              FROM ${query.acts('order', 'signFor', 'feedback', 'reminder', 'supervision', 'accountabilityReferral')} a WHERE ${query.within('a.at')}) f
     WHERE f.which IS NOT NULL AND CASE WHEN ${limit} THEN f.stopped OR f.at < ${query.at} ELSE f.at <= ${query.at} END`;
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
