import { DomainError } from '#kernel/error.js';
import { nextState, statesFor } from '#kernel/state-table.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import type { Incident, Incidents } from '#triage/contract.js';
import { type Assignment, findAssignment } from './assignments.store.js';
import { ASSIGNMENT_STATES, type AssignmentAct, type AssignmentState } from './rules/assignment-states.js';

/** A decision on one order: by the body that holds it, or about it. */
export interface BodyDecision {
  assignmentId: string;
  expectedVersion?: number;
  actor: Actor;
}

/** The order and its incident, the incident locked first. 404 outside the scope, 412 for a stale version. */
export async function lockOrder(
  tx: Transaction,
  incidents: Incidents,
  decision: BodyDecision,
): Promise<{ assignment: Assignment; incident: Incident }> {
  const seen = await findAssignment(tx, decision.assignmentId);
  const incident = await incidents.lock(tx, seen.incidentId);
  const assignment = await findAssignment(tx, decision.assignmentId);
  if (decision.expectedVersion !== undefined && decision.expectedVersion !== assignment.version)
    throw new DomainError('VERSION_CONFLICT', 412, 'the assignment has changed since it was read', {
      actual: assignment.version,
    });
  return { assignment, incident };
}

/** The state after an act, or 409 with the states in which it could be done. */
export function stateAfter(assignment: Assignment, act: AssignmentAct): AssignmentState {
  const next = nextState(ASSIGNMENT_STATES, assignment.state, act);
  if (next === undefined)
    throw new DomainError('ASSIGNMENT_STATE', 409, `an assignment that is ${assignment.state} can't do this`, {
      state: assignment.state,
      act,
      needs: statesFor(ASSIGNMENT_STATES, act),
    });
  return next;
}

/** What happened to an order, for the ledger. */
export interface OrderEvent {
  type: string;
  at: Date;
  actor: Actor;
  payload?: Record<string, unknown>;
  reason?: string | undefined;
}

export function recordOrder(tx: Transaction, assignment: Assignment, event: OrderEvent): Promise<string[]> {
  return appendLedger(tx, [
    {
      type: event.type,
      at: event.at,
      actor: event.actor,
      incidentId: assignment.incidentId,
      subjectId: assignment.id,
      payload: {
        bodyId: assignment.bodyId,
        role: assignment.role,
        number: assignment.number,
        dispatchedAt: assignment.dispatchedAt.toISOString(),
        ...event.payload,
      },
      ...(event.reason === undefined ? {} : { reason: event.reason }),
    },
  ]);
}
