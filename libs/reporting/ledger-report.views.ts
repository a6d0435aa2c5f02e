import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import type { Period } from './rules/period.js';

/** One line of the 台账: an incident and one body that has to do with it (domain 7.6). Null is not, or not yet. */
export interface LedgerReportRow {
  incidentId: string;
  assignmentId: string | null;
  /** Detection to the microsecond, as the order of the ledger knows it; `detectedAt` is what is shown. */
  position: string;
  number: string;
  title: string;
  sources: string | null;
  firstPublicAt: Date | null;
  detectedAt: Date;
  category: string;
  grade: string;
  gradeBasis: string;
  heatLevel: string;
  disposition: string[];
  jurisdiction: string;
  state: string;
  role: string | null;
  bodyId: string | null;
  bodyName: string | null;
  /** The name of who signed for the order. */
  responsible: string | null;
  dispatchedAt: Date | null;
  acknowledgedAt: Date | null;
  verifiedAt: Date | null;
  reportedAt: Date | null;
  firstReportAt: Date | null;
  releasedAt: Date | null;
  conferenceAt: Date | null;
  respondedAt: Date | null;
  /** Limits of this body, or of nobody in particular, in words: `48小时内予以回应 2026-11-28 09:00`. */
  limits: string | null;
  overdueCount: number;
  /** The longest overdue span in milliseconds; 0 in time. */
  lateMs: number;
  lateReasons: string | null;
  links: string | null;
  measures: string | null;
  standard: string | null;
  rectifiedBy: string | null;
  rectifiedAt: string | null;
  acceptedBy: string | null;
  acceptedAt: string | null;
  struckOffBy: string | null;
  struckOffAt: string | null;
  reminders: number;
  supervisions: number;
  referrals: number;
  overdueAtUpgrade: boolean;
}

/** The place of a row in the order of the ledger: detection, incident, order. */
export interface LedgerPosition {
  detectedAt: string;
  incidentId: string;
  assignmentId: string;
}

const NO_ASSIGNMENT = '00000000-0000-0000-0000-000000000000';
/** Clocks that count: what was superseded or cancelled binds nobody. */
const LIVE = `c.state NOT IN ('superseded', 'cancelled', 'notApplicable')`;

export const positionOf = (row: LedgerReportRow): LedgerPosition => ({
  detectedAt: row.position,
  incidentId: row.incidentId,
  assignmentId: row.assignmentId ?? NO_ASSIGNMENT,
});

