import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Source, SOURCE_COLUMNS } from './sources.store.js';

/** A thing that came in, with its five stamps and hash. */
export interface ItemView {
  id: string;
  kind: string;
  title: string;
  body: string;
  url: string | null;
  sourceId: string;
  sourceName: string;
  channel: string;
  area: string | null;
  revision: number;
  contentSha256: string;
  occurredAt: Date | null;
  publishedAt: Date | null;
  zoneMissing: boolean;
  fetchedAt: Date;
  receivedAt: Date;
  triagedAt: Date | null;
  state: string;
  drill: boolean;
  workOrderNumber: string | null;
  category: string | null;
  decision: string | null;
  incidentId: string | null;
  /** The latest word of a person on it; null while only the rules have spoken. */
  judgedCategory: string | null;
  judgedAt: Date | null;
}

/** An item with everything that stands behind it. */
export interface ItemDetail extends ItemView {
  raw: unknown;
  analysis: unknown;
  provenances: unknown;
  original: unknown;
  watches: unknown;
  evidence: unknown;
}

const ITEM_VIEW = `m.id, m.kind, m.title, m.body, m.url, m.source_id AS "sourceId", m.source_name AS "sourceName", m.channel, m.area, m.revision, m.content_sha256 AS "contentSha256",
  m.occurred_at AS "occurredAt", m.published_at AS "publishedAt", m.zone_missing AS "zoneMissing", m.fetched_at AS "fetchedAt", m.received_at AS "receivedAt", m.triaged_at AS "triagedAt",
  m.state, m.drill, m.work_order_number AS "workOrderNumber", a.category, a.decision, l.incident_id AS "incidentId", j.to_category AS "judgedCategory", j.at AS "judgedAt"`;
const ITEM_JOINS = `LEFT JOIN item_analyses a ON a.item_id = m.id
  LEFT JOIN LATERAL (SELECT incident_id FROM incident_items il WHERE il.item_id = m.id ORDER BY il.relation LIMIT 1) l ON true
  LEFT JOIN LATERAL (SELECT c.to_category, c.at FROM category_corrections c WHERE c.item_id = m.id ORDER BY c.at DESC LIMIT 1) j ON true`;

/** More than this is "very many" to whoever reads the number. */
export const COUNTED_UNSURE = 100;
const LOOKED_AT_UNSURE = 2_000;

export interface ItemFilter {
  sourceId?: string;
  category?: string[];
  /** What triage decided (libs/triage, `ItemDecision`). */
  decision?: string[];
  /** Only those on which a person has, or has not, spoken. */
  judged?: boolean;
  q?: string;
  limit: number;
  before?: { receivedAt: string; id: string };
}

export interface SourceView extends Source {
  itemsLastDay: number;
  rejectedLastDay: number;
  /** Why it is not heard now; null while it is. */
  openGapCause: string | null;
}

@Injectable()
export class IntakeViews {
  async items(tx: Transaction, filter: ItemFilter): Promise<ItemView[]> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const where: string[] = [];
    if (filter.sourceId !== undefined) where.push(`m.source_id = ${bind(filter.sourceId)}`);
    if (filter.category !== undefined) where.push(`a.category = ANY(${bind(filter.category)}::text[])`);
    if (filter.decision !== undefined) where.push(`a.decision = ANY(${bind(filter.decision)}::text[])`);
    if (filter.judged !== undefined) where.push(`j.at IS ${filter.judged ? 'NOT NULL' : 'NULL'}`);
    if (filter.q !== undefined)
      where.push(
        `m.normalised LIKE ${bind(
          `%${filter.q
            .normalize('NFKC')
            .toLowerCase()
            .replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
        )}`,
      );
    if (filter.before !== undefined)
      where.push(
        `(m.received_at, m.id) < (${bind(filter.before.receivedAt)}::timestamptz, ${bind(filter.before.id)}::uuid)`,
      );
    return tx.query<ItemView>(
      `SELECT ${ITEM_VIEW} FROM ${items} m ${ITEM_JOINS} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY m.received_at DESC, m.id DESC LIMIT ${bind(filter.limit)}`,
      parameters,
    );
  }

  /**
   * How many wait in the lane of what triage was unsure of: at most `COUNTED_UNSURE`, of the latest `LOOKED_AT_UNSURE`. Ids grow
   * with time, so that the index of the lane gives the latest first.
   */
  async unsureCount(tx: Transaction): Promise<number> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    const row = await tx.one<{ n: number }>(
      `SELECT count(*)::int AS n FROM (
         SELECT 1 FROM (SELECT a.item_id FROM item_analyses a WHERE a.decision = 'unsure' ORDER BY a.item_id DESC LIMIT ${LOOKED_AT_UNSURE}) latest
          WHERE NOT EXISTS (SELECT 1 FROM category_corrections c WHERE c.item_id = latest.item_id)
            AND EXISTS (SELECT 1 FROM ${items} m WHERE m.id = latest.item_id) LIMIT ${COUNTED_UNSURE}) waiting`,
      parameters,
    );
    return row!.n;
  }

  async item(tx: Transaction, id: string): Promise<ItemDetail> {
    const parameters: unknown[] = [];
    const items = tx.visible('items', parameters);
    parameters.push(id);
    const row = await tx.one<ItemDetail>(
      `SELECT ${ITEM_VIEW}, m.raw, to_jsonb(a) - 'signature' AS analysis,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('sourceId', p.source_id, 'how', p.how, 'seenAt', p.seen_at, 'ground', p.ground, 'url', p.url) ORDER BY p.seen_at), '[]') FROM item_provenances p WHERE p.item_id = m.id) AS provenances,
              (SELECT jsonb_build_object('state', o.state, 'httpStatus', o.http_status, 'checkedAt', o.checked_at, 'goneSince', o.gone_since) FROM originals o WHERE o.item_id = m.id) AS original,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('standardId', w.standard_id, 'bodyId', w.body_id, 'name', d.name, 'version', d.version, 'found', w.found)), '[]')
                 FROM item_watches w LEFT JOIN monitoring_standards d ON d.id = w.standard_id WHERE w.item_id = m.id) AS watches,
              (SELECT jsonb_build_object('sha256', r.sha256, 'fetchedAt', r.fetched_at, 'byteCount', r.byte_count, 'contentType', r.content_type, 'encoding', r.encoding, 'sealed', r.sealed)
                 FROM raw_documents r WHERE r.id = m.raw_document_id) AS evidence
         FROM ${items} m ${ITEM_JOINS} WHERE m.id = $${parameters.length}`,
      parameters,
    );
    if (row === undefined) throw new DomainError('ITEM_NOT_FOUND', 404, 'no such item');
    return row;
  }

  async sources(tx: Transaction): Promise<SourceView[]> {
    const parameters: unknown[] = [];
    const sources =
      tx.scope !== 'system' && tx.scope.purpose === 'administration' ? 'sources' : tx.visible('sources', parameters);
    return tx.query<SourceView>(
      `SELECT ${SOURCE_COLUMNS},
              (SELECT count(*)::int FROM items m WHERE m.source_id = s.id AND m.received_at > huiying_now() - interval '1 day') AS "itemsLastDay",
              (SELECT count(*)::int FROM rejections r WHERE r.source_id = s.id AND r.at > huiying_now() - interval '1 day') AS "rejectedLastDay",
              (SELECT g.cause FROM source_gaps g WHERE g.source_id = s.id AND g.ended_at IS NULL) AS "openGapCause"
         FROM ${sources} s ORDER BY s.state, s.name`,
      parameters,
    );
  }
}
