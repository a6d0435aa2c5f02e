import { Injectable } from '@nestjs/common';
import { effectFacts } from './facts/effects.js';
import type { FactQuery } from './facts/fact-query.js';
import type { SumKey } from './facts/sums.views.js';

/** A case that a bulletin names, with why. */
export interface Example {
  incidentId: string;
  number: string;
  title: string;
  bodyName: string | null;
  score: number;
  /** Elements that the statement lacks, and grounds that were upheld (YW18 二(四)). */
  missing: string[];
  grounds: string[];
}

export interface ExampleTerms {
  count: number;
  goodFrom: number;
  badBelow: number;
}

@Injectable()
export class EffectsViews {
  /** Sums of the scores of the period, over everything, each county and each department. */
  async sums(query: FactQuery): Promise<(Omit<SumKey, 'which'> & { sum: number; count: number })[]> {
    return query.rows(
      `SELECT CASE WHEN grouping(f.county) = 0 THEN 'county' WHEN grouping(f.body_id) = 0 THEN 'body' ELSE 'whole' END AS unit,
              CASE WHEN grouping(f.county) = 0 THEN f.county WHEN grouping(f.body_id) = 0 THEN f.body_id END AS id, sum(f.score)::float8 AS sum, count(*)::int AS count
         FROM (${effectFacts(query)}) f GROUP BY GROUPING SETS ((), (f.county), (f.body_id)) HAVING count(*) > 0`,
    );
  }

  /** The best or the worst cases of the period by their score; equal scores in order of the number. */
  async examples(query: FactQuery, which: 'good' | 'bad', terms: ExampleTerms): Promise<Example[]> {
    const limit = query.bind(which === 'good' ? terms.goodFrom : terms.badBelow);
    return query.rows<Example>(
      `SELECT k.incident_id AS "incidentId", i.number, i.title, b.name AS "bodyName", k.score,
              ARRAY(SELECT jsonb_array_elements_text(coalesce(v.result->'missingElements', '[]'))) AS missing,
              ARRAY(SELECT g->>'ground' FROM jsonb_array_elements(v.grounds) g WHERE g->>'decision' = 'upheld') AS grounds
         FROM (SELECT f.* FROM (${effectFacts(query)}) f WHERE f.score ${which === 'good' ? '>=' : '<'} ${limit}::float8) k JOIN incidents i ON i.id = k.incident_id
         JOIN effect_evaluations v ON v.incident_id = k.incident_id LEFT JOIN bodies b ON b.id = i.lead_body_id
        ORDER BY k.score ${which === 'good' ? 'DESC' : 'ASC'}, i.number LIMIT ${query.bind(terms.count)}`,
    );
  }
}
