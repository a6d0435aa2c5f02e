import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger, systemActor } from '#platform/ledger/ledger.js';
import type { LedgerSubscription, SealedEntry } from '#platform/ledger/subscription.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { type Incident, Incidents, TRIAGE_EVENTS } from '#triage/contract.js';
import { Coordinators } from './assignment.service.js';
import { type Assignment, assignmentsOf, insertCarriedAssignment, updateAssignment } from './assignments.store.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { recordOrder } from './orders.js';

/** Cases that bodies work on; a proposal or a closed case takes no order over. */
const WORKED_ON = new Set<Incident['state']>(['confirmed', 'assigned', 'responded']);
/** Who carries orders over; the decision behind it stands in the entry before. */
const CARRIER: Actor = systemActor('triage');

/**
 * Orders follow their matter: at a merge the open ones of the child end and go on in the case that it became part of, with
 * the instants that they had ("union of bodies", "earliest start wins", domain 3.8); at an un-merge they go back.
 */
@Injectable()
export class MergedOrders implements LedgerSubscription {
  readonly consumer = 'mergedOrders';
  readonly types = [TRIAGE_EVENTS.merged, TRIAGE_EVENTS.unmerged];

  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Coordinators) private readonly coordinators: Coordinators,
  ) {}

  async handle(tx: Transaction, entries: SealedEntry[]): Promise<void> {
    for (const entry of entries) {
      const { child, into, from } = entry.payload as { child: string; into?: string; from?: string };
      // The same decision stands in the ledgers of both incidents; it is followed once.
      if (entry.incidentId !== child) continue;
      const other = into ?? from;
      if (other === undefined) continue;
      for (const id of [child, other].sort()) await this.incidents.lock(tx, id);
      if (entry.type === TRIAGE_EVENTS.merged) await this.join(tx, child, other);
      else await this.part(tx, child, other);
    }
  }

  private async join(tx: Transaction, childId: string, targetId: string): Promise<void> {
    const child = await this.incidents.lock(tx, childId);
    const target = await this.incidents.lock(tx, targetId);
    if (child.state !== 'merged' || !WORKED_ON.has(target.state)) return;
    for (const order of (await assignmentsOf(tx, childId)).filter(({ endedAt }) => endedAt === null)) {
      await this.end(tx, order, 'merged', { mergedInto: targetId });
      await this.carry(tx, order, targetId);
    }
  }

  private async part(tx: Transaction, childId: string, targetId: string): Promise<void> {
    const child = await this.incidents.lock(tx, childId);
    if (!WORKED_ON.has(child.state)) return;
    const withdrawn = await tx.query<{ id: string }>(
      `SELECT DISTINCT subject_id AS id FROM ledger_entries WHERE incident_id = $1 AND type = $2 AND payload->>'mergedInto' = $3`,
      [childId, ASSIGNMENT_EVENTS.withdrawn, targetId],
    );
    const carried = await tx.query<{ id: string; source: string }>(
      `SELECT subject_id AS id, payload->>'carriedFrom' AS source FROM ledger_entries WHERE incident_id = $1 AND type = $2 AND payload->>'carriedFrom' = ANY($3::text[])`,
      [targetId, ASSIGNMENT_EVENTS.dispatched, withdrawn.map(({ id }) => id)],
    );
    const [own, theirs] = [await assignmentsOf(tx, childId), await assignmentsOf(tx, targetId)];
    for (const { id } of withdrawn) {
      const before = own.find((order) => order.id === id);
      const meanwhile = theirs.find((order) => carried.some((line) => line.source === id && line.id === order.id));
      if (before === undefined) continue;
      if (meanwhile !== undefined && meanwhile.endedAt === null)
        await this.end(tx, meanwhile, 'unmerged', { unmergedTo: childId });
      // What was done meanwhile counts for the child as well.
      await this.carry(tx, { ...(meanwhile ?? before), role: before.role }, childId);
    }
    await this.withoutLead(tx, targetId);
  }

  private async end(tx: Transaction, order: Assignment, reason: string, payload: Record<string, unknown>) {
    const at = await tx.now();
    await updateAssignment(tx, order, { state: 'withdrawn', endedAt: at });
    await recordOrder(tx, order, { type: ASSIGNMENT_EVENTS.withdrawn, at, actor: CARRIER, payload, reason });
  }

  /** The same order in another case, unless its body has one there. The case keeps its own lead. */
  private async carry(tx: Transaction, order: Assignment, incidentId: string): Promise<void> {
    const incident = await this.incidents.lock(tx, incidentId);
    const open = (await assignmentsOf(tx, incidentId)).filter(({ endedAt }) => endedAt === null);
    if (open.some(({ bodyId }) => bodyId === order.bodyId)) return;
    const hasLead = open.some(({ role }) => role === 'lead');
    const role = order.role === 'lead' && hasLead ? 'co' : order.role;
    const at = await tx.now();
    const number = await nextNumber(tx, this.coordinators.orderSeries(at));
    const id = await insertCarriedAssignment(tx, { ...order, incidentId, number, role });
    await appendLedger(tx, [
      {
        type: ASSIGNMENT_EVENTS.dispatched,
        at,
        actor: CARRIER,
        incidentId,
        subjectId: id,
        payload: {
          bodyId: order.bodyId,
          role,
          task: order.task,
          number,
          carriedFrom: order.id,
          since: order.dispatchedAt.toISOString(),
          keepsDues: order.role === 'lead',
          acknowledgedAt: order.acknowledgedAt?.toISOString() ?? null,
          verifiedAt: order.verifiedAt?.toISOString() ?? null,
          reportedAt: order.reportedAt?.toISOString() ?? null,
        },
      },
    ]);
    const leads = role === 'lead';
    await this.incidents.move(tx, incident, {
      bodyIds: [...new Set([...incident.bodyIds, order.bodyId])],
      ...(leads ? { leadBodyId: order.bodyId, dispatchedAt: incident.dispatchedAt ?? order.dispatchedAt } : {}),
      ...(leads && incident.state === 'confirmed' ? { state: 'assigned' as const } : {}),
    });
  }

  /** A case whose only lead came with the child waits for one again. */
  private async withoutLead(tx: Transaction, incidentId: string): Promise<void> {
    const incident = await this.incidents.lock(tx, incidentId);
    const open = (await assignmentsOf(tx, incidentId)).filter(({ endedAt }) => endedAt === null);
    if (incident.state !== 'assigned' || open.some(({ role }) => role === 'lead')) return;
    await this.incidents.move(tx, incident, { state: 'confirmed', leadBodyId: null });
  }
}
