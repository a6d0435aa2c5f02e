import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';

/** A clock as a sheet prints it. */
export interface SheetClock {
  act: string;
  label: string;
  force: string;
  scope: string;
  state: string;
  dueAt: Date;
  stateAt: Date | null;
  document: string | null;
  article: string | null;
}

/** What stands on an order sheet (交办单, domain 7.4). */
export interface OrderSheet {
  number: string;
  role: string;
  task: string;
  bodyName: string;
  dispatchedAt: Date;
  dispatchedBy: string;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  /** Names as the ledger has them; null where it has no such entry. */
  dispatcherName: string | null;
  signerName: string | null;
  verification: Record<string, unknown> | null;
  incidentId: string;
  incidentNumber: string;
  title: string;
  category: string;
  categories: Record<string, unknown>;
  grade: string;
  gradeBasis: string;
  heatLevel: string;
  heatScore: number;
  detectedAt: Date;
  firstPublicAt: Date | null;
  itemCount: number;
  sourceName: string | null;
  url: string | null;
  content: string | null;
  contentSha256: string | null;
  coBodies: string | null;
  /** Confirmed items of each channel, the most first. */
  spread: { channel: string; items: number }[];
  /** The wording that all bodies share, if there is one. */
  wordingAt: Date | null;
  wordingVersion: number | null;
  drill: boolean;
  clocks: SheetClock[];
}

/** What stands on a 催办单 or 督办单 (domain 7.5). */
export interface EscalationSheet {
  step: string;
  ordinal: number;
  number: string | null;
  reason: string;
  at: Date;
  deadline: Date | null;
  state: string;
  grounds: string[];
  issuedAt: Date | null;
  receivedAt: Date | null;
  receivedBy: string | null;
  bodyName: string | null;
  incidentId: string;
  incidentNumber: string;
  title: string;
  orderNumber: string | null;
  orderedAt: Date | null;
  drill: boolean;
  clockLabel: string | null;
  clockDueAt: Date | null;
  clockStoppedAt: Date | null;
  earlier: { step: string; number: string | null; at: Date; state: string }[];
}

/** Who did it last, by the ledger of the incident, which is visible with it. */
const actor = (type: string, alias: string): string =>
  `LEFT JOIN LATERAL (SELECT l.actor_name AS name FROM ledger_entries l WHERE l.incident_id = i.id AND l.type = '${type}' AND l.subject_id = a.id::text ORDER BY l.at DESC LIMIT 1) ${alias} ON true`;

@Injectable()
export class SheetsViews {
  async order(tx: Transaction, id: string): Promise<OrderSheet> {
    const parameters: unknown[] = [];
    const orders = tx.visible('assignments', parameters);
    const incidents = tx.visible('incidents', parameters);
    const others = tx.visible('assignments', parameters);
    const items = tx.visible('items', parameters);
    const links = tx.visible('incident_items', parameters);
    const wordings = tx.visible('wording_sheets', parameters);
    parameters.push(id);
    const row = await tx.one<Omit<OrderSheet, 'clocks'> & { bodyId: string }>(
      `SELECT a.number, a.role, a.task, a.body_id AS "bodyId", coalesce(b.name, a.body_id) AS "bodyName", a.dispatched_at AS "dispatchedAt", a.dispatched_by AS "dispatchedBy",
              a.acknowledged_at AS "acknowledgedAt", a.acknowledged_by AS "acknowledgedBy", a.verification, i.id AS "incidentId", i.number AS "incidentNumber", i.title, i.category,
              i.categories, i.grade, i.grade_basis AS "gradeBasis", i.heat_level AS "heatLevel", i.heat_score AS "heatScore", i.detected_at AS "detectedAt",
              i.first_public_at AS "firstPublicAt", i.item_count AS "itemCount", i.drill, m.source_name AS "sourceName", m.url, m.body AS content,
              m.content_sha256 AS "contentSha256", o.names AS "coBodies", p.spread, w.updated_at AS "wordingAt", w.version AS "wordingVersion", d.name AS "dispatcherName", g.name AS "signerName"
         FROM ${orders} a JOIN ${incidents} i ON i.id = a.incident_id LEFT JOIN bodies b ON b.id = a.body_id
         LEFT JOIN LATERAL (
           SELECT t.source_name, t.url, t.body, t.content_sha256 FROM ${items} t
            WHERE t.id = coalesce(i.representative_item_id, (SELECT l.item_id FROM ${links} l WHERE l.incident_id = i.id AND l.relation = 'confirmed' ORDER BY l.linked_at, l.item_id LIMIT 1))) m ON true
         LEFT JOIN LATERAL (
           SELECT string_agg(coalesce(c.name, x.body_id) || CASE x.role WHEN 'copy' THEN '（抄送）' ELSE '' END || CASE x.task WHEN '' THEN '' ELSE '：' || x.task END, '；' ORDER BY x.role, x.body_id) AS names
             FROM ${others} x LEFT JOIN bodies c ON c.id = x.body_id
            WHERE x.incident_id = i.id AND x.body_id <> a.body_id AND x.state NOT IN ('returned', 'withdrawn')) o ON true
         LEFT JOIN LATERAL (
           SELECT coalesce(jsonb_agg(jsonb_build_object('channel', n.channel, 'items', n.items) ORDER BY n.items DESC, n.channel), '[]') AS spread
             FROM (SELECT t.channel, count(*) AS items FROM ${links} l JOIN ${items} t ON t.id = l.item_id WHERE l.incident_id = i.id AND l.relation = 'confirmed' GROUP BY t.channel) n) p ON true
         LEFT JOIN ${wordings} w ON w.incident_id = i.id
         ${actor('assignment.dispatched', 'd')} ${actor('assignment.acknowledged', 'g')}
        WHERE a.id = $${parameters.length}`,
      parameters,
    );
    if (row === undefined) throw new DomainError('ASSIGNMENT_NOT_FOUND', 404, 'no such order');
    return { ...row, clocks: await this.clocks(tx, row.incidentId, id, row.bodyId) };
  }

