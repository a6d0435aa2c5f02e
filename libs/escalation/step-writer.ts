import { Directory } from '#directory/directory.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import { crashPoint } from '#platform/process/crash-point.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { escalationSeries } from './escalation.service.js';
import type { EscalationRow } from './escalations.store.js';
import { KEPT_AS, keyOf, type Ladder } from './kept-steps.js';
import type { LadderSubject } from './ladder-facts.store.js';
import { supervisionOffice } from './offices.js';
import type { EscalationState } from './rules/escalation-states.js';
import type { LadderStep } from './rules/steps.js';
import { QUEUE_OWNER } from './rules/urgings.js';

/** Writes the steps of a ladder, each with the ledger entry of its change. */
export class StepWriter {
  constructor(private readonly directory: Directory) {}

  /** Writes a step that has come: an urging with its number, a supervision or referral as a proposal. */
  async insert(
    tx: Transaction,
    {
      subject,
      ladder,
      step,
      ordinal,
      state,
      previousId,
      now,
      grounds,
    }: {
      subject: LadderSubject;
      ladder: Ladder;
      step: LadderStep;
      ordinal: number;
      state: EscalationState;
      previousId: string | null;
      now: Date;
      grounds: string[];
    },
    ledger: LedgerEntry[],
  ): Promise<string> {
    const id = newId();
    const kind = KEPT_AS[step.kind];
    const issued = state !== 'proposed';
    const number = issued ? await nextNumber(tx, escalationSeries(this.directory.city.numberPrefix, kind, now)) : null;
    const addressee = this.addressee(step, ladder.bodyId);
    const deadline = step.deadline === null ? null : new Date(step.deadline);
    await tx.query(
      `INSERT INTO escalations (id, incident_id, step, ordinal, number, reason, trigger_key, previous_id, addressee_body_id, at, deadline, state, grounds, issued_by, issued_at, drill)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        id,
        subject.incidentId,
        kind,
        ordinal,
        number,
        step.reason,
        `${ladder.prefix}${keyOf(step)}`,
        previousId,
        addressee,
        new Date(step.at),
        deadline,
        state,
        grounds,
        issued ? 'clocks' : null,
        issued ? now : null,
        subject.drill,
      ],
    );
    crashPoint('ladder.numbered');
    ledger.push({
      type: issued ? 'escalation.issued' : 'escalation.proposed',
      at: now,
      actor: systemActor('clocks'),
      incidentId: subject.incidentId,
      subjectId: id,
      rule: 'NT19 Art.20',
      payload: {
        step: kind,
        ordinal,
        number,
        reason: step.reason,
        bodyId: addressee,
        // A proposal is the supervision office's to decide; the supervised body hears of it when it is issued.
        ...(issued ? {} : { noticeTo: supervisionOffice(this.directory.city) }),
        at: new Date(step.at).toISOString(),
        deadline: deadline?.toISOString() ?? null,
        state,
        drill: subject.drill,
      },
    });
    return id;
  }

  /** Moves a kept step to where the rules see it. What a person has decided is not undone. */
  async move(
    tx: Transaction,
    row: EscalationRow,
    { step, state, now }: { step: LadderStep; state: EscalationState; now: Date },
    ledger: LedgerEntry[],
  ): Promise<void> {
    if (row.state === state || row.state !== 'issued' || state === 'proposed') return;
    const withdrawn =
      step.withdrawn === undefined
        ? null
        : JSON.stringify({ at: new Date(step.withdrawn.at).toISOString(), reason: step.withdrawn.reason });
    await tx.query(
      `UPDATE escalations SET state = $2, answered_at = coalesce(answered_at, $3), withdrawn = coalesce(withdrawn, $4::jsonb), version = version + 1 WHERE id = $1 AND state = 'issued'`,
      [row.id, state, step.answeredAt === null ? null : new Date(step.answeredAt), withdrawn],
    );
    ledger.push({
      type: `escalation.${state}`,
      at: now,
      actor: systemActor('clocks'),
      incidentId: row.incidentId,
      subjectId: row.id,
      rule: 'NT19 Art.20',
      payload: {
        step: row.step,
        ordinal: row.ordinal,
        number: row.number,
        bodyId: row.addresseeBodyId,
        answeredAt: step.answeredAt === null ? null : new Date(step.answeredAt).toISOString(),
        drill: row.drill,
      },
      ...(step.withdrawn === undefined ? {} : { reason: step.withdrawn.reason }),
    });
  }

  /** An urging whose due no longer stands (a correction, a re-grade, the end of the case) is taken back; its number stays. */
  async takeBack(
    tx: Transaction,
    row: EscalationRow,
    { now, reason }: { now: Date; reason: string },
    ledger: LedgerEntry[],
  ): Promise<void> {
    await tx.query(
      `UPDATE escalations SET state = 'withdrawn', withdrawn = $2, version = version + 1 WHERE id = $1 AND state = 'issued'`,
      [row.id, JSON.stringify({ at: now.toISOString(), reason })],
    );
    ledger.push({
      type: 'escalation.withdrawn',
      at: now,
      actor: systemActor('clocks'),
      incidentId: row.incidentId,
      subjectId: row.id,
      reason,
      payload: {
        step: row.step,
        ordinal: row.ordinal,
        number: row.number,
        bodyId: row.addresseeBodyId,
        drill: row.drill,
      },
    });
  }

  /** Who is addressed: the body, the owner of the queue while there is none, and for the supervising steps the body that is supervised. */
  addressee(step: LadderStep, bodyId: string | null): string | null {
    const { city } = this.directory;
    const queue = city.bodyFor(city.root.code, city.roles.queue)?.id ?? null;
    if (step.addressee === QUEUE_OWNER) return queue;
    if (city.bodies.has(step.addressee)) return step.addressee;
    return bodyId ?? queue;
  }
}
