import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import type { FactQuery } from './facts/fact-query.js';
import { answeredFacts, confirmedFacts } from './facts/overview.js';
import type { Period } from './rules/period.js';
import { walking } from './walk.js';

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
    const [from, to] = [bind(new Date(period.from)), bind(new Date(period.to))];
    const proven = (e: string) =>
      `${e}.state = 'proven' AND ${e}.url IS NOT NULL AND ${e}.published_at >= ${from} AND ${e}.published_at < ${to}`;
    // Walks the index of publications from the newest on until the page is full: each statement stands at its last one.
    const sql = `SELECT s.title, to_char(e.published_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "publishedOn",
              (SELECT min(o.url) FROM evidence o WHERE o.statement_id = s.id AND ${proven('o')}) AS link
         FROM ${evidence} e JOIN ${statements} s ON s.id = e.statement_id JOIN ${incidents} i ON i.id = e.incident_id
        WHERE NOT i.drill AND s.state = 'published' AND ${proven('e')}
          AND NOT EXISTS (SELECT 1 FROM evidence o WHERE o.statement_id = s.id AND ${proven('o')} AND (o.published_at, o.id) > (e.published_at, e.id))
        ORDER BY e.published_at DESC, s.title LIMIT ${bind(limit)}`;
    return walking(tx, () => tx.query<PublishedAnswer>(sql, parameters));
  }
}
