import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import type { ConductFacts } from './rules/conduct-rates.js';
import type { Period } from './rules/period.js';

/** What the conduct rates count besides orders, which the bulletin counts. */
export type ConductRows = Omit<ConductFacts, 'dispatched' | 'returned' | 'returnsUpheld' | 'clarificationDelaysMs'>;

const OURS = `NOT i.drill AND i.state NOT IN ('rejected', 'merged', 'outOfArea')`;

@Injectable()
export class IndicatorsViews {
  /** Releases by their publication, with the first correction of each, intervals of continued release by their due, closed incidents by their closing. */
  async conduct(tx: Transaction, period: Period, asOf: Date): Promise<ConductRows> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const statements = tx.visible('statements', parameters);
    const corrections = tx.visible('statements', parameters);
    const clocks = tx.visible('response_clocks', parameters);
    const ledger = tx.visible('ledger_entries', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const [from, to, at] = [bind(new Date(period.from)), bind(new Date(period.to)), bind(asOf)];
    const within = (column: string) => `${column} >= ${from} AND ${column} < ${to} AND ${column} <= ${at}`;
    const row = await tx.one<{
      releases: number;
      delays: number[];
      due: number;
      kept: number;
      closed: { closedAt: number; reopenedAt: number | null }[];
    }>(
      `WITH cases AS MATERIALIZED (SELECT i.id, i.closed_at FROM ${incidents} i WHERE ${OURS}),
            released AS (SELECT s.id, s.corrects, s.published_at FROM ${statements} s JOIN cases ON cases.id = s.incident_id WHERE s.published_at IS NOT NULL),
            intervals AS (
              SELECT c.state IN ('met', 'metLate') AND c.state_at <= ${at} AS stopped, c.state_at <= c.due_at AS in_time, c.due_at FROM ${clocks} c JOIN cases ON cases.id = c.incident_id
               WHERE c.act = 'continuingRelease' AND NOT c.drill AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable') AND c.due_at >= ${from} AND c.due_at < ${to})
       SELECT (SELECT count(*) FROM released r WHERE r.corrects IS NULL AND ${within('r.published_at')})::int AS releases,
              (SELECT coalesce(array_agg(d.ms), '{}') FROM (
                 SELECT (extract(epoch FROM min(o.published_at) - r.published_at) * 1000)::float8 AS ms FROM released r JOIN ${corrections} o ON o.corrects = r.id
                  WHERE r.corrects IS NULL AND ${within('r.published_at')} AND o.published_at <= ${at} GROUP BY r.id, r.published_at) d) AS delays,
              (SELECT count(*) FROM intervals WHERE stopped OR due_at < ${at})::int AS due,
              (SELECT count(*) FROM intervals WHERE stopped AND in_time)::int AS kept,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('closedAt', extract(epoch FROM k.closed_at) * 1000, 'reopenedAt', (
                        SELECT extract(epoch FROM min(e.at)) * 1000 FROM ${ledger} e WHERE e.incident_id = k.id AND e.type = 'incident.reopened' AND e.at > k.closed_at AND e.at <= ${at}))), '[]')
                 FROM (SELECT id, closed_at FROM cases WHERE closed_at IS NOT NULL
                       UNION ALL SELECT e.incident_id, e.at FROM ${ledger} e JOIN cases ON cases.id = e.incident_id WHERE e.type = 'closeOut.struckOff' AND cases.closed_at IS NULL) k
                WHERE ${within('k.closed_at')}) AS closed`,
      parameters,
    );
    return {
      releases: row!.releases,
      correctionDelaysMs: row!.delays,
      intervalsDue: row!.due,
      intervalsKept: row!.kept,
      closed: row!.closed,
    };
  }
}
