import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { type Incident, Incidents } from '#triage/contract.js';
import { Coordinators } from './assignment.service.js';
import { type Assignment, updateAssignment } from './assignments.store.js';
import { DisputeTerms } from './dispute-course.service.js';
import { insertDispute, openDispute, refuseWhileDisputed, type ReturnNote, returnsOf } from './disputes.store.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { type BodyDecision, lockOrder, recordOrder, stateAfter } from './orders.js';
import { type ReturnLimits, type ReturnRefusal, refuseReturn } from './rules/return-limit.js';
import type { ReturnCode } from './rules/routing/types.js';

/** What the clock pack of an incident says of returns: this stage stands before the clocks and asks through a port. */
export abstract class ReturnTerms {
  abstract limitsOf(incident: Incident): ReturnLimits;
  /** Whether the fast clocks hold for the incident's grade. */
  abstract isFast(incident: Incident): boolean;
}

export interface ReturnRequestDecision extends BodyDecision {
  code: ReturnCode;
  legalBasis?: string | undefined;
  proposedBodyId?: string | undefined;
  note?: string | undefined;
}

const REFUSALS: Readonly<Record<ReturnRefusal, { message: string; where: string }>> = {
  AFTER_RETURN_LIMIT: { message: 'the time within which the order can be returned has passed', where: 'code' },
  RETURNED_BEFORE: { message: 'a body returns an incident once; then the office decides', where: 'code' },
  NO_LEGAL_BASIS: { message: 'that it is another body’s duty needs a legal basis', where: 'legalBasis' },
  NO_PROPOSED_BODY: { message: 'that it is another body’s duty needs the body that has it', where: 'proposedBodyId' },
  UNKNOWN_PROPOSED_BODY: { message: 'no such body', where: 'proposedBodyId' },
  PROPOSES_ITSELF: { message: 'a body can’t propose itself', where: 'proposedBodyId' },
};

/** Return of an order (退回) and its judgement. All clocks go on meanwhile (domain 3.8, 5.2). */
@Injectable()
export class ReturnsService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Coordinators) private readonly coordinators: Coordinators,
    @Inject(ReturnTerms) private readonly terms: ReturnTerms,
    @Inject(DisputeTerms) private readonly disputes: DisputeTerms,
  ) {}

  /** Asks to give the order back. The second return by another body makes the incident disputed. */
  async request(tx: Transaction, decision: ReturnRequestDecision): Promise<number> {
    const { assignment, incident } = await lockOrder(tx, this.incidents, decision);
    const state = stateAfter(assignment, 'requestReturn');
    const now = await tx.now();
    const returns = await returnsOf(tx, incident.id);
    const proposedBodyId = decision.proposedBodyId ?? null;
    const refusal = refuseReturn(
      {
        bodyId: assignment.bodyId,
        code: decision.code,
        legalBasis: decision.legalBasis ?? null,
        proposedBodyId,
      },
      {
        dispatchedAt: assignment.dispatchedAt,
        fast: this.terms.isFast(incident),
        returnedBy: returns.map((earlier) => earlier.bodyId),
      },
      now,
      { limits: this.terms.limitsOf(incident), bodyExists: (bodyId) => this.coordinators.bodyExists(bodyId) },
    );
    if (refusal !== null) {
      const { message, where } = REFUSALS[refusal];
      throw new DomainError(refusal, 422, message, { clause: 'NT19 Art.19', code: decision.code }, where);
    }
    const note: ReturnNote = {
      code: decision.code,
      legalBasis: decision.legalBasis ?? null,
      proposedBody: proposedBodyId,
      note: decision.note ?? null,
      by: decision.actor.name,
      at: now.toISOString(),
    };
    const version = await updateAssignment(tx, assignment, { state, returnRequest: { ...note } });
    await recordOrder(tx, assignment, {
      type: ASSIGNMENT_EVENTS.returnRequested,
      at: now,
      actor: decision.actor,
      payload: { code: note.code, legalBasis: note.legalBasis, proposedBody: proposedBodyId },
      reason: decision.note,
    });
    await this.recordDispute(tx, assignment, { actor: decision.actor, now, fast: this.terms.isFast(incident) });
    return version;
  }

  /** Accepts a return, which brings the incident back to its owner and renews the routing, or leaves the order where it is. */
  async decide(tx: Transaction, decision: BodyDecision & { accept: boolean; reason: string }): Promise<number> {
    const { assignment, incident } = await lockOrder(tx, this.incidents, decision);
    await refuseWhileDisputed(tx, incident.id);
    const now = await tx.now();
    const version = await this.settle(tx, assignment, { ...decision, at: now });
    if (decision.accept && assignment.role === 'lead')
      await this.incidents.move(tx, incident, {
        leadBodyId: null,
        ...(incident.state === 'assigned' ? { state: 'confirmed' } : {}),
      });
    return version;
  }

  /** Writes the judgement of a return that was asked for. */
  async settle(
    tx: Transaction,
    assignment: Assignment,
    judgement: { accept: boolean; reason: string; actor: Actor; at: Date },
  ): Promise<number> {
    const { accept, reason, actor, at } = judgement;
    const unsigned = assignment.acknowledgedAt === null;
    const act = accept ? 'acceptReturn' : unsigned ? 'refuseUnsignedReturn' : 'refuseReturn';
    const version = await updateAssignment(tx, assignment, {
      state: stateAfter(assignment, act),
      returnRequest: {
        ...assignment.returnRequest,
        decided: { by: actor.name, at: at.toISOString(), upheld: accept, reason },
      },
      ...(accept ? { endedAt: at } : {}),
    });
    await recordOrder(tx, assignment, {
      type: accept ? ASSIGNMENT_EVENTS.returnAccepted : ASSIGNMENT_EVENTS.returnRefused,
      at,
      actor,
      payload: { code: assignment.returnRequest?.['code'] ?? null },
      reason,
    });
    return version;
  }

  private async recordDispute(
    tx: Transaction,
    assignment: Assignment,
    { actor, now, fast }: { actor: Actor; now: Date; fast: boolean },
  ): Promise<void> {
    const dispute = await openDispute(tx, assignment.incidentId);
    if (dispute === null) return;
    const { fastMinutes, otherMinutes } = this.disputes.decideWithin;
    const dueAt = new Date(now.getTime() + (fast ? fastMinutes : otherMinutes) * 60_000);
    await insertDispute(tx, {
      incidentId: assignment.incidentId,
      since: now,
      dueAt,
      coordinatorBodyId: dispute.coordinatorBodyId,
    });
    await appendLedger(tx, [
      {
        type: ASSIGNMENT_EVENTS.disputed,
        at: now,
        actor,
        incidentId: assignment.incidentId,
        subjectId: assignment.incidentId,
        payload: {
          coordinator: dispute.coordinatorBodyId,
          returnedBy: dispute.returnedBy,
          since: dispute.since.toISOString(),
          dueAt: dueAt.toISOString(),
        },
      },
    ]);
  }
}
