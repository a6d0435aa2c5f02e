import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { jurisdictionPattern } from '#platform/database/scope.js';
import type { Frame } from './outcomes.views.js';

/** Counts of one body in one place over a period; they add up to those of counties, departments and the whole. */
export interface BodyCounts {
  bodyId: string;
  bodyName: string;
  bodyKind: string;
  jurisdiction: string;
  dispatched: number;
  returned: number;
  returnsUpheld: number;
  signDue: number;
  signInTime: number;
  feedbackDue: number;
  feedbackInTime: number;
  reminders: number;
  supervisions: number;
  referrals: number;
}

@Injectable()
export class BulletinViews {
  /**
   * Orders dispatched, signed for, fed back, returned, and acts of the ladder, of each body and the place of its case,
   * as they stood at `asOf`. Orders and acts belong to the period by their own instant, signing and feedback by their due.
   */
  async counts(tx: Transaction, { period, place }: Frame, asOf: Date): Promise<BodyCounts[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const assignments = tx.visible('assignments', parameters);
    const clocks = tx.visible('response_clocks', parameters);
    const escalations = tx.visible('escalations', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const [from, to, at] = [bind(new Date(period.from)), bind(new Date(period.to)), bind(asOf)];
    const within = (column: string) => `${column} >= ${from} AND ${column} < ${to} AND ${column} <= ${at}`;
    const here = place === undefined ? '' : `AND i.jurisdiction LIKE ${bind(jurisdictionPattern(place))}`;
    return tx.query<BodyCounts>(
      `WITH cases AS (SELECT i.id, i.jurisdiction FROM ${incidents} i WHERE NOT i.drill AND i.state NOT IN ('rejected', 'merged', 'outOfArea') ${here}),
       counted AS (
         SELECT a.body_id, a.incident_id, 1 AS dispatched, (a.return_request IS NOT NULL)::int AS returned, (a.return_request IS NOT NULL AND a.state = 'returned')::int AS upheld,
                0 AS sign_due, 0 AS sign_ok, 0 AS feedback_due, 0 AS feedback_ok, 0 AS reminders, 0 AS supervisions, 0 AS referrals
           FROM ${assignments} a WHERE a.role <> 'copy' AND ${within('a.dispatched_at')}
         UNION ALL
         SELECT c.body_id, c.incident_id, 0, 0, 0, (c.act = 'signFor')::int, (c.act = 'signFor' AND k.ok)::int, (c.act <> 'signFor')::int, (c.act <> 'signFor' AND k.ok)::int, 0, 0, 0
           FROM ${clocks} c
           CROSS JOIN LATERAL (SELECT coalesce(c.state IN ('met', 'metLate') AND c.state_at <= ${at}, false) AS stopped) s
           CROSS JOIN LATERAL (SELECT s.stopped AND c.state_at <= c.due_at AS ok) k
          WHERE c.scope = 'inner' AND c.act IN ('signFor', 'verificationFeedback', 'handlingFeedback') AND c.force = 'limit' AND c.body_id IS NOT NULL AND NOT c.drill
            AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable', 'overdueAtUpgrade') AND c.due_at >= ${from} AND c.due_at < ${to} AND (s.stopped OR c.due_at < ${at})
         UNION ALL
         SELECT e.addressee_body_id, e.incident_id, 0, 0, 0, 0, 0, 0, 0, (e.step = 'reminder')::int, (e.step = 'supervision')::int, (e.step = 'accountabilityReferral')::int
           FROM ${escalations} e WHERE NOT e.drill AND e.addressee_body_id IS NOT NULL AND e.state NOT IN ('proposed', 'dismissed', 'withdrawn') AND ${within('coalesce(e.issued_at, e.at)')})
       SELECT x.body_id AS "bodyId", coalesce(b.name, x.body_id) AS "bodyName", coalesce(b.kind, '') AS "bodyKind", cases.jurisdiction, sum(x.dispatched)::int AS dispatched,
              sum(x.returned)::int AS returned, sum(x.upheld)::int AS "returnsUpheld", sum(x.sign_due)::int AS "signDue", sum(x.sign_ok)::int AS "signInTime",
              sum(x.feedback_due)::int AS "feedbackDue", sum(x.feedback_ok)::int AS "feedbackInTime", sum(x.reminders)::int AS reminders,
              sum(x.supervisions)::int AS supervisions, sum(x.referrals)::int AS referrals
         FROM counted x JOIN cases ON cases.id = x.incident_id LEFT JOIN bodies b ON b.id = x.body_id
        GROUP BY x.body_id, b.name, b.kind, cases.jurisdiction ORDER BY x.body_id, cases.jurisdiction`,
      parameters,
    );
  }
}
