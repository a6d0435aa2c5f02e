import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import type { IncidentListRow } from './incident-list.views.js';
import { INCIDENT_COLUMNS } from './incidents.store.js';

/** An incident and its next deadline. */
export type IncidentWithDeadline = Omit<IncidentListRow, 'sortKeys'>;

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
  /** Since when the original is known to have been taken away; null while it is there, or was not looked at. */
  originalGoneSince: Date | null;
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
  async find(tx: Transaction, id: string): Promise<IncidentWithDeadline> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    parameters.push(id);
    const row = await tx.one<IncidentWithDeadline>(
      `SELECT ${INCIDENT_COLUMNS}, d.next_due_at AS "nextDueAt", d.next_act AS "nextAct", coalesce(d.overdue_count, 0) AS "overdueCount", d.first_overdue_at AS "firstOverdueAt",
              b.name AS "leadBodyName"
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
              m.content_sha256 AS "contentSha256", o.gone_since AS "originalGoneSince", l.relation, l.score, a.category, a.reasons
         FROM ${links} l JOIN items m ON m.id = l.item_id LEFT JOIN item_analyses a ON a.item_id = m.id
              LEFT JOIN originals o ON o.item_id = m.id AND o.state = 'gone'
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
