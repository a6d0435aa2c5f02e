import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
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
  /** New incidents of the period by category, and how many of them have been answered. No title, body or place. */
  async classes(tx: Transaction, period: Period, asOf: Date): Promise<ClassCount[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const clocks = tx.visible('response_clocks', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    return tx.query<ClassCount>(
      `SELECT i.category, count(*)::int AS detected, count(k.incident_id)::int AS answered
         FROM ${incidents} i
         LEFT JOIN (SELECT DISTINCT c.incident_id FROM ${clocks} c
                     WHERE c.state IN ('met', 'metLate') AND c.state_at <= ${bind(asOf)} AND c.scope = 'public' AND c.act IN ('firstRelease', 'makeupRelease', 'publicResponse')) k ON k.incident_id = i.id
        WHERE NOT i.drill AND i.state NOT IN ('proposed', 'rejected', 'merged', 'outOfArea') AND i.detected_at >= ${bind(new Date(period.from))} AND i.detected_at < ${bind(new Date(period.to))}
        GROUP BY i.category ORDER BY i.category`,
      parameters,
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