  async escalation(tx: Transaction, id: string): Promise<EscalationSheet> {
    const parameters: unknown[] = [];
    const steps = tx.visible('escalations', parameters);
    const incidents = tx.visible('incidents', parameters);
    const orders = tx.visible('assignments', parameters);
    const clocks = tx.visible('response_clocks', parameters);
    const before = tx.visible('escalations', parameters);
    parameters.push(id);
    const row = await tx.one<
      Omit<EscalationSheet, 'earlier'> & {
        earlier: (Omit<EscalationSheet['earlier'][number], 'at'> & { at: string })[];
      }
    >(
      `SELECT s.step, s.ordinal, s.number, s.reason, s.at, s.deadline, s.state, s.grounds, s.issued_at AS "issuedAt", s.received_at AS "receivedAt", s.received_by AS "receivedBy",
              coalesce(b.name, s.addressee_body_id) AS "bodyName", i.id AS "incidentId", i.number AS "incidentNumber", i.title, s.drill, o.number AS "orderNumber",
              o.dispatched_at AS "orderedAt", c.label AS "clockLabel", c.due_at AS "clockDueAt", CASE WHEN c.state IN ('met', 'metLate') THEN c.state_at END AS "clockStoppedAt", e.earlier
         FROM ${steps} s JOIN ${incidents} i ON i.id = s.incident_id LEFT JOIN bodies b ON b.id = s.addressee_body_id
         LEFT JOIN LATERAL (SELECT a.number, a.dispatched_at FROM ${orders} a WHERE a.incident_id = i.id AND a.body_id = s.addressee_body_id ORDER BY a.dispatched_at DESC LIMIT 1) o ON true
         LEFT JOIN LATERAL (
           SELECT k.label, k.due_at, k.state, k.state_at FROM ${clocks} k
            WHERE k.incident_id = i.id AND k.force = 'limit' AND k.state NOT IN ('superseded', 'cancelled', 'notApplicable')
              AND (k.id = s.clock_id OR (s.clock_id IS NULL AND k.due_at <= s.at AND CASE s.reason WHEN 'feedback' THEN k.act = 'verificationFeedback' WHEN 'handling' THEN k.act = 'handlingFeedback' ELSE k.scope = 'public' END))
            ORDER BY k.due_at DESC LIMIT 1) c ON true
         LEFT JOIN LATERAL (
           SELECT coalesce(jsonb_agg(jsonb_build_object('step', x.step, 'number', x.number, 'at', x.issued_at, 'state', x.state) ORDER BY x.issued_at, x.ordinal), '[]') AS earlier
             FROM ${before} x WHERE x.incident_id = i.id AND x.id <> s.id AND x.issued_at < coalesce(s.issued_at, huiying_now()) AND x.step <> 'notice') e ON true
        WHERE s.id = $${parameters.length}`,
      parameters,
    );
    if (row === undefined) throw new DomainError('ESCALATION_NOT_FOUND', 404, 'no such escalation');
    return { ...row, earlier: row.earlier.map((step) => ({ ...step, at: new Date(step.at) })) };
  }

  /** Public clocks of the incident and the inner ones of one order. */
  private async clocks(
    tx: Transaction,
    incidentId: string,
    assignmentId: string,
    bodyId: string,
  ): Promise<SheetClock[]> {
    const parameters: unknown[] = [];
    const clocks = tx.visible('response_clocks', parameters);
    parameters.push(incidentId, assignmentId, bodyId);
    const n = parameters.length;
    return tx.query<SheetClock>(
      `SELECT c.act, c.label, c.force, c.scope, c.state, c.due_at AS "dueAt", c.state_at AS "stateAt", r.rule->>'document' AS document, r.rule->>'article' AS article
         FROM ${clocks} c
         LEFT JOIN LATERAL (
           SELECT step AS rule FROM jsonb_array_elements(CASE jsonb_typeof(c.computation->'steps') WHEN 'array' THEN c.computation->'steps' ELSE '[]' END) AS step WHERE step->>'step' = 'rule' LIMIT 1) r ON true
        WHERE c.incident_id = $${n - 2} AND c.state NOT IN ('superseded', 'cancelled', 'notApplicable')
          AND (c.scope = 'public' OR c.assignment_id = $${n - 1} OR (c.assignment_id IS NULL AND c.body_id = $${n}))
        ORDER BY c.due_at, c.label`,
      parameters,
    );
  }
}
