import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import type { FactQuery } from './facts/fact-query.js';
import { hotlineFacts } from './facts/hotline.js';
import type { HotlineGroup } from './rules/hotline-words.js';
import type { Period } from './rules/period.js';

/** A matter that many callers share: the incident that their orders were joined to. */
export interface HotTopic {
  incidentId: string;
  incidentNumber: string;
  title: string;
  category: string;
  jurisdiction: string;
  orders: number;
}

@Injectable()
export class HotlineViews {
  /** Orders received in a period, each in its latest revision, grouped by what they say; drills are never in it. */
  async groups(query: FactQuery): Promise<HotlineGroup[]> {
    const { at } = query;
    const due = `t.due_at IS NOT NULL AND (t.due_at < ${at} OR t.closed_at IS NOT NULL)`;
    return query.rows<HotlineGroup>(
      `SELECT t.request_type AS "requestType", t.satisfaction, t.solved, count(*)::int AS orders, count(t.closed_at)::int AS closed,
              count(*) FILTER (WHERE ${due})::int AS "closeDue", count(*) FILTER (WHERE ${due} AND coalesce(t.closed_at > t.due_at, true))::int AS "closeLate",
              count(t.returned_at)::int AS returned
         FROM (${hotlineFacts(query)}) t GROUP BY t.request_type, t.satisfaction, t.solved ORDER BY 1, 2, 3`,
    );
  }

  /** Incidents with the most orders of the period. */
  async topics(tx: Transaction, period: Period, limit: number): Promise<HotTopic[]> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    const cases = tx.visible('report_cases', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    return tx.query<HotTopic>(
      `SELECT i.id AS "incidentId", i.number AS "incidentNumber", i.title, i.category, i.jurisdiction, k.orders
         FROM (SELECT l.incident_id, count(DISTINCT (m.source_id, m.identity_key))::int AS orders FROM ${items} m JOIN incident_items l ON l.item_id = m.id AND l.relation = 'confirmed'
                WHERE NOT m.drill AND m.kind IN ('call', 'message') AND m.received_at >= ${bind(new Date(period.from))} AND m.received_at < ${bind(new Date(period.to))} GROUP BY l.incident_id) k
         JOIN ${cases} v ON v.incident_id = k.incident_id AND NOT v.drill AND v.state NOT IN ('rejected', 'merged') JOIN incidents i ON i.id = v.incident_id
        ORDER BY k.orders DESC, i.number LIMIT ${bind(limit)}`,
      parameters,
    );
  }
}
