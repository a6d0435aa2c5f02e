import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';

/** An office that a report goes to. */
export interface Recipient {
  office: string;
  person?: string | undefined;
}

/** A report upwards with its receipt. */
export interface Report {
  id: string;
  incidentId: string;
  channel: string;
  recipients: Recipient[];
  text: string;
  sentAt: Date;
  sentBy: string;
  receivedAt: Date | null;
  receivedBy: string | null;
}

const FIRST_REPORT = 'firstReport';
const COLUMNS = `r.id, r.incident_id AS "incidentId", r.channel, r.recipients, r.text, r.sent_at AS "sentAt", r.sent_by AS "sentBy", r.received_at AS "receivedAt",
  r.received_by AS "receivedBy"`;

export async function insertReport(tx: Transaction, r: Omit<Report, 'receivedAt' | 'receivedBy'>): Promise<void> {
  await tx.query(
    `INSERT INTO reports_up (id, incident_id, kind, channel, recipients, text, sent_at, sent_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [r.id, r.incidentId, FIRST_REPORT, r.channel, JSON.stringify(r.recipients), r.text, r.sentAt, r.sentBy],
  );
}

export async function findReport(tx: Transaction, id: string): Promise<Report> {
  const parameters: unknown[] = [];
  const visible = tx.visible('reports_up', parameters);
  parameters.push(id);
  const row = await tx.one<Report>(
    `SELECT ${COLUMNS} FROM ${visible} r WHERE r.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('REPORT_NOT_FOUND', 404, 'no such report');
  return row;
}

export async function reportsOf(tx: Transaction, incidentId: string): Promise<Report[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('reports_up', parameters);
  parameters.push(incidentId);
  return tx.query<Report>(
    `SELECT ${COLUMNS} FROM ${visible} r WHERE r.incident_id = $${parameters.length} ORDER BY r.sent_at, r.id`,
    parameters,
  );
}

/** Fenced: a receipt is written once. */
export async function receiveReport(tx: Transaction, id: string, at: Date, by: string): Promise<void> {
  const rows = await tx.query(
    'UPDATE reports_up SET received_at = $2, received_by = $3 WHERE id = $1 AND received_at IS NULL RETURNING id',
    [id, at, by],
  );
  if (rows.length === 0) throw new DomainError('ALREADY_RECEIVED', 409, 'the receipt of this report is recorded');
}
