import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import type { Period } from './rules/period.js';

/** An important case with its clocks. */
export interface ImportantCase {
  id: string;
  number: string;
  title: string;
  state: string;
  category: string;
  grade: string;
  gradeBasis: string;
  heatLevel: string;
  jurisdiction: string;
  detectedAt: Date;
  leadBodyName: string | null;
  itemCount: number;
  clocks: { label: string; force: string; state: string; dueAt: Date; stateAt: Date | null }[];
}

/** A claim that is false or suspected to be, and its clarification. */
export interface RumourRow {
  id: string;
  number: string;
  title: string;
  category: string;
  detectedAt: Date;
  clarifiedAt: Date | null;
  link: string | null;
}

/** What lies ahead: a conference, an update that was promised, a step of the ladder. */
export interface OutlookRow {
  kind: 'conference' | 'update' | 'ladder';
  at: Date;
  incidentId: string;
  incidentNumber: string;
  title: string;
  detail: string | null;
}

/** The gravest first; what hangs on a case is read for those that are shown, not for all that were looked at. */
const GRAVEST = `array_position(ARRAY['I', 'II', 'III', 'IV'], i.grade) NULLS LAST, i.heat_level, i.detected_at DESC`;
const OURS = `NOT i.drill AND i.state NOT IN ('rejected', 'merged', 'outOfArea')`;

@Injectable()
export class CasesViews {
  /** Graded I to III or hot I to II; new in the period or still open. The gravest first. */
  async important(tx: Transaction, period: Period, limit: number): Promise<ImportantCase[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const [from, to] = [bind(new Date(period.from)), bind(new Date(period.to))];
    type Raw = Omit<ImportantCase, 'clocks'> & {
      clocks: (Omit<ImportantCase['clocks'][number], 'dueAt' | 'stateAt'> & {
        dueAt: string;
        stateAt: string | null;
      })[];
    };
    const rows = await tx.query<Raw>(
      `SELECT i.id, i.number, i.title, i.state, i.category, i.grade, i.grade_basis AS "gradeBasis", i.heat_level AS "heatLevel", i.jurisdiction, i.detected_at AS "detectedAt",
              b.name AS "leadBodyName", i.item_count AS "itemCount", k.clocks
         FROM (SELECT i.* FROM ${incidents} i
                WHERE ${OURS} AND (i.grade IN ('I', 'II', 'III') OR i.heat_level IN ('I', 'II')) AND i.detected_at < ${to} AND (i.detected_at >= ${from} OR i.closed_at IS NULL)
                ORDER BY ${GRAVEST} LIMIT ${bind(limit)}) i
         LEFT JOIN bodies b ON b.id = i.lead_body_id
         LEFT JOIN LATERAL (
           SELECT coalesce(jsonb_agg(jsonb_build_object('label', c.label, 'force', c.force, 'state', c.state, 'dueAt', c.due_at, 'stateAt', c.state_at) ORDER BY c.due_at, c.label), '[]') AS clocks
             FROM response_clocks c WHERE c.incident_id = i.id AND c.scope = 'public' AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable')) k ON true
        ORDER BY ${GRAVEST}`,
      parameters,
    );
    const at = (text: string | null) => (text === null ? null : new Date(text));
    return rows.map((row) => ({
      ...row,
      clocks: row.clocks.map((clock) => ({ ...clock, dueAt: new Date(clock.dueAt), stateAt: at(clock.stateAt) })),
    }));
  }

  /** Claims detected or clarified in the period, as `report_cases` has them. */
  async rumours(tx: Transaction, period: Period, limit: number): Promise<RumourRow[]> {
    const parameters: unknown[] = [];
    const cases = tx.visible('report_cases', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const [from, to] = [bind(new Date(period.from)), bind(new Date(period.to))];
    return tx.query<RumourRow>(
      `SELECT i.id, i.number, i.title, i.category, i.detected_at AS "detectedAt", k.answered_at AS "clarifiedAt", e.url AS link
         FROM (SELECT i.incident_id, i.answered_at FROM ${cases} i
                WHERE ${OURS} AND i.category IN ('C7', 'C7-suspected') AND ((i.detected_at >= ${from} AND i.detected_at < ${to}) OR (i.answered_at >= ${from} AND i.answered_at < ${to}))
                ORDER BY i.detected_at DESC LIMIT ${bind(limit)}) k
         JOIN incidents i ON i.id = k.incident_id
         LEFT JOIN LATERAL (SELECT x.url FROM evidence x WHERE x.incident_id = i.id AND x.state = 'proven' AND x.url IS NOT NULL ORDER BY x.published_at LIMIT 1) e ON true
        ORDER BY i.detected_at DESC`,
      parameters,
    );
  }

  /** Dates from `asOf` to `until`, in their order. They are few, so they come first and their visible incidents after them. */
  async outlook(tx: Transaction, asOf: Date, until: Date, limit: number): Promise<OutlookRow[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const [from, to] = [bind(asOf), bind(until)];
    return tx.query<OutlookRow>(
      `WITH ahead AS MATERIALIZED (SELECT d.* FROM (
         SELECT 'conference' AS kind, p.planned_at AS at, p.incident_id, p.place AS detail FROM press_conferences p WHERE p.state IN ('planned', 'announced')
         UNION ALL SELECT 'update', s.next_update_at, s.incident_id, s.title FROM statements s WHERE s.next_update_at IS NOT NULL AND s.state = 'published'
         UNION ALL SELECT 'ladder', l.at, l.incident_id, l.step FROM ladder_plans l) d WHERE d.at > ${from} AND d.at <= ${to})
       SELECT d.kind, d.at, i.id AS "incidentId", i.number AS "incidentNumber", i.title, d.detail
         FROM ahead d JOIN ${incidents} i ON i.id = d.incident_id
        WHERE ${OURS} ORDER BY d.at, i.number LIMIT ${bind(limit)}`,
      parameters,
    );
  }
}
