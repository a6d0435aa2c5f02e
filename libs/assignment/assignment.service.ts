import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { nextState, statesFor } from '#kernel/state-table.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { type Incident, Incidents } from '#triage/contract.js';
import {
  type Assignment,
  type AssignmentRole,
  assignmentsOf,
  findAssignment,
  insertAssignment,
  updateAssignment,
} from './assignments.store.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { ASSIGNMENT_STATES, type AssignmentAct, type AssignmentState } from './rules/assignment-states.js';

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

/** A decision on one order by the body that holds it. */
export interface BodyDecision {
  assignmentId: string;
  expectedVersion?: number;
  actor: Actor;
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
    this.refuseUnknownBodies(decision.addressees);
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    const present = (await assignmentsOf(tx, incident.id)).filter((assignment) => assignment.endedAt === null);
    if (present.length > 0)
      throw new DomainError('ALREADY_ASSIGNED', 409, 'the incident is with somebody: transfer it instead', {
        bodies: present.map((a) => a.bodyId),
      });
    return this.dispatch(tx, incident, decision, leads[0]!.bodyId);
  }

  /** Another body takes over: the orders of the old bodies end, the new ones get new inner clocks (domain 3.8). */
  async transfer(tx: Transaction, decision: OrderDecision): Promise<{ version: number; assignmentIds: string[] }> {
    const lead = decision.addressees.find((addressee) => addressee.role === 'lead');
    if (lead === undefined)
      throw new DomainError('ONE_LEAD', 422, 'an incident has exactly one lead body', {}, 'addressees');
    this.refuseUnknownBodies(decision.addressees);
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    const now = await tx.now();
    let replaces: string | undefined;
    for (const assignment of await assignmentsOf(tx, incident.id)) {
      if (assignment.endedAt !== null) continue;
      if (assignment.role === 'lead') replaces = assignment.id;
      await updateAssignment(tx, assignment, { state: 'withdrawn', endedAt: now });
      await this.record(
        tx,
        ASSIGNMENT_EVENTS.withdrawn,
        now,
        assignment,
        decision.actor,
        { to: lead.bodyId },
        decision.reason,
      );
    }
    return this.dispatch(tx, incident, decision, lead.bodyId, replaces);
  }

  /** Sign-for (签收) by a named person of the body: knowing of it and beginning to handle it, not agreeing with it. */
  async acknowledge(tx: Transaction, decision: BodyDecision): Promise<number> {
    const assignment = await this.lock(tx, decision);
    // A second tap on the same order changes nothing and says what is already true.
    if (assignment.acknowledgedAt !== null) return assignment.version;
    const state = this.after(assignment, 'acknowledge');
    const now = await tx.now();
    const version = await updateAssignment(tx, assignment, {
      state,
      acknowledgedAt: now,
      acknowledgedBy: decision.actor.id,
    });
    await this.record(tx, ASSIGNMENT_EVENTS.acknowledged, now, assignment, decision.actor, {
      person: decision.actor.name,
    });
    return version;
  }

  /** Verification feedback (核实反馈): facts, their source, attachments. "Being verified" is not one. */
  async verify(
    tx: Transaction,
    decision: BodyDecision & { facts: string; factSource: string; figures?: Record<string, number> },
  ): Promise<number> {
    const assignment = await this.lock(tx, decision);
    const state = this.after(assignment, 'verify');
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
    await this.record(tx, ASSIGNMENT_EVENTS.verified, now, assignment, decision.actor, { verification });
    return version;
  }

  /** Handling feedback (处置反馈): measures, result, next step. */
  async report(
    tx: Transaction,
    decision: BodyDecision & { measures: string; result: string; next?: string },
  ): Promise<number> {
    const assignment = await this.lock(tx, decision);
    const state = this.after(assignment, 'report');
    const now = await tx.now();
    const version = await updateAssignment(tx, assignment, { state, reportedAt: now });
    await this.record(tx, ASSIGNMENT_EVENTS.reported, now, assignment, decision.actor, {
      measures: decision.measures,
      result: decision.result,
      next: decision.next ?? null,
    });
    return version;
  }

  private async dispatch(
    tx: Transaction,
    incident: Incident,
    decision: OrderDecision,
    leadBodyId: string,
    replaces?: string,
  ): Promise<{ version: number; assignmentIds: string[] }> {
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

  private async lock(tx: Transaction, decision: BodyDecision): Promise<Assignment> {
    const seen = await findAssignment(tx, decision.assignmentId);
    await this.incidents.lock(tx, seen.incidentId);
    const assignment = await findAssignment(tx, decision.assignmentId);
    if (decision.expectedVersion !== undefined && decision.expectedVersion !== assignment.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the assignment has changed since it was read', {
        actual: assignment.version,
      });
    return assignment;
  }

  /** The state after an act, or 409 with the states in which it could be done. */
  private after(assignment: Assignment, act: AssignmentAct): AssignmentState {
    const next = nextState(ASSIGNMENT_STATES, assignment.state, act);
    if (next === undefined)
      throw new DomainError('ASSIGNMENT_STATE', 409, `an assignment that is ${assignment.state} can't do this`, {
        state: assignment.state,
        act,
        needs: statesFor(ASSIGNMENT_STATES, act),
      });
    return next;
  }

  private record(
    tx: Transaction,
    type: string,
    at: Date,
    assignment: Assignment,
    actor: Actor,
    payload: Record<string, unknown>,
    reason?: string,
  ): Promise<string[]> {
    return appendLedger(tx, [
      {
        type,
        at,
        actor,
        incidentId: assignment.incidentId,
        subjectId: assignment.id,
        payload: {
          bodyId: assignment.bodyId,
          role: assignment.role,
          number: assignment.number,
          dispatchedAt: assignment.dispatchedAt.toISOString(),
          ...payload,
        },
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
  }
}
