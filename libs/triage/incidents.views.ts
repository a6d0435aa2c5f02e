import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import type { Incident } from './contract.js';
import { INCIDENT_COLUMNS } from './incidents.store.js';

/** A row of the incident list: the incident and its next deadline. */
export interface IncidentListRow extends Incident {
  nextDueAt: Date | null;
  nextAct: string | null;
  overdueCount: number;
  firstOverdueAt: Date | null;
  leadBodyName: string | null;
  sortKey: string;
}

export const INCIDENT_SORTS = ['deadline', 'newest', 'heat', 'grade'] as const;
export type IncidentSort = (typeof INCIDENT_SORTS)[number];

export interface IncidentFilter {
  state?: string[];
  category?: string[];
  grade?: string[];
  body?: string;
  jurisdiction?: string;
  overdue?: boolean;
  drill?: boolean;
  snoozed?: boolean;
  q?: string;
  sort: IncidentSort;
  limit: number;
  after?: { key: string; id: string };
}

/** Each sort as one text key that grows in the order of the list, so that one cursor form serves all. */
const SORT_KEY: Record<IncidentSort, string> = {
  deadline: `to_char(coalesce(d.first_overdue_at, d.next_due_at, 'infinity'::timestamptz) AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')`,
  newest: `to_char(10000000000000 - extract(epoch FROM i.detected_at) * 1000, 'FM00000000000000')`,
  heat: `to_char(1000 - i.heat_score, 'FM0000.0000')`,
  grade: `CASE i.grade WHEN 'I' THEN '1' WHEN 'II' THEN '2' WHEN 'III' THEN '3' WHEN 'IV' THEN '4' ELSE '5' END`,
};

/** What came in of one incident, for its page. */
export interface IncidentItemView {
  id: string;
  title: string;
  body: string;
  url: string | null;
  kind: string;
  sourceName: string;
  channel: string;
  publishedAt: Date | null;
  receivedAt: Date;
  contentSha256: string;
  relation: string;
  score: number | null;
  category: string | null;
  reasons: unknown;
}

/** One line of the incident's history, straight from the ledger. */
export interface TimelineEntry {
  id: string;
  at: Date;
  type: string;
  actorKind: string;
  actorName: string;
  actorDuty: string | null;
  reason: string | null;
  rule: string | null;
  payload: Record<string, unknown>;
}

@Injectable()
export class IncidentsViews {
  async list(tx: Transaction, filter: IncidentFilter): Promise<IncidentListRow[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const where = conditions(filter, bind);
    const key = SORT_KEY[filter.sort];
    if (filter.after !== undefined)
      where.push(`(${key}, i.id) > (${bind(filter.after.key)}, ${bind(filter.after.id)}::uuid)`);
    return tx.query<IncidentListRow>(
      `SELECT ${INCIDENT_COLUMNS}, d.next_due_at AS "nextDueAt", d.next_act AS "nextAct", coalesce(d.overdue_count, 0) AS "overdueCount", d.first_overdue_at AS "firstOverdueAt",
              b.name AS "leadBodyName", ${key} AS "sortKey"
         FROM ${incidents} i LEFT JOIN incident_deadlines d ON d.incident_id = i.id LEFT JOIN bodies b ON b.id = i.lead_body_id
        ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${key}, i.id LIMIT ${bind(filter.limit)}`,
      parameters,
    );
  }

  /** Counts by state, and how many are overdue: the tiles above the list. */
  async counts(tx: Transaction): Promise<{ state: string; n: number; overdue: number }[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    return tx.query(
      `SELECT i.state, count(*)::int AS n, count(*) FILTER (WHERE d.overdue_count > 0)::int AS overdue
         FROM ${incidents} i LEFT JOIN incident_deadlines d ON d.incident_id = i.id GROUP BY i.state`,
      parameters,
    );
  }

  async find(tx: Transaction, id: string): Promise<IncidentListRow> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    parameters.push(id);
    const row = await tx.one<IncidentListRow>(
      `SELECT ${INCIDENT_COLUMNS}, d.next_due_at AS "nextDueAt", d.next_act AS "nextAct", coalesce(d.overdue_count, 0) AS "overdueCount", d.first_overdue_at AS "firstOverdueAt",
              b.name AS "leadBodyName", '' AS "sortKey"
         FROM ${incidents} i LEFT JOIN incident_deadlines d ON d.incident_id = i.id LEFT JOIN bodies b ON b.id = i.lead_body_id WHERE i.id = $${parameters.length}`,
      parameters,
    );
    if (row === undefined) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    return row;
  }

  async items(tx: Transaction, incidentId: string, limit: number): Promise<IncidentItemView[]> {
    const parameters: unknown[] = [];
    const links = tx.visible('incident_items', parameters);
    parameters.push(incidentId, limit);
    return tx.query<IncidentItemView>(
      `SELECT m.id, m.title, m.body, m.url, m.kind, m.source_name AS "sourceName", m.channel, m.published_at AS "publishedAt", m.received_at AS "receivedAt",
              m.content_sha256 AS "contentSha256", l.relation, l.score, a.category, a.reasons
         FROM ${links} l JOIN items m ON m.id = l.item_id LEFT JOIN item_analyses a ON a.item_id = m.id
        WHERE l.incident_id = $${parameters.length - 1} ORDER BY m.received_at LIMIT $${parameters.length}`,
      parameters,
    );
  }

  async timeline(tx: Transaction, incidentId: string, limit: number): Promise<TimelineEntry[]> {
    const parameters: unknown[] = [];
    const entries = tx.visible('ledger_entries', parameters);
    parameters.push(incidentId, limit);
    return tx.query<TimelineEntry>(
      `SELECT e.id, e.at, e.type, e.actor_kind AS "actorKind", e.actor_name AS "actorName", e.actor_duty AS "actorDuty", e.reason, e.rule, e.payload
         FROM ${entries} e WHERE e.incident_id = $${parameters.length - 1} ORDER BY e.at DESC, e.id DESC LIMIT $${parameters.length}`,
      parameters,
    );
  }
}

function conditions(filter: IncidentFilter, bind: (value: unknown) => string): string[] {
  const where: string[] = [];
  if (filter.state !== undefined) where.push(`i.state = ANY(${bind(filter.state)}::text[])`);
  if (filter.category !== undefined) where.push(`i.category = ANY(${bind(filter.category)}::text[])`);
  if (filter.grade !== undefined) where.push(`i.grade = ANY(${bind(filter.grade)}::text[])`);
  if (filter.body !== undefined) where.push(`${bind([filter.body])}::text[] <@ i.body_ids`);
  if (filter.jurisdiction !== undefined) where.push(`i.jurisdiction = ${bind(filter.jurisdiction)}`);
  if (filter.overdue !== undefined)
    where.push(filter.overdue ? 'd.overdue_count > 0' : 'coalesce(d.overdue_count, 0) = 0');
  if (filter.drill !== undefined) where.push(`i.drill = ${bind(filter.drill)}`);
  if (filter.snoozed !== true) where.push('(i.snoozed_until IS NULL OR i.snoozed_until <= huiying_now())');
  if (filter.q !== undefined)
    where.push(`(i.title ILIKE ${bind(`%${escapeLike(filter.q)}%`)} OR i.number = ${bind(filter.q)})`);
  return where;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
