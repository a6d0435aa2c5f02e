import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';

/** Everything that a paper on one incident prints (快报, 专报). */
export interface IncidentPaper {
  incident: {
    id: string;
    number: string;
    title: string;
    state: string;
    category: string;
    grade: string;
    gradeBasis: string;
    heatLevel: string;
    heatScore: number;
    jurisdiction: string;
    occurredAt: Date | null;
    firstPublicAt: Date | null;
    detectedAt: Date;
    itemCount: number;
    leadBodyName: string | null;
    drill: boolean;
  };
  /** The text that stands for the incident; personal data were masked on entry. */
  source: { name: string; channel: string; region: string | null; url: string | null; at: Date; title: string; body: string; sha256: string } | null; // prettier-ignore
  channels: { channel: string; items: number; sources: number; firstAt: Date; lastAt: Date }[];
  /** Items of each day, in their order. */
  days: { day: string; items: number }[];
  /** The first texts of each channel. */
  voices: { channel: string; source: string; title: string; at: Date; url: string | null }[];
  orders: { number: string; bodyName: string; role: string; task: string; dispatchedAt: Date; acknowledgedAt: Date | null; verifiedAt: Date | null }[]; // prettier-ignore
  statements: { number: string; title: string; state: string; publishedAt: Date | null; url: string | null; bodyName: string }[]; // prettier-ignore
  clocks: { label: string; act: string; force: string; state: string; bodyName: string | null; dueAt: Date; stateAt: Date | null }[]; // prettier-ignore
  steps: { step: string; number: string | null; at: Date; state: string; bodyName: string | null }[];
  conferences: { at: Date | null; state: string; place: string | null }[];
}

const MAX = { channels: 30, days: 400, voices: 5, orders: 50, statements: 30, clocks: 60, steps: 30 };

@Injectable()
export class IncidentPaperViews {
  /** Reads it inside the scope; 404 outside. */
  async read(tx: Transaction, id: string): Promise<IncidentPaper> {
    const incident = await this.incident(tx, id);
    const of = <Row extends object>(sql: string) => tx.query<Row>(sql, [id]);
    // What hangs on a visible incident is visible with it: the first query has asked.
    const items = `incident_items l JOIN items m ON m.id = l.item_id WHERE l.incident_id = $1 AND l.relation = 'confirmed'`;
    return {
      incident,
      source: await this.source(tx, id),
      channels: await of(
        `SELECT m.channel, count(*)::int AS items, count(DISTINCT m.source_id)::int AS sources, min(coalesce(m.published_at, m.received_at)) AS "firstAt", max(coalesce(m.published_at, m.received_at)) AS "lastAt"
           FROM ${items} GROUP BY m.channel ORDER BY items DESC, m.channel LIMIT ${MAX.channels}`,
      ),
      days: await of(
        `SELECT to_char(coalesce(m.published_at, m.received_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, count(*)::int AS items FROM ${items} GROUP BY 1 ORDER BY 1 LIMIT ${MAX.days}`,
      ),
      voices: await of(
        `SELECT v.channel, v.source_name AS source, v.title, v.at, v.url FROM (
           SELECT m.channel, m.source_name, CASE m.title WHEN '' THEN left(m.body, 80) ELSE m.title END AS title, coalesce(m.published_at, m.received_at) AS at, m.url,
                  row_number() OVER (PARTITION BY m.channel ORDER BY coalesce(m.published_at, m.received_at), m.id) AS n FROM ${items}) v WHERE v.n <= ${MAX.voices} ORDER BY v.channel, v.at`,
      ),
      orders: await of(
        `SELECT a.number, coalesce(b.name, a.body_id) AS "bodyName", a.role, a.task, a.dispatched_at AS "dispatchedAt", a.acknowledged_at AS "acknowledgedAt", a.verified_at AS "verifiedAt"
           FROM assignments a LEFT JOIN bodies b ON b.id = a.body_id WHERE a.incident_id = $1 AND a.state NOT IN ('returned', 'withdrawn') ORDER BY a.dispatched_at, a.number LIMIT ${MAX.orders}`,
      ),
      statements: await of(
        `SELECT s.number, s.title, s.state, s.published_at AS "publishedAt", (SELECT e.url FROM evidence e WHERE e.statement_id = s.id AND e.state = 'proven' AND e.url IS NOT NULL ORDER BY e.published_at LIMIT 1) AS url,
                coalesce(b.name, s.body_id) AS "bodyName" FROM statements s LEFT JOIN bodies b ON b.id = s.body_id WHERE s.incident_id = $1 AND s.state <> 'withdrawn' ORDER BY s.created_at LIMIT ${MAX.statements}`,
      ),
      clocks: await of(
        `SELECT c.label, c.act, c.force, c.state, b.name AS "bodyName", c.due_at AS "dueAt", c.state_at AS "stateAt" FROM response_clocks c LEFT JOIN bodies b ON b.id = c.body_id
          WHERE c.incident_id = $1 AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable') ORDER BY c.due_at, c.label LIMIT ${MAX.clocks}`,
      ),
      steps: await of(
        `SELECT e.step, e.number, coalesce(e.issued_at, e.at) AS at, e.state, b.name AS "bodyName" FROM escalations e LEFT JOIN bodies b ON b.id = e.addressee_body_id
          WHERE e.incident_id = $1 AND e.state NOT IN ('proposed', 'dismissed', 'withdrawn') AND e.step <> 'notice' ORDER BY 3 LIMIT ${MAX.steps}`,
      ),
      conferences: await of(
        `SELECT coalesce(p.held_at, p.planned_at) AS at, p.state, p.place FROM press_conferences p WHERE p.incident_id = $1 AND p.state <> 'cancelled' ORDER BY 1`,
      ),
    };
  }

  private async incident(tx: Transaction, id: string): Promise<IncidentPaper['incident']> {
    const parameters: unknown[] = [];
    const visible = tx.visible('incidents', parameters);
    parameters.push(id);
    const row = await tx.one<IncidentPaper['incident']>(
      `SELECT i.id, i.number, i.title, i.state, i.category, i.grade, i.grade_basis AS "gradeBasis", i.heat_level AS "heatLevel", i.heat_score AS "heatScore", i.jurisdiction, i.occurred_at AS "occurredAt",
              i.first_public_at AS "firstPublicAt", i.detected_at AS "detectedAt", i.item_count AS "itemCount", b.name AS "leadBodyName", i.drill
         FROM ${visible} i LEFT JOIN bodies b ON b.id = i.lead_body_id WHERE i.id = $${parameters.length}`,
      parameters,
    );
    if (row === undefined) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    return row;
  }

  private async source(tx: Transaction, id: string): Promise<IncidentPaper['source']> {
    const row = await tx.one<NonNullable<IncidentPaper['source']>>(
      `SELECT m.source_name AS name, m.channel, m.region, m.url, coalesce(m.published_at, m.received_at) AS at, m.title, m.body, m.content_sha256 AS sha256
         FROM items m WHERE m.id = coalesce((SELECT i.representative_item_id FROM incidents i WHERE i.id = $1),
                (SELECT l.item_id FROM incident_items l WHERE l.incident_id = $1 AND l.relation = 'confirmed' ORDER BY l.linked_at, l.item_id LIMIT 1))`,
      [id],
    );
    return row ?? null;
  }
}