@Injectable()
export class LedgerReportViews {
  /**
   * One page of the ledger in order of detection; drills are never in it. Incidents belong to the period in which they
   * were detected. A page takes its incidents from an index, of which each gives a row at least, and reads what hangs on
   * its own rows only, so memory and time stay flat over any period.
   */
  async page(
    tx: Transaction,
    { period, limit, after }: { period: Period; limit: number; after?: LedgerPosition },
  ): Promise<LedgerReportRow[]> {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const visible = {
      incidents: tx.visible('incidents', parameters),
      assignments: tx.visible('assignments', parameters),
      clocks: tx.visible('response_clocks', parameters),
      links: tx.visible('incident_items', parameters),
      reports: tx.visible('reports_up', parameters),
      evidence: tx.visible('evidence', parameters),
      closeOuts: tx.visible('close_outs', parameters),
      escalations: tx.visible('escalations', parameters),
    };
    const assignment = `coalesce(a.id, '${NO_ASSIGNMENT}'::uuid)`;
    let [from, beyond] = ['', ''];
    if (after !== undefined) {
      const incident = `${bind(after.detectedAt)}::timestamptz, ${bind(after.incidentId)}::uuid`;
      from = `AND i.detected_at >= ${bind(after.detectedAt)}::timestamptz AND (i.detected_at, i.id) >= (${incident})`;
      beyond = `WHERE (i.detected_at, i.id, ${assignment}) > (${incident}, ${bind(after.assignmentId)}::uuid)`;
    }
    const within = `i.detected_at >= ${bind(new Date(period.from))} AND i.detected_at < ${bind(new Date(period.to))}`;
    return tx.query<LedgerReportRow>(
      `WITH page AS MATERIALIZED (
         SELECT i.*, a.id AS assignment_id, a.role, a.body_id, a.dispatched_at AS ordered_at, a.acknowledged_at, a.verified_at, a.reported_at
           FROM (SELECT i.* FROM ${visible.incidents} i WHERE NOT i.drill AND ${within} ${from} ORDER BY i.detected_at, i.id LIMIT ${bind(limit + 1)}) i
           LEFT JOIN LATERAL (SELECT a.* FROM ${visible.assignments} a WHERE a.incident_id = i.id AND a.role <> 'copy') a ON true ${beyond}
          ORDER BY i.detected_at, i.id, ${assignment} LIMIT ${bind(limit)})
       SELECT p.id AS "incidentId", p.assignment_id AS "assignmentId", p.number, p.title, s.sources, p.first_public_at AS "firstPublicAt", to_char(p.detected_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position, p.detected_at AS "detectedAt",
              p.category, p.grade, p.grade_basis AS "gradeBasis", p.heat_level AS "heatLevel", p.disposition, p.jurisdiction, p.state, p.role, p.body_id AS "bodyId",
              b.name AS "bodyName", n.name AS responsible, coalesce(p.ordered_at, p.dispatched_at) AS "dispatchedAt", p.acknowledged_at AS "acknowledgedAt",
              p.verified_at AS "verifiedAt", p.reported_at AS "reportedAt", r.at AS "firstReportAt",
              k.released AS "releasedAt", k.held AS "conferenceAt", k.responded AS "respondedAt", k.limits, k.overdue AS "overdueCount", k.late_ms AS "lateMs",
              k.reasons AS "lateReasons", k.at_upgrade AS "overdueAtUpgrade", v.links,
              coalesce(o.rectified->>'measures', o.rectified->>'note') AS measures, o.rectified->>'standard' AS standard,
              coalesce(o.rectified->>'name', o.rectified->>'by') AS "rectifiedBy", o.rectified->>'at' AS "rectifiedAt",
              coalesce(o.accepted->>'name', o.accepted->>'by') AS "acceptedBy", o.accepted->>'at' AS "acceptedAt",
              coalesce(o.struck_off->>'name', o.struck_off->>'by') AS "struckOffBy", o.struck_off->>'at' AS "struckOffAt",
              e.reminders, e.supervisions, e.referrals
         FROM page p
         LEFT JOIN bodies b ON b.id = p.body_id
         LEFT JOIN ${visible.closeOuts} o ON o.incident_id = p.id
         LEFT JOIN LATERAL (
           SELECT l.actor_name AS name FROM ledger_entries l WHERE l.incident_id = p.id AND l.type = 'assignment.acknowledged' AND l.subject_id = p.assignment_id::text ORDER BY l.at DESC LIMIT 1) n ON true
         LEFT JOIN LATERAL (SELECT min(u.sent_at) AS at FROM ${visible.reports} u WHERE u.incident_id = p.id) r ON true
         LEFT JOIN LATERAL (
           SELECT string_agg(DISTINCT m.source_name, '、') AS sources FROM ${visible.links} l JOIN items m ON m.id = l.item_id
            WHERE l.incident_id = p.id AND l.relation = 'confirmed' AND m.source_name <> '') s ON true
         LEFT JOIN LATERAL (
           SELECT string_agg(DISTINCT x.url, ' ') AS links FROM ${visible.evidence} x WHERE x.incident_id = p.id AND x.state IN ('proven', 'altered', 'gone') AND x.url IS NOT NULL) v ON true
         LEFT JOIN LATERAL (
           SELECT min(c.state_at) FILTER (WHERE c.act IN ('firstRelease', 'makeupRelease') AND c.state IN ('met', 'metLate')) AS released,
                  min(c.state_at) FILTER (WHERE c.act = 'pressConference' AND c.state IN ('met', 'metLate')) AS held,
                  min(c.state_at) FILTER (WHERE c.act = 'publicResponse' AND c.state IN ('met', 'metLate')) AS responded,
                  string_agg(c.label || ' ' || to_char(c.due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), '；' ORDER BY c.due_at, c.label) FILTER (WHERE c.force = 'limit') AS limits,
                  count(*) FILTER (WHERE c.force = 'limit' AND c.state IN ('overdue', 'metLate'))::int AS overdue,
                  coalesce(max(extract(epoch FROM coalesce(CASE c.state WHEN 'metLate' THEN c.state_at END, huiying_now()) - c.due_at) * 1000)
                             FILTER (WHERE c.force = 'limit' AND c.state IN ('overdue', 'metLate')), 0)::float8 AS late_ms,
                  string_agg(DISTINCT c.state_reason, '；') FILTER (WHERE c.state IN ('overdue', 'metLate')) AS reasons,
                  coalesce(bool_or(c.state = 'overdueAtUpgrade'), false) AS at_upgrade
             FROM ${visible.clocks} c
            WHERE c.incident_id = p.id AND ${LIVE} AND NOT c.drill
              AND (c.scope = 'public' OR c.assignment_id = p.assignment_id OR (c.assignment_id IS NULL AND (c.body_id IS NULL OR c.body_id = p.body_id)))) k ON true
         LEFT JOIN LATERAL (
           SELECT count(*) FILTER (WHERE x.step = 'reminder')::int AS reminders, count(*) FILTER (WHERE x.step = 'supervision' AND x.issued_at IS NOT NULL)::int AS supervisions,
                  count(*) FILTER (WHERE x.step = 'accountabilityReferral' AND x.issued_at IS NOT NULL)::int AS referrals
             FROM ${visible.escalations} x WHERE x.incident_id = p.id AND NOT x.drill AND x.state <> 'withdrawn' AND (x.addressee_body_id IS NULL OR p.body_id IS NULL OR x.addressee_body_id = p.body_id)) e ON true
        ORDER BY p.detected_at, p.id, coalesce(p.assignment_id, '${NO_ASSIGNMENT}'::uuid)`,
      parameters,
    );
  }
}
