import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import type { FactQuery } from './facts/fact-query.js';
import { answeredFacts, confirmedFacts } from './facts/overview.js';
import type { Period } from './rules/period.js';

/** An answer that is public already: its title, its day and its page. */
export interface PublishedAnswer {
  title: string;
  publishedOn: string;
  link: string;
}

export interface ClassCount {
  category: string;
  detected: number;
  answered: number;
}

@Injectable()
export class PublicStatisticsViews {
  /** Confirmed incidents of the period by category, and how many of them have been answered. No title, body or place. */
  async classes(query: FactQuery): Promise<ClassCount[]> {
    return query.rows<ClassCount>(
      `SELECT f.category, count(*)::int AS detected, count(a.incident_id)::int AS answered
         FROM (${confirmedFacts(query)}) f LEFT JOIN (${answeredFacts(query)}) a ON a.incident_id = f.incident_id GROUP BY f.category ORDER BY f.category`,
    );
  }

  /** Answers whose publication on a registered channel was proven in the period, newest first. */
  async answers(tx: Transaction, period: Period, limit: number): Promise<PublishedAnswer[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const evidence = tx.visible('evidence', parameters);
    const statements = tx.visible('statements', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    return tx.query<PublishedAnswer>(
      `SELECT s.title, to_char(max(e.published_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "publishedOn", min(e.url) AS link
         FROM ${evidence} e JOIN ${statements} s ON s.id = e.statement_id JOIN ${incidents} i ON i.id = e.incident_id
        WHERE NOT i.drill AND e.state = 'proven' AND e.url IS NOT NULL AND s.state = 'published'
          AND e.published_at >= ${bind(new Date(period.from))} AND e.published_at < ${bind(new Date(period.to))}
        GROUP BY s.id, s.title ORDER BY max(e.published_at) DESC, s.title LIMIT ${bind(limit)}`,
      parameters,
    );
  }
}
