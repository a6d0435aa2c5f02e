import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger, systemActor } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { Coordinators } from './assignment.service.js';
import { openDispute, type ReturnNote } from './disputes.store.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { type DisputeStep, nextDisputeStep } from './rules/dispute.js';

/** The office's own terms for a dispute; `config/dispute-course.yaml`. */
export abstract class DisputeTerms {
  abstract readonly decideWithin: { fastMinutes: number; otherMinutes: number };
}

export interface DisputeStepView {
  id: string;
  step: 'meeting' | 'opinion';
  bodyId: string;
  text: string;
  heldAt: Date;
  recordedBy: string;
}

export interface DisputeView {
  open: boolean;
  since: Date;
  dueAt: Date;
  decidedAt: Date | null;
  overdue: boolean;
  coordinatorBodyId: string;
  next: DisputeStep | null;
  returns: (ReturnNote & { bodyId: string; assignmentId: string })[];
  steps: DisputeStepView[];
}

/** The course of a dispute: meeting, opinions of the bodies, decision of the government office; the first receiver coordinates meanwhile. */
@Injectable()
export class DisputeCourseService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Coordinators) private readonly coordinators: Coordinators,
  ) {}

  /** The newest dispute of an incident with everything that was said in it, or null when there never was one. */
  async view(tx: Transaction, incidentId: string): Promise<DisputeView | null> {
    const seen: unknown[] = [];
    const incidents = tx.visible('incidents', seen);
    if ((await tx.one(`SELECT 1 FROM ${incidents} i WHERE i.id = $${seen.push(incidentId)}`, seen)) === undefined)
      throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident');
    const parameters: unknown[] = [];
    const disputes = tx.visible('disputes', parameters);
    const row = await tx.one<{ since: Date; dueAt: Date; decidedAt: Date | null; coordinatorBodyId: string }>(
      `SELECT d.since, d.due_at AS "dueAt", d.decided_at AS "decidedAt", d.coordinator_body_id AS "coordinatorBodyId"
         FROM ${disputes} d WHERE d.incident_id = $${parameters.push(incidentId)} ORDER BY d.since DESC LIMIT 1`,
      parameters,
    );
    if (row === undefined) return null;
    const steps = await this.stepsOf(tx, incidentId, row.since);
    const returns = await tx.query<{ id: string; bodyId: string; note: ReturnNote }>(
      `SELECT a.id, a.body_id AS "bodyId", a.return_request AS note FROM assignments a WHERE a.incident_id = $1 AND a.return_request IS NOT NULL ORDER BY a.return_request->>'at', a.id`,
      [incidentId],
    );
    const now = await tx.now();
    return {
      open: row.decidedAt === null,
      ...row,
      overdue: row.decidedAt === null ? now > row.dueAt : row.decidedAt > row.dueAt,
      next: row.decidedAt === null ? nextDisputeStep([...new Set(steps.map(({ step }) => step))]) : null,
      returns: returns.map(({ id, bodyId, note }) => ({ ...note, bodyId, assignmentId: id })),
      steps,
    };
  }

  /** Records that a meeting was held, or what a body's opinion is. An opinion follows a meeting that settled nothing. */
  async record(
    tx: Transaction,
    entry: {
      incidentId: string;
      step: 'meeting' | 'opinion';
      bodyId: string;
      text: string;
      heldAt?: Date;
      actor: Actor;
    },
  ): Promise<string> {
    const incident = await this.incidents.lock(tx, entry.incidentId);
    const dispute = await openDispute(tx, incident.id);
    if (dispute === null) throw new DomainError('NOT_DISPUTED', 409, 'nobody disputes who is responsible', {});
    if (!this.coordinators.bodyExists(entry.bodyId))
      throw new DomainError('BODY_NOT_FOUND', 422, `no such body: ${entry.bodyId}`, {}, 'bodyId');
    const now = await tx.now();
    const heldAt = entry.heldAt ?? now;
    if (heldAt > now) throw new DomainError('HELD_IN_FUTURE', 422, 'what is recorded has been held', {}, 'heldAt');
    const earlier = await this.stepsOf(tx, incident.id, dispute.since);
    if (entry.step === 'opinion' && !earlier.some(({ step }) => step === 'meeting'))
      throw new DomainError('MEETING_FIRST', 409, 'opinions are asked for when a meeting settled nothing', {});
    const id = newId();
    await tx.query(
      'INSERT INTO dispute_steps (id, incident_id, step, body_id, text, held_at, recorded_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [id, incident.id, entry.step, entry.bodyId, entry.text, heldAt, entry.actor.name, now],
    );
    await appendLedger(tx, [
      {
        type: entry.step === 'meeting' ? ASSIGNMENT_EVENTS.disputeMeeting : ASSIGNMENT_EVENTS.disputeOpinion,
        at: now,
        actor: entry.actor,
        incidentId: incident.id,
        subjectId: id,
        payload: { body: entry.bodyId, heldAt: heldAt.toISOString() },
        reason: entry.text,
      },
    ]);
    return id;
  }

  private stepsOf(tx: Transaction, incidentId: string, since: Date): Promise<DisputeStepView[]> {
    const parameters: unknown[] = [];
    const steps = tx.visible('dispute_steps', parameters);
    parameters.push(incidentId, since);
    return tx.query<DisputeStepView>(
      `SELECT s.id, s.step, s.body_id AS "bodyId", s.text, s.held_at AS "heldAt", s.recorded_by AS "recordedBy" FROM ${steps} s
        WHERE s.incident_id = $${parameters.length - 1} AND s.at >= $${parameters.length} ORDER BY s.at, s.id`,
      parameters,
    );
  }
}

/** At most so many disputes a look. */
const BATCH = 100;

/** Tells the government office of disputes that it has not decided in time. Each is told once, whoever looks. */
export async function fireDisputes(
  tx: Transaction,
  deciderOf: (jurisdiction: string) => string | null,
): Promise<number> {
  const due = await tx.query<{ id: string; incidentId: string; jurisdiction: string; dueAt: Date }>(
    `UPDATE disputes SET fired_at = huiying_now() FROM (
       SELECT d.id AS due_id, i.jurisdiction FROM disputes d JOIN incidents i ON i.id = d.incident_id
        WHERE d.fired_at IS NULL AND d.decided_at IS NULL AND d.due_at <= huiying_now() ORDER BY d.due_at LIMIT ${BATCH} FOR UPDATE OF d SKIP LOCKED) n
      WHERE disputes.id = n.due_id RETURNING disputes.id, disputes.incident_id AS "incidentId", n.jurisdiction, disputes.due_at AS "dueAt"`,
  );
  const at = await tx.now();
  await appendLedger(
    tx,
    due.map(({ id, incidentId, jurisdiction, dueAt }) => ({
      type: ASSIGNMENT_EVENTS.disputeOverdue,
      at,
      actor: systemActor('delivery'),
      incidentId,
      subjectId: id,
      payload: { bodyId: deciderOf(jurisdiction), dueAt: dueAt.toISOString() },
    })),
  );
  return due.length;
}
