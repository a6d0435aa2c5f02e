import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { AssignmentState } from './rules/assignment-states.js';

export type AssignmentRole = 'lead' | 'co' | 'copy';

/** An order to one body (交办): lead, co-responder, or copy for information. */
export interface Assignment {
  id: string;
  number: string;
  incidentId: string;
  bodyId: string;
  role: AssignmentRole;
  task: string;
  state: AssignmentState;
  dispatchedAt: Date;
  dispatchedBy: string;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  verifiedAt: Date | null;
  reportedAt: Date | null;
  endedAt: Date | null;
  verification: Record<string, unknown> | null;
  returnRequest: Record<string, unknown> | null;
  version: number;
}

export const ASSIGNMENT_COLUMNS = `a.id, a.number, a.incident_id AS "incidentId", a.body_id AS "bodyId", a.role, a.task, a.state, a.dispatched_at AS "dispatchedAt",
  a.dispatched_by AS "dispatchedBy", a.acknowledged_at AS "acknowledgedAt", a.acknowledged_by AS "acknowledgedBy", a.verified_at AS "verifiedAt",
  a.reported_at AS "reportedAt", a.ended_at AS "endedAt", a.verification, a.return_request AS "returnRequest", a.version`;

export async function insertAssignment(
  tx: Transaction,
  assignment: Pick<Assignment, 'number' | 'incidentId' | 'bodyId' | 'role' | 'task' | 'dispatchedAt' | 'dispatchedBy'>,
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO assignments (id, number, incident_id, body_id, role, task, state, dispatched_at, dispatched_by) VALUES ($1, $2, $3, $4, $5, $6, 'dispatched', $7, $8)`,
    [
      id,
      assignment.number,
      assignment.incidentId,
      assignment.bodyId,
      assignment.role,
      assignment.task,
      assignment.dispatchedAt,
      assignment.dispatchedBy,
    ],
  );
  return id;
}

/** An order that goes on in another case: the instants of its course stay as they were. */
export async function insertCarriedAssignment(tx: Transaction, order: Assignment): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO assignments (id, number, incident_id, body_id, role, task, state, dispatched_at, dispatched_by, acknowledged_at, acknowledged_by, verified_at, reported_at, verification)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      order.number,
      order.incidentId,
      order.bodyId,
      order.role,
      order.task,
      courseOf(order),
      order.dispatchedAt,
      order.dispatchedBy,
      order.acknowledgedAt,
      order.acknowledgedBy,
      order.verifiedAt,
      order.reportedAt,
      order.verification === null ? null : JSON.stringify(order.verification),
    ],
  );
  return id;
}

/** How far the body had come with an order, whatever ended it. */
const courseOf = (order: Assignment): AssignmentState =>
  order.reportedAt !== null
    ? 'reported'
    : order.verifiedAt !== null
      ? 'verified'
      : order.acknowledgedAt !== null
        ? 'acknowledged'
        : 'dispatched';

/** One order inside the scope, or 404. The incident is locked first everywhere, so the order itself needs no lock of its own. */
export async function findAssignment(tx: Transaction, id: string): Promise<Assignment> {
  const parameters: unknown[] = [];
  const visible = tx.visible('assignments', parameters);
  parameters.push(id);
  const row = await tx.one<Assignment>(
    `SELECT ${ASSIGNMENT_COLUMNS} FROM ${visible} a WHERE a.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('ASSIGNMENT_NOT_FOUND', 404, 'no such assignment');
  return row;
}

export async function assignmentsOf(tx: Transaction, incidentId: string): Promise<Assignment[]> {
  return tx.query<Assignment>(
    `SELECT ${ASSIGNMENT_COLUMNS} FROM assignments a WHERE a.incident_id = $1 ORDER BY a.dispatched_at, a.id`,
    [incidentId],
  );
}

const COLUMN = {
  state: 'state',
  acknowledgedAt: 'acknowledged_at',
  acknowledgedBy: 'acknowledged_by',
  verifiedAt: 'verified_at',
  reportedAt: 'reported_at',
  endedAt: 'ended_at',
  verification: 'verification',
  returnRequest: 'return_request',
} as const;
const JSON_FIELDS = new Set(['verification', 'returnRequest']);

/** Fenced: changes the order only while it is in the version that was read. */
export async function updateAssignment(
  tx: Transaction,
  assignment: Assignment,
  change: Partial<Pick<Assignment, keyof typeof COLUMN>>,
): Promise<number> {
  const fields = Object.entries(change) as [keyof typeof COLUMN, unknown][];
  const rows = await tx.query<{ version: number }>(
    `UPDATE assignments SET ${fields.map(([field], n) => `${COLUMN[field]} = $${n + 3}`).join(', ')}, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version`,
    [
      assignment.id,
      assignment.version,
      ...fields.map(([field, value]) => (JSON_FIELDS.has(field) && value !== null ? JSON.stringify(value) : value)),
    ],
  );
  if (rows[0] === undefined)
    throw new DomainError('VERSION_CONFLICT', 412, 'the assignment has changed since it was read');
  return rows[0].version;
}
