import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import {
  dispositionsOf,
  knownTransfers,
  openDisposition,
  publishedStatements,
  updateDisposition,
} from './dispositions.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { type ClosingEvidence, type DispositionKind, missingEvidence } from './rules/dispositions.js';

interface IncidentDecision {
  incidentId: string;
  expectedVersion?: number;
  actor: Actor;
}

/** How an incident is disposed of (PB18 一(五)): one or several of six kinds, each with its own closing evidence. */
@Injectable()
export class DispositionsService {
  constructor(@Inject(Incidents) private readonly incidents: Incidents) {}

  /** Sets the kinds of the incident. One that is left out is taken back; what was filed for those that stay, stays. */
  async dispose(
    tx: Transaction,
    decision: IncidentDecision & { kinds: DispositionKind[]; reason: string },
  ): Promise<number> {
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    const now = await tx.now();
    const kinds = [...new Set(decision.kinds)].sort();
    const present = await dispositionsOf(tx, incident.id);
    for (const kind of kinds) {
      if (present.some((row) => row.kind === kind)) continue;
      const finding = { reason: decision.reason };
      await openDisposition(tx, { incidentId: incident.id, kind, finding, decidedBy: decision.actor.id, at: now });
    }
    for (const row of present) {
      if (kinds.includes(row.kind)) continue;
      const withdrawn = { by: decision.actor.name, at: now.toISOString() };
      await updateDisposition(tx, row.id, { finding: { ...row.finding, withdrawn }, state: 'open' });
    }
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.dispositionDecided,
        at: now,
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: incident.id,
        reason: decision.reason,
        payload: { kinds, before: present.map((row) => row.kind) },
      },
    ]);
    return this.incidents.move(tx, incident, { disposition: kinds });
  }

  /** Files the closing evidence of one kind; refused with what is missing. */
  async satisfy(
    tx: Transaction,
    decision: IncidentDecision & { kind: DispositionKind; evidence: ClosingEvidence },
  ): Promise<number> {
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    const { kind, evidence, actor } = decision;
    const row = (await dispositionsOf(tx, incident.id)).find((candidate) => candidate.kind === kind);
    if (row === undefined)
      throw new DomainError('DISPOSITION_NOT_DECIDED', 409, `the incident is not disposed of as ${kind}`, {
        clause: 'PB18 一(五)',
        kind,
      });
    const published = await publishedStatements(tx, incident.id);
    const missing = missingEvidence(kind, evidence, published, await knownTransfers(tx, incident.id));
    if (missing.length > 0)
      throw new DomainError('CLOSING_EVIDENCE_MISSING', 422, `the closing evidence of ${kind} is not complete`, {
        clause: 'PB18 一(五)',
        missing: { [kind]: missing },
      });
    await updateDisposition(tx, row.id, { evidence, state: 'satisfied' });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.dispositionSatisfied,
        at: await tx.now(),
        actor,
        incidentId: incident.id,
        subjectId: row.id,
        payload: { kind, evidence },
      },
    ]);
    return this.incidents.move(tx, incident, { disposition: incident.disposition });
  }
}
