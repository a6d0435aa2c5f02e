import { Inject, Injectable } from '@nestjs/common';
import { Orders } from '#assignment/contract.js';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { type Incident, Incidents, TRIAGE_EVENTS } from '#triage/contract.js';
import { ArchiveService } from './archive.service.js';
import { clearSteps, closeOutOf, saveStep } from './close-outs.store.js';
import { dispositionsOf, knownTransfers, publishedStatements, updateDisposition } from './dispositions.store.js';
import { RESPONSE_EVENTS } from './events.js';
import {
  CLOSE_OUT_STEPS,
  type CloseOutStep,
  missingForCloseOut,
  NEXT_LOOK,
  refuseStep,
  stateOfStep,
} from './rules/close-out.js';

/** What the public still waits for. The clocks stand after this stage, which asks through a port. */
export abstract class OpenObligations {
  /** Acts of the public limits of an incident that were neither met nor ended. */
  abstract openActs(tx: Transaction, incidentId: string): Promise<string[]>;
}

interface CloseDecision {
  incidentId: string;
  expectedVersion?: number;
  actor: Actor;
}

const REFUSALS = {
  OWN_ITEM: 'the owner of an item can neither accept it nor strike it off',
  SAME_PERSON: 'each step is another person’s',
  SAME_ROLE: 'each step is another role’s',
} as const;

/** Close-out (销号) in three steps of different roles, and the way back (HZ21 三(三), R58). */
@Injectable()
export class CloseOutService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OpenObligations) private readonly obligations: OpenObligations,
    @Inject(ArchiveService) private readonly archive: ArchiveService,
  ) {}

  /** Takes the next step. `inLeadBody` says whether the actor holds any duty in the body that leads. */
  async step(
    tx: Transaction,
    decision: CloseDecision & { step: CloseOutStep; note: string; inLeadBody: boolean },
  ): Promise<number> {
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    const { step, actor, note } = decision;
    const earlier = await closeOutOf(tx, incident.id);
    const refusal = refuseStep(
      step,
      { id: actor.id, duty: actor.duty ?? null, inLeadBody: decision.inLeadBody },
      earlier,
    );
    if (refusal !== null)
      throw new DomainError(refusal, 403, REFUSALS[refusal], { clause: 'HZ21 三(三)', step }, 'step');
    refuseOutOfOrder(incident, step);
    await this.refuseIncomplete(tx, incident);
    const now = await tx.now();
    await saveStep(tx, incident.id, step, {
      by: actor.id,
      name: actor.name,
      duty: actor.duty ?? null,
      at: now.toISOString(),
      note,
    });
    const closes = step === 'struckOff';
    if (closes) await this.orders.complete(tx, incident.id, actor);
    const version = await this.incidents.move(tx, incident, {
      state: stateOfStep(step),
      ...(closes ? { closedAt: now } : {}),
    });
    const archiveSha256 = closes ? await this.archive.freeze(tx, { ...incident, state: 'struckOff' }) : undefined;
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS[step],
        at: now,
        actor,
        incidentId: incident.id,
        subjectId: incident.id,
        reason: note,
        payload: {
          leadBodyId: incident.leadBodyId,
          disposition: incident.disposition,
          drill: incident.drill,
          ...(archiveSha256 === undefined ? {} : { archiveSha256 }),
        },
      },
    ]);
    return version;
  }

  /**
   * Sends a rectification back that was not accepted, or an acceptance that does not stand: the three steps begin anew. It is for
   * whoever would take the next step, never for the owner (R58).
   */
  async sendBack(
    tx: Transaction,
    decision: CloseDecision & { reason: string; inLeadBody: boolean; mayTake: (step: CloseOutStep) => void },
  ): Promise<number> {
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    const step = NEXT_LOOK[incident.state];
    if (step === undefined)
      throw new DomainError('CLOSE_OUT_ORDER', 409, `an incident that is ${incident.state} can’t be sent back`, {
        clause: 'HZ21 三(三)',
        from: incident.state,
        order: CLOSE_OUT_STEPS,
      });
    if (decision.inLeadBody) throw new DomainError('OWN_ITEM', 403, REFUSALS.OWN_ITEM, { clause: 'HZ21 三(三)', step });
    decision.mayTake(step);
    const { rectified, accepted } = await closeOutOf(tx, incident.id);
    await clearSteps(tx, incident.id);
    const version = await this.incidents.move(tx, incident, { state: 'responded' });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.sentBack,
        at: await tx.now(),
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: incident.id,
        reason: decision.reason,
        payload: { from: incident.state, rectifiedBy: rectified?.name ?? null, acceptedBy: accepted?.name ?? null },
      },
    ]);
    return version;
  }

  /** Takes a struck-off incident up again: public clocks go on from their original starts, the three steps begin anew. */
  async reopen(tx: Transaction, decision: CloseDecision & { reason: string }): Promise<number> {
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    if (incident.state !== 'struckOff')
      throw new DomainError('INCIDENT_STATE', 409, 'only an incident that was struck off is reopened', {
        clause: 'HZ21 三(三)',
        from: incident.state,
        to: 'confirmed',
      });
    await clearSteps(tx, incident.id);
    for (const row of await dispositionsOf(tx, incident.id)) await updateDisposition(tx, row.id, { state: 'open' });
    const version = await this.incidents.move(tx, incident, { state: 'confirmed', closedAt: null });
    await appendLedger(tx, [
      {
        type: TRIAGE_EVENTS.reopened,
        at: await tx.now(),
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: incident.id,
        reason: decision.reason,
        payload: { from: incident.state },
      },
    ]);
    return version;
  }

  private async refuseIncomplete(tx: Transaction, incident: Incident): Promise<void> {
    const rows = await dispositionsOf(tx, incident.id);
    // Evidence that was filed before a reopening proves the former handling only.
    const held = rows.map((row) => ({ kind: row.kind, evidence: row.state === 'satisfied' ? row.evidence : {} }));
    const missing = missingForCloseOut(held, {
      published: await publishedStatements(tx, incident.id),
      transfers: await knownTransfers(tx, incident.id),
      openActs: await this.obligations.openActs(tx, incident.id),
    });
    if (Object.keys(missing).length > 0)
      throw new DomainError(
        'CLOSING_EVIDENCE_MISSING',
        422,
        'the incident can’t be closed while something is missing',
        {
          clause: 'PB18 一(五)',
          missing,
        },
      );
  }
}

const BEFORE: Record<CloseOutStep, readonly Incident['state'][]> = {
  rectified: ['assigned', 'responded'],
  accepted: ['rectified'],
  struckOff: ['accepted'],
};

function refuseOutOfOrder(incident: Incident, step: CloseOutStep): void {
  if (!BEFORE[step].includes(incident.state))
    throw new DomainError('CLOSE_OUT_ORDER', 409, `an incident that is ${incident.state} can’t be ${step} now`, {
      clause: 'HZ21 三(三)',
      from: incident.state,
      step,
      order: CLOSE_OUT_STEPS,
    });
}
