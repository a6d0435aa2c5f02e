import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { type Incident, Incidents } from '#triage/contract.js';
import {
  type Assignment,
  type AssignmentRole,
  assignmentsOf,
  insertAssignment,
  updateAssignment,
} from './assignments.store.js';
import { refuseWhileDisputed } from './disputes.store.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { type BodyDecision, lockOrder, recordOrder, stateAfter } from './orders.js';

/** Bodies that every incident has beside those that answer: they coordinate and see it (R23). */
export abstract class Coordinators {
  /** Ids of the coordinating bodies of a jurisdiction (propaganda and network office). */
  abstract of(jurisdiction: string): string[];
  /** The prefix of order numbers of the installation, such as `云网舆交〔2026〕`. */
  abstract orderSeries(now: Date): string;
  abstract bodyExists(bodyId: string): boolean;
}

export interface Addressee {
  bodyId: string;
  role: AssignmentRole;
  task?: string;
}

export interface OrderDecision {
  incidentId: string;
  expectedVersion?: number;
  actor: Actor;
  addressees: Addressee[];
  reason?: string;
  rule?: string;
}

/** The course of an assignment: dispatch, sign-for, verification, report, transfer. Public clocks go on through all of it. */
@Injectable()
export class AssignmentService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Coordinators) private readonly coordinators: Coordinators,
  ) {}

  /** Hands the case over (交办): one order a body, exactly one of them the lead. */
  async assign(tx: Transaction, decision: OrderDecision): Promise<{ version: number; assignmentIds: string[] }> {
    const leads = decision.addressees.filter((addressee) => addressee.role === 'lead');
    if (leads.length !== 1)
      throw new DomainError(
        'ONE_LEAD',
        422,
        'an incident has exactly one lead body',
        { leads: leads.map((l) => l.bodyId) },
        'addressees',
      );
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    await refuseWhileDisputed(tx, incident.id);
    const orders = await assignmentsOf(tx, incident.id);
    const present = orders.filter((assignment) => assignment.endedAt === null);
    if (present.length > 0)
      throw new DomainError('ALREADY_ASSIGNED', 409, 'the incident is with somebody: transfer it instead', {
        bodies: present.map((a) => a.bodyId),
      });
    return this.handOver(tx, incident, decision, lastReturnedLead(orders));
  }

  /** Another body takes over: the orders of the old bodies end, the new ones get new inner clocks (domain 3.8). */
  async transfer(tx: Transaction, decision: OrderDecision): Promise<{ version: number; assignmentIds: string[] }> {
    const lead = decision.addressees.find((addressee) => addressee.role === 'lead');
    if (lead === undefined)
      throw new DomainError('ONE_LEAD', 422, 'an incident has exactly one lead body', {}, 'addressees');
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    await refuseWhileDisputed(tx, incident.id);
    const now = await tx.now();
    const orders = await assignmentsOf(tx, incident.id);
    let replaces = lastReturnedLead(orders);
    for (const assignment of orders) {
      if (assignment.endedAt !== null) continue;
      if (assignment.role === 'lead') replaces = assignment.id;
      await updateAssignment(tx, assignment, { state: 'withdrawn', endedAt: now });
      await recordOrder(tx, assignment, {
        type: ASSIGNMENT_EVENTS.withdrawn,
        at: now,
        actor: decision.actor,
        payload: { to: lead.bodyId },
        reason: decision.reason,
      });
    }
    return this.handOver(tx, incident, decision, replaces);
  }

  /** Sign-for (签收) by a named person of the body: knowing of it and beginning to handle it, not agreeing with it. */
  async acknowledge(tx: Transaction, decision: BodyDecision): Promise<number> {
    const { assignment } = await lockOrder(tx, this.incidents, decision);
    // A second tap on the same order changes nothing and says what is already true.
    if (assignment.acknowledgedAt !== null) return assignment.version;
    const state = stateAfter(assignment, 'acknowledge');
    const now = await tx.now();
    const version = await updateAssignment(tx, assignment, {
      state,
      acknowledgedAt: now,
      acknowledgedBy: decision.actor.id,
    });
    await recordOrder(tx, assignment, {
      type: ASSIGNMENT_EVENTS.acknowledged,
      at: now,
      actor: decision.actor,
      payload: { person: decision.actor.name },
    });
    return version;
  }

  /** Verification feedback (核实反馈): facts, their source, attachments. "Being verified" is not one. */
  async verify(
    tx: Transaction,
    decision: BodyDecision & { facts: string; factSource: string; figures?: Record<string, number> },
  ): Promise<number> {
    const { assignment } = await lockOrder(tx, this.incidents, decision);
    const state = stateAfter(assignment, 'verify');
    const now = await tx.now();
    const verification = {
      facts: decision.facts,
      factSource: decision.factSource,
      figures: decision.figures ?? {},
      by: decision.actor.name,
      at: now.toISOString(),
    };
    const version = await updateAssignment(tx, assignment, {
      state,
      verifiedAt: assignment.verifiedAt ?? now,
      verification,
    });
    await recordOrder(tx, assignment, {
      type: ASSIGNMENT_EVENTS.verified,
      at: now,
      actor: decision.actor,
      payload: { verification },
    });
    return version;
  }

  /** Handling feedback (处置反馈): measures, result, next step. */
  async report(
    tx: Transaction,
    decision: BodyDecision & { measures: string; result: string; next?: string },
  ): Promise<number> {
    const { assignment } = await lockOrder(tx, this.incidents, decision);
    const state = stateAfter(assignment, 'report');
    const now = await tx.now();
    const version = await updateAssignment(tx, assignment, { state, reportedAt: now });
    await recordOrder(tx, assignment, {
      type: ASSIGNMENT_EVENTS.reported,
      at: now,
      actor: decision.actor,
      payload: { measures: decision.measures, result: decision.result, next: decision.next ?? null },
    });
    return version;
  }

  /** Writes the orders of a locked incident and moves it. `replaces` is the order of the former lead, whose time is told apart. */
  async handOver(
    tx: Transaction,
    incident: Incident,
    decision: OrderDecision,
    replaces: string | undefined,
  ): Promise<{ version: number; assignmentIds: string[] }> {
    this.refuseUnknownBodies(decision.addressees);
    const leadBodyId = decision.addressees.find((addressee) => addressee.role === 'lead')!.bodyId;
    const now = await tx.now();
    const number = await nextNumber(tx, this.coordinators.orderSeries(now));
    const assignmentIds: string[] = [];
    for (const { bodyId, role, task = '' } of decision.addressees) {
      const id = await insertAssignment(tx, {
        number,
        incidentId: incident.id,
        bodyId,
        role,
        task,
        dispatchedAt: now,
        dispatchedBy: decision.actor.id,
      });
      assignmentIds.push(id);
      await appendLedger(tx, [
        {
          type: ASSIGNMENT_EVENTS.dispatched,
          at: now,
          actor: decision.actor,
          incidentId: incident.id,
          subjectId: id,
          payload: {
            bodyId,
            role,
            task,
            number,
            leadBodyId,
            ...(role === 'lead' && replaces !== undefined ? { replaces } : {}),
          },
          ...(decision.reason === undefined ? {} : { reason: decision.reason }),
          ...(decision.rule === undefined ? {} : { rule: decision.rule }),
        },
      ]);
    }
    const bodyIds = [
      ...new Set([
        ...incident.bodyIds,
        ...decision.addressees.map((a) => a.bodyId),
        ...this.coordinators.of(incident.jurisdiction),
      ]),
    ];
    const version = await this.incidents.move(tx, incident, {
      state: incident.state === 'responded' ? 'responded' : 'assigned',
      bodyIds,
      leadBodyId,
      dispatchedAt: now,
    });
    return { version, assignmentIds };
  }

  private refuseUnknownBodies(addressees: Addressee[]): void {
    const seen = new Set<string>();
    addressees.forEach(({ bodyId }, index) => {
      if (!this.coordinators.bodyExists(bodyId))
        throw new DomainError('BODY_NOT_FOUND', 422, `no such body: ${bodyId}`, {}, `addressees[${index}]`);
      if (seen.has(bodyId))
        throw new DomainError('BODY_TWICE', 422, `${bodyId} stands twice in the order`, {}, `addressees[${index}]`);
      seen.add(bodyId);
    });
  }
}

/** The lead whose return was accepted and whom nobody has followed yet. */
function lastReturnedLead(orders: readonly Assignment[]): string | undefined {
  const last = orders.filter((order) => order.role === 'lead').at(-1);
  return last?.state === 'returned' ? last.id : undefined;
}
