import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';

/** An event that became known from outside: what 漏报率 is counted over (domain 7.8). */
export interface KnownEvent {
  id: string;
  jurisdiction: string;
  title: string;
  /** Who knew of it: a higher office, another department, the press. */
  origin: string;
  url: string | null;
  knownAt: Date;
  /** The incident that it is, when there is one. */
  incidentId: string | null;
  incidentNumber: string | null;
  detectedAt: Date | null;
  missed: boolean;
  enteredAt: Date;
  enteredByName: string;
}

export type NewKnownEvent = Pick<
  KnownEvent,
  'id' | 'jurisdiction' | 'title' | 'origin' | 'url' | 'knownAt' | 'incidentId'
>;

export async function insertKnownEvents(
  tx: Transaction,
  events: readonly NewKnownEvent[],
  entered: { at: Date; by: { id: string; name: string } },
): Promise<void> {
  await tx.query(
    `INSERT INTO known_events (id, jurisdiction, title, origin, url, known_at, incident_id, entered_at, entered_by, entered_by_name)
     SELECT e.id, e.jurisdiction, e.title, e.origin, e.url, e."knownAt", e."incidentId", $2, $3, $4
       FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, jurisdiction text, title text, origin text, url text, "knownAt" timestamptz, "incidentId" uuid)`,
    [JSON.stringify(events), entered.at, entered.by.id, entered.by.name],
  );
}

/** Known events, newest first; `missed` when we had not detected them by the time they were known. */
export async function listKnownEvents(tx: Transaction, limit: number): Promise<KnownEvent[]> {
  const parameters: unknown[] = [];
  const events = tx.visible('known_events', parameters);
  const incidents = tx.visible('incidents', parameters);
  parameters.push(limit);
  return tx.query<KnownEvent>(
    `SELECT e.id, e.jurisdiction, e.title, e.origin, e.url, e.known_at AS "knownAt", i.id AS "incidentId", i.number AS "incidentNumber", i.detected_at AS "detectedAt",
            coalesce(i.detected_at > e.known_at, true) AS missed, e.entered_at AS "enteredAt", e.entered_by_name AS "enteredByName"
       FROM ${events} e LEFT JOIN ${incidents} i ON i.id = e.incident_id ORDER BY e.known_at DESC, e.id DESC LIMIT $${parameters.length}`,
    parameters,
  );
}

/** Says which incident an event is; null says that there is none. 404 outside of the scope. */
export async function matchKnownEvent(tx: Transaction, id: string, incidentId: string | null): Promise<void> {
  const parameters: unknown[] = [];
  const events = tx.visible('known_events', parameters);
  parameters.push(id, incidentId);
  const n = parameters.length;
  const rows = await tx.query(
    `UPDATE known_events SET incident_id = $${n}, version = version + 1 WHERE id = (SELECT e.id FROM ${events} e WHERE e.id = $${n - 1}) RETURNING id`,
    parameters,
  );
  if (rows.length === 0) throw new DomainError('KNOWN_EVENT_NOT_FOUND', 404, 'no such event');
}

/** The incidents of numbers inside the scope. */
export async function incidentsByNumber(tx: Transaction, numbers: readonly string[]): Promise<Map<string, string>> {
  const parameters: unknown[] = [];
  const incidents = tx.visible('incidents', parameters);
  parameters.push(numbers);
  const rows = await tx.query<{ id: string; number: string }>(
    `SELECT i.id, i.number FROM ${incidents} i WHERE i.number = ANY($${parameters.length}::text[])`,
    parameters,
  );
  return new Map(rows.map(({ id, number }) => [number, id]));
}
