import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { jurisdictionPattern } from '#platform/database/scope.js';
import type { ReportedIncident, ResponseLimits } from './rules/response-rates.js';
import type { Period } from './rules/period.js';

/** By which instant an incident belongs to a period. Every report declares it. */
export type Membership = 'due' | 'dispatched';

/** What a report covers. `place` narrows the scope of the transaction to one jurisdiction (a city covers its counties). */
export interface Frame {
  period: Period;
  membership: Membership;
  place?: string;
}

/** An incident that asks for a public response, with its own limits and what the tables of a report group it by. */
export interface OutcomeRow extends ReportedIncident {
  number: string;
  title: string;
  jurisdiction: string;
  leadBodyId: string | null;
  eventOccurredAt: number | null;
  detectedAt: number;
  limits: ResponseLimits;
  overdueAtUpgrade: boolean;
}

interface Raw {
  id: string;
  number: string;
  title: string;
  jurisdiction: string;
  leadBodyId: string | null;
  occurredAt: Date | null;
  detectedAt: Date;
  fast: boolean;
  startedAt: Date;
  targetDue: Date | null;
  releaseDue: Date | null;
  conferenceDue: Date | null;
  responseDue: Date | null;
  releasedAt: Date | null;
  heldAt: Date | null;
  responseBroken: boolean;
  overdueAtUpgrade: boolean;
}

/** Acts by which the public is answered, and the conference. Continued release is judged apart. */
const RESPONSE_ACTS = `'firstRelease', 'makeupRelease', 'publicResponse', 'pressConference'`;
const FAST_ACTS = `'firstRelease', 'makeupRelease', 'pressConference'`;
const STOPPED = `c.state IN ('met', 'metLate')`;
/** What fell away binds nobody; what was over at an upgrade is shown apart (domain 10, 4). */
const BINDING = `c.state NOT IN ('superseded', 'cancelled', 'notApplicable', 'overdueAtUpgrade')`;

@Injectable()
export class OutcomesViews {
  /**
   * Incidents of a period that ask for a public response. By `due` it holds those whose last limit falls due in the
   * period, by `dispatched` those sent out in it. Drills and what was rejected, merged or elsewhere are never in it.
   */
  async ofPeriod(tx: Transaction, { period, membership, place }: Frame): Promise<OutcomeRow[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const clocks = tx.visible('response_clocks', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const within = (column: string) =>
      `${column} >= ${bind(new Date(period.from))} AND ${column} < ${bind(new Date(period.to))}`;
    const rows = await tx.query<Raw>(
      `WITH judged AS (
         SELECT c.incident_id, bool_or(c.act IN (${FAST_ACTS})) AS fast, min(c.started_at) FILTER (WHERE c.act <> 'makeupRelease') AS started_at,
                min(c.due_at) FILTER (WHERE c.act = 'firstRelease' AND c.force = 'target') AS target_due,
                coalesce(max(c.due_at) FILTER (WHERE c.act = 'makeupRelease' AND ${BINDING}), min(c.due_at) FILTER (WHERE c.act = 'firstRelease' AND c.force = 'limit' AND ${BINDING})) AS release_due,
                max(c.due_at) FILTER (WHERE c.act = 'pressConference' AND c.force = 'limit' AND ${BINDING}) AS conference_due,
                max(c.due_at) FILTER (WHERE c.act = 'publicResponse' AND c.force = 'limit' AND ${BINDING}) AS response_due,
                max(c.due_at) FILTER (WHERE c.force = 'limit') AS last_due,
                min(c.state_at) FILTER (WHERE ${STOPPED} AND c.act <> 'pressConference') AS released_at,
                min(c.state_at) FILTER (WHERE ${STOPPED} AND c.act = 'pressConference') AS held_at,
                coalesce(bool_or(c.act = 'publicResponse' AND c.state IN ('overdue', 'metLate')), false) AS response_broken,
                bool_or(c.state = 'overdueAtUpgrade') AS at_upgrade
           FROM ${clocks} c
          WHERE c.scope = 'public' AND c.act IN (${RESPONSE_ACTS}) AND NOT c.drill AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable')
          GROUP BY c.incident_id)
       SELECT i.id, i.number, i.title, i.jurisdiction, i.lead_body_id AS "leadBodyId", i.occurred_at AS "occurredAt", i.detected_at AS "detectedAt", j.fast,
              coalesce(j.started_at, i.detected_at) AS "startedAt", j.target_due AS "targetDue", j.release_due AS "releaseDue", j.conference_due AS "conferenceDue",
              j.response_due AS "responseDue", j.released_at AS "releasedAt", j.held_at AS "heldAt", j.response_broken AS "responseBroken", j.at_upgrade AS "overdueAtUpgrade"
         FROM judged j JOIN ${incidents} i ON i.id = j.incident_id
        WHERE NOT i.drill AND i.state NOT IN ('rejected', 'merged', 'outOfArea') AND ${membership === 'due' ? within('j.last_due') : within('i.dispatched_at')}${place === undefined ? '' : ` AND i.jurisdiction LIKE ${bind(jurisdictionPattern(place))}`}
        ORDER BY i.detected_at, i.id`,
      parameters,
    );
    return rows.map(outcomeOf);
  }

  /** From detection to the first answer of each false or suspected claim that was answered in the period, in milliseconds. */
  async clarifications(tx: Transaction, { period, place }: Omit<Frame, 'membership'>, asOf: Date): Promise<number[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const clocks = tx.visible('response_clocks', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const rows = await tx.query<{ ms: number }>(
      `SELECT (extract(epoch FROM k.at - i.detected_at) * 1000)::float8 AS ms
         FROM ${incidents} i
         JOIN (SELECT c.incident_id, min(c.state_at) AS at FROM ${clocks} c
                WHERE ${STOPPED} AND c.scope = 'public' AND c.act IN ('firstRelease', 'makeupRelease', 'publicResponse') AND NOT c.drill GROUP BY c.incident_id) k ON k.incident_id = i.id
        WHERE NOT i.drill AND i.category IN ('C7', 'C7-suspected') AND i.state NOT IN ('rejected', 'merged', 'outOfArea') AND k.at >= ${bind(new Date(period.from))}
          AND k.at < ${bind(new Date(period.to))} AND k.at <= ${bind(asOf)}${place === undefined ? '' : ` AND i.jurisdiction LIKE ${bind(jurisdictionPattern(place))}`}`,
      parameters,
    );
    return rows.map(({ ms }) => ms);
  }
}

function outcomeOf(row: Raw): OutcomeRow {
  const startedAt = row.startedAt.getTime();
  const after = (due: Date | null) => (due === null ? null : due.getTime() - startedAt);
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    jurisdiction: row.jurisdiction,
    leadBodyId: row.leadBodyId,
    eventOccurredAt: row.occurredAt?.getTime() ?? null,
    detectedAt: row.detectedAt.getTime(),
    class: row.fast ? 'fast' : 'other',
    startedAt,
    firstReleaseAt: row.releasedAt?.getTime() ?? null,
    conferenceAt: row.heldAt?.getTime() ?? null,
    breachStands: row.fast && row.responseBroken,
    overdueAtUpgrade: row.overdueAtUpgrade,
    limits: {
      targetMs: after(row.targetDue),
      releaseMs: after(row.releaseDue),
      conferenceMs: after(row.conferenceDue),
      responseMs: after(row.responseDue),
    },
  };
}
