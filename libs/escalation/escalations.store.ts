import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import type { EscalationState } from './rules/escalation-states.js';

export type EscalationStep = 'notice' | 'reminder' | 'supervision' | 'accountabilityReferral';

/** One act of the ladder (催办 / 督办 / 问责移送), with its number, addressee, limit and receipt. */
export interface EscalationRow {
  id: string;
  incidentId: string;
  step: EscalationStep;
  ordinal: number;
  number: string | null;
  reason: string;
  triggerKey: string;
  previousId: string | null;
  addresseeBodyId: string | null;
  at: Date;
  deadline: Date | null;
  state: EscalationState;
  grounds: string[];
  issuedBy: string | null;
  issuedAt: Date | null;
  receivedAt: Date | null;
  receivedBy: string | null;
  answeredAt: Date | null;
  answer: Record<string, unknown> | null;
  /** Who took it back, when and why; `by` is absent when the rules did. */
  withdrawn: { at: string; reason: string; by?: string } | null;
  drill: boolean;
  version: number;
}

export const ESCALATION_COLUMNS = `s.id, s.incident_id AS "incidentId", s.step, s.ordinal, s.number, s.reason, s.trigger_key AS "triggerKey", s.previous_id AS "previousId",
  s.addressee_body_id AS "addresseeBodyId", s.at, s.deadline, s.state, s.grounds, s.issued_by AS "issuedBy", s.issued_at AS "issuedAt", s.received_at AS "receivedAt",
  s.received_by AS "receivedBy", s.answered_at AS "answeredAt", s.answer, s.withdrawn, s.drill, s.version`;

export async function escalationsOf(tx: Transaction, incidentId: string): Promise<EscalationRow[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('escalations', parameters);
  parameters.push(incidentId);
  return tx.query<EscalationRow>(
    `SELECT ${ESCALATION_COLUMNS} FROM ${visible} s WHERE s.incident_id = $${parameters.length} ORDER BY s.at, s.ordinal`,
    parameters,
  );
}

export async function findEscalation(tx: Transaction, id: string): Promise<EscalationRow> {
  const parameters: unknown[] = [];
  const visible = tx.visible('escalations', parameters);
  parameters.push(id);
  const row = await tx.one<EscalationRow>(
    `SELECT ${ESCALATION_COLUMNS} FROM ${visible} s WHERE s.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('ESCALATION_NOT_FOUND', 404, 'no such escalation');
  return row;
}

export interface EscalationFilter {
  state?: EscalationState[];
  step?: EscalationStep[];
  limit: number;
  after?: { at: string; id: string };
}

export async function listEscalations(
  tx: Transaction,
  filter: EscalationFilter,
): Promise<(EscalationRow & { incidentNumber: string; incidentTitle: string })[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('escalations', parameters);
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const where: string[] = [];
  if (filter.state !== undefined) where.push(`s.state = ANY(${bind(filter.state)}::text[])`);
  if (filter.step !== undefined) where.push(`s.step = ANY(${bind(filter.step)}::text[])`);
  if (filter.after !== undefined)
    where.push(`(s.at, s.id) < (${bind(filter.after.at)}::timestamptz, ${bind(filter.after.id)}::uuid)`);
  return tx.query(
    `SELECT ${ESCALATION_COLUMNS}, i.number AS "incidentNumber", i.title AS "incidentTitle" FROM ${visible} s JOIN incidents i ON i.id = s.incident_id
      ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY s.at DESC, s.id DESC LIMIT ${bind(filter.limit)}`,
    parameters,
  );
}

/** The steps of an incident, locked for the keeper; the incident itself is locked before. */
export async function escalationsForUpdate(tx: Transaction, incidentId: string): Promise<EscalationRow[]> {
  return tx.query<EscalationRow>(
    `SELECT ${ESCALATION_COLUMNS} FROM escalations s WHERE s.incident_id = $1 ORDER BY s.at, s.ordinal FOR UPDATE`,
    [incidentId],
  );
}
