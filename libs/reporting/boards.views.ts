import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { clockColour, savingAct, urgency } from './rules/urgency.js';
import { walking } from './walk.js';

/** A running or broken clock on the overdue list (逾期清单, domain 7.10). */
export interface OverdueRow {
  clockId: string;
  incidentId: string;
  incidentNumber: string;
  incidentTitle: string;
  grade: string;
  heatLevel: string;
  act: string;
  label: string;
  force: string;
  scope: string;
  state: string;
  startedAt: Date;
  dueAt: Date;
  /** The due to the microsecond, as the order of the list knows it. */
  position: string;
  bodyId: string | null;
  bodyName: string | null;
  colour: 'green' | 'yellow' | 'red' | 'purple';
  /** Negative: so long over. Milliseconds. */
  leftMs: number;
  /** What comes next if nobody answers, and who must take it. */
  nextStep: { step: string; at: Date; target: string | null; basis: string | null } | null;
}

/** A clock that runs out within the hour, and what would save it. */
export interface NextHourRow {
  clockId: string;
  incidentId: string;
  incidentNumber: string;
  incidentTitle: string;
  grade: string;
  act: string;
  label: string;
  force: string;
  dueAt: Date;
  bodyId: string | null;
  bodyName: string | null;
  minutesLeft: number;
  /** Clocks that the body has open. */
  load: number;
  urgency: number;
  action: { act: string; label: string };
}

export interface OverdueFilter {
  /** Clocks that run out later are left out. */
  horizon: Date;
  limit: number;
  after?: { dueAt: string; id: string };
}

/** Acts that are watched here; duties of a pack (yearly reports and the like) have no case. */
const RUNNING = `('armed', 'dueSoon', 'overdue')`;
const HOUR_MS = 3_600_000;

@Injectable()
export class BoardsViews {
  /** Broken and running clocks by their due: the longest overdue first, then by the time to breach. Paused ones don't run. */
  async overdue(tx: Transaction, { horizon, limit, after }: OverdueFilter): Promise<OverdueRow[]> {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const incidents = tx.visible('incidents', parameters);
    const start =
      after === undefined ? '' : `AND (c.due_at, c.id) > (${bind(after.dueAt)}::timestamptz, ${bind(after.id)}::uuid)`;
    const now = await tx.now();
    const sql = `SELECT c.id AS "clockId", i.id AS "incidentId", i.number AS "incidentNumber", i.title AS "incidentTitle", i.grade, i.heat_level AS "heatLevel", c.act, c.label, c.force,
              c.scope, c.state, c.started_at AS "startedAt", c.due_at AS "dueAt", to_char(c.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position, c.body_id AS "bodyId", coalesce(b.name, l.name) AS "bodyName", s.step, s.at, s.target, s.basis
         FROM (SELECT c.* FROM response_clocks c JOIN ${incidents} i ON i.id = c.incident_id
                WHERE NOT c.drill AND c.state IN ('armed', 'dueSoon', 'overdue', 'overdueAtUpgrade') AND c.due_at <= ${bind(horizon)} ${start}
                  AND NOT i.drill AND (c.state IN ${RUNNING} OR i.closed_at IS NULL)
                ORDER BY c.due_at, c.id LIMIT ${bind(limit)}) c
         JOIN incidents i ON i.id = c.incident_id LEFT JOIN bodies b ON b.id = c.body_id LEFT JOIN bodies l ON l.id = i.lead_body_id
         LEFT JOIN LATERAL (SELECT p.step, p.at, p.target, p.basis FROM ladder_plans p WHERE p.incident_id = c.incident_id AND p.at > huiying_now() ORDER BY p.at, p.step_key LIMIT 1) s ON true
        ORDER BY c.due_at, c.id`;
    type Raw = Omit<OverdueRow, 'colour' | 'leftMs' | 'nextStep'> & Step;
    const rows = await walking(tx, () => tx.query<Raw>(sql, parameters));
    return rows.map(({ step, at, target, basis, ...row }) => ({
      ...row,
      colour: clockColour(
        { state: row.state, startedAt: row.startedAt.getTime(), dueAt: row.dueAt.getTime() },
        now.getTime(),
      ),
      leftMs: row.dueAt.getTime() - now.getTime(),
      nextStep: step === null || at === null ? null : { step, at, target, basis },
    }));
  }

  /** Clocks that run out within the next hour, the most urgent first, at most `limit`. */
  async nextHour(tx: Transaction, limit: number): Promise<NextHourRow[]> {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const incidents = tx.visible('incidents', parameters);
    const statements = tx.visible('statements', parameters);
    const now = await tx.now();
    const rows = await tx.query<Omit<NextHourRow, 'minutesLeft' | 'urgency' | 'action'> & { statement: string | null }>(
      `WITH running AS MATERIALIZED (
              SELECT c.id, c.incident_id, c.act, c.label, c.force, c.due_at, c.body_id FROM response_clocks c WHERE NOT c.drill AND c.state IN ${RUNNING}),
            open AS MATERIALIZED (SELECT c.*, i.number, i.title, i.grade, i.drill FROM running c JOIN ${incidents} i ON i.id = c.incident_id),
            loads AS (SELECT body_id, count(*)::int AS n FROM open GROUP BY body_id)
       SELECT c.id AS "clockId", c.incident_id AS "incidentId", c.number AS "incidentNumber", c.title AS "incidentTitle", c.grade, c.act, c.label, c.force, c.due_at AS "dueAt",
              c.body_id AS "bodyId", b.name AS "bodyName", coalesce(l.n, 0) AS load, s.state AS statement
         FROM open c LEFT JOIN bodies b ON b.id = c.body_id LEFT JOIN loads l ON l.body_id = c.body_id
         LEFT JOIN LATERAL (
           SELECT t.state FROM ${statements} t WHERE t.incident_id = c.incident_id AND t.state NOT IN ('withdrawn', 'corrected')
            ORDER BY array_position(ARRAY['published', 'approved', 'reviewed', 'submitted', 'draft', 'rejected'], t.state) LIMIT 1) s ON true
        WHERE NOT c.drill AND c.due_at > ${bind(now)} AND c.due_at <= ${bind(new Date(now.getTime() + HOUR_MS))} ORDER BY c.due_at, c.id LIMIT 1000`,
      parameters,
    );
    return rows
      .map(({ statement, ...row }) => {
        const minutesLeft = Math.floor((row.dueAt.getTime() - now.getTime()) / 60_000);
        return {
          ...row,
          minutesLeft,
          urgency: urgency({ ...row, minutesLeft }),
          action: savingAct(row.act, statement),
        };
      })
      .sort((a, b) => b.urgency - a.urgency || a.dueAt.getTime() - b.dueAt.getTime())
      .slice(0, limit);
  }
}

interface Step {
  step: string | null;
  at: Date | null;
  target: string | null;
  basis: string | null;
}
