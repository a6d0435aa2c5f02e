import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import { nextState, statesFor } from '#kernel/state-table.js';
import { officeYear } from '#kernel/time.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { Incidents } from '#triage/contract.js';
import { type EscalationRow, findEscalation } from './escalations.store.js';
import { disciplineOf } from './offices.js';
import { ESCALATION_STATES, type EscalationAct } from './rules/escalation-states.js';
import { SupervisionTerm } from './supervision-term.js';

export interface EscalationDecision {
  escalationId: string;
  expectedVersion?: number;
  actor: Actor;
}

/** The kinds of document (文种) behind the city's prefix. */
const SERIES: Record<EscalationRow['step'], string> = {
  notice: '网舆提',
  reminder: '网舆催',
  supervision: '政督',
  accountabilityReferral: '政督问移',
};

/** The series of an act's numbers: `通网舆催〔2026〕`. */
export const escalationSeries = (prefix: string, step: EscalationRow['step'], now: Date): string =>
  `${prefix}${SERIES[step]}〔${officeYear(now)}〕`;

/** What people do on the ladder. 督办 is issued by the supervising role, 问责 is only ever referred by it; the system proposes both. */
@Injectable()
export class EscalationService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(SupervisionTerm) private readonly term: SupervisionTerm,
  ) {}

  /** Issues a proposed supervision or referral, with its number. A supervision for which no deadline is named has the one of its ladder. */
  async issue(tx: Transaction, decision: EscalationDecision & { deadline?: Date; note?: string }): Promise<number> {
    const row = await this.lock(tx, decision, ['issue']);
    const now = await tx.now();
    if (decision.deadline !== undefined && decision.deadline <= now)
      throw new DomainError('DEADLINE_IN_PAST', 422, 'the new deadline must lie ahead', {}, 'deadline');
    const number = await nextNumber(tx, escalationSeries(this.directory.city.numberPrefix, row.step, now));
    const deadline =
      decision.deadline ??
      row.deadline ??
      (row.step === 'supervision' ? await this.term.deadline(tx, row.incidentId, now) : null);
    const version = await this.update(
      tx,
      row,
      `state = 'issued', number = $3, issued_by = $4, issued_at = $5, deadline = $6`,
      [number, decision.actor.id, now, deadline],
    );
    await this.record(tx, 'escalation.issued', now, row, decision.actor, {
      number,
      deadline: deadline?.toISOString() ?? null,
      note: decision.note ?? null,
      ...(row.step === 'accountabilityReferral' ? { noticeTo: disciplineOf(this.directory.city) } : {}),
    });
    return version;
  }

  /** Takes a step back with a reason; its number stays (domain 3.9). */
  async withdraw(tx: Transaction, decision: EscalationDecision & { reason: string }): Promise<number> {
    const row = await this.lock(tx, decision, ['withdraw', 'dismiss']);
    const now = await tx.now();
    const state = row.state === 'proposed' ? 'dismissed' : 'withdrawn';
    const version = await this.update(tx, row, `state = $3, withdrawn = $4`, [
      state,
      JSON.stringify({ by: decision.actor.name, at: now.toISOString(), reason: decision.reason }),
    ]);
    await this.record(tx, `escalation.${state}`, now, row, decision.actor, {}, decision.reason);
    return version;
  }

  /** The addressee's receipt or answer. An answer settles a supervision; what settles a reminder is the missing act itself. */
  async answer(tx: Transaction, decision: EscalationDecision & { text: string }): Promise<number> {
    const row = await this.lock(tx, decision, ['answer']);
    const now = await tx.now();
    const settles = row.step === 'supervision' && row.state === 'issued';
    const version = await this.update(
      tx,
      row,
      `answered_at = $3, answer = $4, received_at = coalesce(received_at, $3), received_by = coalesce(received_by, $5), state = CASE WHEN $6 THEN 'met' ELSE state END`,
      [now, JSON.stringify({ text: decision.text, by: decision.actor.name }), decision.actor.id, settles],
    );
    await this.record(tx, 'escalation.answered', now, row, decision.actor, { text: decision.text, settled: settles });
    return version;
  }

  private async lock(tx: Transaction, decision: EscalationDecision, acts: EscalationAct[]): Promise<EscalationRow> {
    const seen = await findEscalation(tx, decision.escalationId);
    await this.incidents.lock(tx, seen.incidentId);
    const row = await findEscalation(tx, decision.escalationId);
    if (decision.expectedVersion !== undefined && decision.expectedVersion !== row.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the escalation has changed since it was read', {
        actual: row.version,
      });
    if (acts.every((act) => nextState(ESCALATION_STATES, row.state, act) === undefined))
      throw new DomainError('ESCALATION_STATE', 409, `an escalation that is ${row.state} can't do this`, {
        state: row.state,
        needs: acts.flatMap((act) => statesFor(ESCALATION_STATES, act)),
      });
    return row;
  }

  private async update(tx: Transaction, row: EscalationRow, sets: string, values: unknown[]): Promise<number> {
    const rows = await tx.query<{ version: number }>(
      `UPDATE escalations SET ${sets}, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version`,
      [row.id, row.version, ...values],
    );
    if (rows[0] === undefined)
      throw new DomainError('VERSION_CONFLICT', 412, 'the escalation has changed since it was read');
    return rows[0].version;
  }

  private record(
    tx: Transaction,
    type: string,
    at: Date,
    row: EscalationRow,
    actor: Actor,
    payload: Record<string, unknown>,
    reason?: string,
  ): Promise<string[]> {
    return appendLedger(tx, [
      {
        type,
        at,
        actor,
        incidentId: row.incidentId,
        subjectId: row.id,
        payload: { step: row.step, ordinal: row.ordinal, bodyId: row.addresseeBodyId, ...payload },
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
  }
}
