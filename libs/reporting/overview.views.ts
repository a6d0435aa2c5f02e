import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import type { Period } from './rules/period.js';

/** Totals of a period; `open` is at its end, or now while it runs. */
export const TOTALS = ['items', 'detected', 'dispatched', 'responded', 'closed', 'open', 'breached'] as const;
export type Totals = Record<(typeof TOTALS)[number], number>;

/** New incidents of a period by one of their properties, or its items by channel. */
export interface Breakdown {
  dimension: 'category' | 'grade' | 'heat' | 'jurisdiction' | 'channel';
  key: string;
  count: number;
}

/** States of what is no case of ours. */
const NOT_OURS = `('rejected', 'merged', 'outOfArea')`;

@Injectable()
export class OverviewViews {
  async totals(tx: Transaction, period: Period, asOf: Date): Promise<Totals> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    const incidents = tx.visible('incidents', parameters);
    const orders = tx.visible('assignments', parameters);
    const clocks = tx.visible('response_clocks', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const end = new Date(Math.min(period.to, asOf.getTime()));
    const [from, to, at] = [bind(new Date(period.from)), bind(new Date(period.to)), bind(end)];
    const within = (column: string) => `${column} >= ${from} AND ${column} < ${to}`;
    const row = await tx.one<Totals>(
      `WITH cases AS MATERIALIZED (SELECT i.id, i.detected_at, i.closed_at FROM ${incidents} i WHERE NOT i.drill AND i.state NOT IN ${NOT_OURS}),
            stops AS (
              SELECT c.incident_id, min(c.state_at) FILTER (WHERE c.state IN ('met', 'metLate') AND c.act IN ('firstRelease', 'makeupRelease', 'publicResponse')) AS answered_at,
                     min(c.due_at) FILTER (WHERE c.force = 'limit' AND c.state IN ('overdue', 'metLate')) AS broken_at
                FROM ${clocks} c WHERE NOT c.drill AND c.scope = 'public' GROUP BY c.incident_id)
       SELECT (SELECT count(*) FROM ${items} m WHERE NOT m.drill AND ${within('m.received_at')})::int AS items,
              (SELECT count(*) FROM cases WHERE ${within('detected_at')})::int AS detected,
              (SELECT count(*) FROM ${orders} a JOIN cases ON cases.id = a.incident_id WHERE a.role <> 'copy' AND ${within('a.dispatched_at')})::int AS dispatched,
              (SELECT count(*) FROM stops s JOIN cases ON cases.id = s.incident_id WHERE ${within('s.answered_at')})::int AS responded,
              (SELECT count(*) FROM cases WHERE ${within('closed_at')})::int AS closed,
              (SELECT count(*) FROM cases WHERE detected_at < ${at} AND (closed_at IS NULL OR closed_at >= ${at}))::int AS open,
              (SELECT count(*) FROM stops s JOIN cases ON cases.id = s.incident_id WHERE ${within('s.broken_at')})::int AS breached`,
      parameters,
    );
    return row!;
  }

  async breakdown(tx: Transaction, period: Period): Promise<Breakdown[]> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    const incidents = tx.visible('incidents', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const [from, to] = [bind(new Date(period.from)), bind(new Date(period.to))];
    return tx.query<Breakdown>(
      `WITH cases AS MATERIALIZED (
         SELECT i.category, i.grade, i.heat_level, left(i.jurisdiction, 6) AS place FROM ${incidents} i
          WHERE NOT i.drill AND i.state NOT IN ${NOT_OURS} AND i.detected_at >= ${from} AND i.detected_at < ${to})
       SELECT * FROM (
         SELECT 'category' AS dimension, category AS key, count(*)::int AS count FROM cases GROUP BY category
         UNION ALL SELECT 'grade', grade, count(*)::int FROM cases GROUP BY grade
         UNION ALL SELECT 'heat', heat_level, count(*)::int FROM cases GROUP BY heat_level
         UNION ALL SELECT 'jurisdiction', place, count(*)::int FROM cases GROUP BY place
         UNION ALL SELECT 'channel', m.channel, count(*)::int FROM ${items} m WHERE NOT m.drill AND m.received_at >= ${from} AND m.received_at < ${to} GROUP BY m.channel) parts
        ORDER BY dimension, count DESC, key`,
      parameters,
    );
  }
}
