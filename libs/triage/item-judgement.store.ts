import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import type { Category, GradeBasis, IncidentGrade } from './contract.js';

/** An item with what triage said of it; `analysis` is null until it was read. */
export interface JudgedItem {
  id: string;
  title: string;
  body: string;
  jurisdiction: string;
  drill: boolean;
  occurredAt: Date | null;
  publishedAt: Date | null;
  receivedAt: Date;
  sourceRank: string;
  analysis: {
    category: Category;
    decision: string;
    categories: Record<string, unknown>;
    figures: unknown[];
    eventTypes: string[];
    grade: { grade: IncidentGrade; basis: GradeBasis };
    reasons: unknown[];
  } | null;
}

/** Locks an item that the caller may see. Throws `ITEM_NOT_FOUND`. */
export async function lockItem(tx: Transaction, id: string): Promise<JudgedItem> {
  const parameters: unknown[] = [];
  const visible = tx.visible('items', parameters);
  parameters.push(id);
  const seen = await tx.one(`SELECT 1 FROM ${visible} m WHERE m.id = $${parameters.length}`, parameters);
  const item =
    seen &&
    (await tx.one<JudgedItem>(
      `SELECT i.id, i.title, i.body, i.jurisdiction, i.drill, i.occurred_at AS "occurredAt", i.published_at AS "publishedAt", i.received_at AS "receivedAt",
              coalesce((SELECT s.rank FROM sources s WHERE s.id = i.source_id), 'individual') AS "sourceRank",
              (SELECT jsonb_build_object('category', a.category, 'decision', a.decision, 'categories', a.categories, 'figures', a.figures, 'eventTypes', coalesce(a.event->'types', '[]'), 'grade', a.grade, 'reasons', a.reasons)
                 FROM item_analyses a WHERE a.item_id = i.id) AS analysis
         FROM items i WHERE i.id = $1 FOR UPDATE`,
      [id],
    ));
  if (item === undefined) throw new DomainError('ITEM_NOT_FOUND', 404, 'no such item');
  return item;
}

/** The incident that an item is confirmed to belong to. */
export async function incidentOfItem(
  tx: Transaction,
  itemId: string,
): Promise<{ id: string; number: string } | undefined> {
  return tx.one(
    `SELECT n.id, n.number FROM incident_items l JOIN incidents n ON n.id = l.incident_id WHERE l.item_id = $1 AND l.relation = 'confirmed' LIMIT 1`,
    [itemId],
  );
}
