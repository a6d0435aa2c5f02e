import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { type Addressee, AssignmentService, type OrderDecision } from './assignment.service.js';
import { type Assignment, assignmentsOf, updateAssignment } from './assignments.store.js';
import { closeDisputes, insertLeadDecision, openDispute } from './disputes.store.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { recordOrder, stateAfter } from './orders.js';
import { ReturnsService } from './returns.service.js';

export interface LeadDecision extends Omit<OrderDecision, 'addressees'> {
  leadBodyId: string;
  coResponders: readonly { bodyId: string; task?: string }[];
  reason: string;
}

/** The government office names the lead (NT19 Art.19 "必要时可由本级政府办公室确定牵头部门"); it ends a dispute. */
@Injectable()
export class LeadDecisionService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    private readonly assignments: AssignmentService,
    private readonly returns: ReturnsService,
  ) {}

  /** The named body keeps its order or gets one; the return of the one that was in the way is judged by the same decision. */
  async decide(tx: Transaction, decision: LeadDecision): Promise<{ version: number; assignmentIds: string[] }> {
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    const now = await tx.now();
    const dispute = await openDispute(tx, incident.id);
    await insertLeadDecision(tx, {
      incidentId: incident.id,
      leadBodyId: decision.leadBodyId,
      decidedBy: decision.actor.id,
      reason: decision.reason,
      at: now,
    });
    await closeDisputes(tx, incident.id, now);
    await appendLedger(tx, [
      {
        type: ASSIGNMENT_EVENTS.leadDecided,
        at: now,
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: incident.id,
        reason: decision.reason,
        payload: {
          leadBodyId: decision.leadBodyId,
          disputed: dispute !== null,
          coordinator: dispute?.coordinatorBodyId ?? null,
        },
      },
    ]);
    const orders = await assignmentsOf(tx, incident.id);
    const lead = orders.findLast((order) => order.role === 'lead');
    const kept = lead?.endedAt === null && lead.bodyId === decision.leadBodyId ? lead : undefined;
    for (const order of orders) if (order.endedAt === null) await this.end(tx, order, { ...decision, kept, at: now });
    if (kept !== undefined) {
      const version = await this.incidents.move(tx, incident, { leadBodyId: kept.bodyId });
      return { version, assignmentIds: [kept.id] };
    }
    const addressees: Addressee[] = [
      { bodyId: decision.leadBodyId, role: 'lead' },
      ...decision.coResponders.map((co) => ({ ...co, role: 'co' as const })),
    ];
    // An order that was completed lost no time with a wrong body.
    const replaces = lead !== undefined && (lead.endedAt === null || lead.state === 'returned') ? lead.id : undefined;
    return this.assignments.handOver(tx, incident, { ...decision, addressees, rule: 'R21' }, replaces);
  }

  /** A return is judged by who was named; another order of the former lead and its co-responders ends. */
  private async end(
    tx: Transaction,
    order: Assignment,
    decision: LeadDecision & { kept: Assignment | undefined; at: Date },
  ): Promise<void> {
    const { kept, at, actor, reason } = decision;
    if (order.state === 'returnRequested') {
      await this.returns.settle(tx, order, { accept: order !== kept, reason, actor, at });
      return;
    }
    if (kept !== undefined) return;
    await updateAssignment(tx, order, { state: stateAfter(order, 'withdraw'), endedAt: at });
    await recordOrder(tx, order, {
      type: ASSIGNMENT_EVENTS.withdrawn,
      at,
      actor,
      payload: { to: decision.leadBodyId },
      reason,
    });
  }
}
