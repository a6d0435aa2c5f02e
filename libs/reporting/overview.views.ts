import { Injectable } from '@nestjs/common';
import { type Dimension, topicFacts, TOTAL_FACTS, type TotalName, TOTALS } from './facts/overview.js';
import type { FactQuery } from './facts/fact-query.js';

export type Totals = Record<TotalName, number>;

/** New incidents of a period by one of their properties (by topic an incident may count twice), or its items by channel. */
export interface Breakdown {
  dimension: Exclude<Dimension, 'source'>;
  key: string;
  count: number;
}

@Injectable()
export class OverviewViews {
  async totals(query: FactQuery): Promise<Totals> {
    const counts = TOTALS.map((name) => `(SELECT count(*) FROM (${TOTAL_FACTS[name](query)}) f)::int AS "${name}"`);
    return (await query.rows<Totals>(`SELECT ${counts.join(', ')}`))[0]!;
  }

  async breakdown(query: FactQuery): Promise<Breakdown[]> {
    const sets = {
      detected: 'GROUPING SETS ((f.category), (f.grade), (f.heat_level), (f.county))',
      items: 'f.channel',
    };
    return query.rows<Breakdown>(
      `SELECT * FROM (
         SELECT CASE WHEN grouping(f.category) = 0 THEN 'category' WHEN grouping(f.grade) = 0 THEN 'grade' WHEN grouping(f.heat_level) = 0 THEN 'heat' ELSE 'jurisdiction' END AS dimension,
                coalesce(f.category, f.grade, f.heat_level, f.county) AS key, count(*)::int AS count FROM (${TOTAL_FACTS.detected(query)}) f GROUP BY ${sets.detected}
         UNION ALL SELECT 'topic', f.topic, count(*)::int FROM (${topicFacts(query)}) f GROUP BY f.topic
         UNION ALL SELECT 'channel', f.channel, count(*)::int FROM (${TOTAL_FACTS.items(query)}) f GROUP BY ${sets.items}) parts
        ORDER BY dimension, count DESC, key`,
    );
  }
}
