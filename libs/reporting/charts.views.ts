import { Injectable } from '@nestjs/common';
import { closingFacts } from './facts/conduct.js';
import type { FactQuery } from './facts/fact-query.js';
import { OUTCOME_FIGURES, outcomeFacts } from './facts/outcomes.js';
import { signForFacts, TOTAL_FACTS } from './facts/overview.js';

/** What the charts of the supervisor draw: counts over the facts of the reports. */
@Injectable()
export class ChartsViews {
  /** New incidents of each day, by the channel of the text that stands for them. */
  async trend(query: FactQuery): Promise<{ day: string; source: string; n: number }[]> {
    return query.rows(
      `SELECT to_char(f.at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, f.source, count(*)::int AS n FROM (${TOTAL_FACTS.detected(query)}) f GROUP BY 1, 2 ORDER BY 1, 2`,
    );
  }

  /** On time, of those decided, in each of the periods of the query. */
  async onTime(query: FactQuery): Promise<{ which: number; n: number; d: number }[]> {
    return query.rows(
      `SELECT f.which, count(*) FILTER (WHERE ${OUTCOME_FIGURES['onTime.n']!})::int AS n, count(*) FILTER (WHERE ${OUTCOME_FIGURES['onTime.d']!})::int AS d FROM (${outcomeFacts(query)}) f GROUP BY f.which ORDER BY f.which`,
      { whole: true },
    );
  }

  /** Orders by the span in which they were signed for. */
  async signFor(query: FactQuery): Promise<{ span: string; n: number }[]> {
    return query.rows(`SELECT f.span, count(*)::int AS n FROM (${signForFacts(query)}) f GROUP BY f.span`, {
      whole: true,
    });
  }

  /** Opened again within thirty days, of those closed, in each of the periods of the query. */
  async reopened(query: FactQuery): Promise<{ which: number; n: number; d: number }[]> {
    return query.rows(
      `SELECT g.which, count(*) FILTER (WHERE g.reopened)::int AS n, count(*)::int AS d FROM (SELECT f.reopened, ${query.which('f.at')} AS which FROM (${closingFacts(query)}) f) g WHERE g.which IS NOT NULL GROUP BY g.which ORDER BY g.which`,
      { whole: true },
    );
  }
}
