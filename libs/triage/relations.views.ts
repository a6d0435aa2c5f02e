import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';

interface Other {
  id: string;
  number: string;
  title: string;
  state: string;
}

/** What stands in relation to an incident. */
export interface Relations {
  /** Orders and letters of citizens among its items, and how many of them came before the first public item. */
  orders: { total: number; earlier: number };
  /** The struck-off incident whose second wave this is, and second waves of this one. */
  follows: Other | null;
  followedBy: Other[];
  merged: Other[];
  /** Items that were suggested here and stand confirmed elsewhere, or the other way round. */
  shared: (Other & { items: number; here: 'suggested' | 'confirmed' })[];
  /** Risk notes that it falls under, with the wording that was prepared. */
  watches: { id: string; title: string; risks: string; wording: string; bodyId: string | null; words: string[] }[];
}

const MAX = 20;
const OTHER = 'o.id, o.number, o.title, o.state';

@Injectable()
export class RelationsViews {
  /** The caller has read the incident; the others are limited to what the caller may see. */
  async of(tx: Transaction, incidentId: string): Promise<Relations> {
    return {
      orders: await this.orders(tx, incidentId),
      follows:
        (await this.others(tx, incidentId, 'o.id = (SELECT s.follows FROM incidents s WHERE s.id = $id)'))[0] ?? null,
      followedBy: await this.others(tx, incidentId, 'o.follows = $id'),
      merged: await this.others(tx, incidentId, 'o.merged_into = $id'),
      shared: await this.shared(tx, incidentId),
      watches: await this.watches(tx, incidentId),
    };
  }

  private async others(tx: Transaction, id: string, condition: string): Promise<Other[]> {
    const parameters: unknown[] = [];
    const incidents = tx.visible('incidents', parameters);
    const where = condition.replaceAll('$id', `$${parameters.push(id)}`);
    return tx.query(`SELECT ${OTHER} FROM ${incidents} o WHERE ${where} ORDER BY o.number LIMIT ${MAX}`, parameters);
  }

  private async orders(tx: Transaction, id: string): Promise<Relations['orders']> {
    const parameters: unknown[] = [];
    const links = tx.visible('incident_items', parameters);
    const row = await tx.one<{ total: number; earlier: number }>(
      `WITH mine AS (SELECT m.kind, coalesce(m.published_at, m.received_at) AS at FROM ${links} l JOIN items m ON m.id = l.item_id
                      WHERE l.incident_id = $${parameters.push(id)} AND l.relation = 'confirmed')
       SELECT count(*) FILTER (WHERE kind IN ('call', 'message'))::int AS total,
              count(*) FILTER (WHERE kind IN ('call', 'message') AND at < (SELECT min(at) FROM mine WHERE kind NOT IN ('call', 'message')))::int AS earlier FROM mine`,
      parameters,
    );
    return row!;
  }

  private async shared(tx: Transaction, id: string): Promise<Relations['shared']> {
    const parameters: unknown[] = [];
    const links = tx.visible('incident_items', parameters);
    const others = tx.visible('incident_items', parameters);
    const incidents = tx.visible('incidents', parameters);
    return tx.query(
      `SELECT ${OTHER}, l.relation AS here, count(*)::int AS items FROM ${links} l
         JOIN ${others} x ON x.item_id = l.item_id AND x.incident_id <> l.incident_id AND x.relation <> l.relation
         JOIN ${incidents} o ON o.id = x.incident_id
        WHERE l.incident_id = $${parameters.push(id)} AND o.state <> 'merged' GROUP BY ${OTHER}, l.relation ORDER BY items DESC, o.number LIMIT ${MAX}`,
      parameters,
    );
  }

  private async watches(tx: Transaction, id: string): Promise<Relations['watches']> {
    const parameters: unknown[] = [];
    const hits = tx.visible('watch_hits', parameters);
    const watches = tx.visible('watches', parameters);
    return tx.query(
      `SELECT w.id, w.title, w.risks, w.wording, w.body_id AS "bodyId", array_agg(DISTINCT word) AS words
         FROM ${hits} h JOIN ${watches} w ON w.id = h.watch_id, unnest(h.words) AS word WHERE h.incident_id = $${parameters.push(id)}
        GROUP BY w.id, w.title, w.risks, w.wording, w.body_id ORDER BY w.title LIMIT ${MAX}`,
      parameters,
    );
  }
}
