import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { newId } from '#kernel/ids.js';
import type { Database, Transaction } from '#platform/database/database.js';
import { appendLedger, type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import type { LedgerSubscription, SealedEntry } from '#platform/ledger/subscription.js';
import { crashPoint } from '#platform/process/crash-point.js';
import { nextNumber } from '#platform/numbers/number-series.js';
import { escalationSeries } from './escalation.service.js';
import { type EscalationRow, type EscalationStep, escalationsForUpdate } from './escalations.store.js';
import { type LadderSubject, ladderSubjects } from './ladder-facts.store.js';
import { LadderPolicies } from './ladder-policies.js';
import { replacePlans } from './ladder-plans.store.js';
import { KEPT_AS, keyOf, planWith, STATE } from './kept-steps.js';
import type { LadderStep } from './rules/steps.js';
import { QUEUE_OWNER } from './rules/urgings.js';
import type { EscalationState } from './rules/escalation-states.js';

const BATCH = 100;

/**
 * Keeps the steps of the ladder equal to what the rules say of an incident. 催办 goes out by itself when its due has passed;
 * 督办 and 问责 are only proposed, and wait for the authority (NT19 Art.20).
 */
@Injectable()
export class LadderKeeper implements LedgerSubscription {
  readonly consumer = 'ladder';
  readonly types = [
    'incident.confirmed',
    'incident.regraded',
    'incident.heatChanged',
    'incident.rejected',
    'incident.merged',
    'incident.unmerged',
    'incident.reopened',
    'closeOut.struckOff',
    'assignment.dispatched',
    'assignment.acknowledged',
    'assignment.verified',
    'assignment.reported',
    'assignment.withdrawn',
    'assignment.returnAccepted',
    'clock.started',
    'clock.overdue',
    'clock.met',
    'clock.metLate',
    'clock.superseded',
    'clock.cancelled',
    'clock.overdueAtUpgrade',
    'clock.dueMoved',
    'escalation.issued',
    'escalation.withdrawn',
    'escalation.answered',
  ];

  constructor(
    private readonly policies: LadderPolicies,
    private readonly directory: Directory,
  ) {}

  async handle(tx: Transaction, entries: SealedEntry[]): Promise<void> {
    await this.sync(tx, [...new Set(entries.map((entry) => entry.incidentId).filter((id) => id !== null))]);
  }

  /** Takes the steps whose instant has come. Returns how many rows moved. */
  async climb(database: Database): Promise<number> {
    return database.asSystem(async (tx) => {
      const due = await tx.query<{ incident_id: string }>(
        `SELECT incident_id FROM ladder_plans WHERE at < huiying_now()
          UNION SELECT incident_id FROM escalations WHERE state = 'issued' AND deadline < huiying_now() AND step IN ('reminder', 'supervision') LIMIT ${BATCH}`,
      );
      return due.length === 0
        ? 0
        : this.sync(
            tx,
            due.map((row) => row.incident_id),
          );
    });
  }

  /** Draws the ladders of the incidents anew and writes what differs. Returns how many steps moved. */
  async sync(tx: Transaction, incidentIds: string[]): Promise<number> {
    let moved = 0;
    const subjects = await ladderSubjects(tx, incidentIds);
    const now = await tx.now();
    for (const subject of subjects) moved += await this.draw(tx, subject, now);
    return moved;
  }

  private async draw(tx: Transaction, subject: LadderSubject, now: Date): Promise<number> {
    const policy = this.policies.policyFor(subject.drill);
    const rows = await escalationsForUpdate(tx, subject.incidentId);
    const kept = new Map(rows.map((row) => [row.triggerKey, row]));
    const plan = planWith(subject, { policy, now: now.getTime(), rows });
    const ledger: LedgerEntry[] = [];
    const wanted = new Set(plan.steps.map(keyOf));
    for (const row of rows)
      if (row.state === 'issued' && row.step === 'reminder' && !wanted.has(row.triggerKey))
        await this.takeBack(
          tx,
          row,
          { now, reason: subject.facts.closedAt === null ? 'dueNoLongerStands' : 'closed' },
          ledger,
        );
    let previousId: string | null = null;
    const ordinals = new Map<EscalationStep, number>();
    for (const row of rows) ordinals.set(row.step, Math.max(ordinals.get(row.step) ?? 0, row.ordinal));
    for (const step of plan.steps) {
      const state = STATE[step.state];
      if (step.kind === 'reminder' || state === undefined) continue;
      const known: EscalationRow | undefined = kept.get(keyOf(step));
      if (known === undefined) {
        const ordinal = (ordinals.get(KEPT_AS[step.kind]) ?? 0) + 1;
        ordinals.set(KEPT_AS[step.kind], ordinal);
        previousId = await this.insert(
          tx,
          {
            subject,
            step,
            ordinal,
            state,
            previousId,
            now,
            grounds: step.kind === 'accountability' ? plan.accountability.grounds : [],
          },
          ledger,
        );
      } else {
        previousId = known.id;
        await this.move(tx, known, { step, state, now }, ledger);
      }
    }
    const planned = plan.steps.filter((step) => step.state === 'planned');
    await replacePlans(
      tx,
      subject.incidentId,
      planned.map((step) => ({
        key: keyOf(step),
        step: KEPT_AS[step.kind],
        at: new Date(step.at),
        target: this.addressee(step, subject),
        basis: `${policy.id} v${policy.version}`,
      })),
    );
    await appendLedger(tx, ledger);
    return ledger.length;
  }

  private async insert(
    tx: Transaction,
    {
      subject,
      step,
      ordinal,
      state,
      previousId,
      now,
      grounds,
    }: {
      subject: LadderSubject;
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
    const addressee = this.addressee(step, subject);
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
        keyOf(step),
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
        at: new Date(step.at).toISOString(),
        deadline: deadline?.toISOString() ?? null,
        state,
        drill: subject.drill,
      },
    });
    return id;
  }

  /** Moves a kept step to where the rules see it. What a person has decided is not undone. */
  private async move(
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
  private async takeBack(
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
  private addressee(step: LadderStep, subject: LadderSubject): string | null {
    const { city } = this.directory;
    const queue = city.bodyFor(city.root.code, city.roles.queue)?.id ?? null;
    if (step.addressee === QUEUE_OWNER) return queue;
    if (city.bodies.has(step.addressee)) return step.addressee;
    return subject.leadBodyId ?? queue;
  }
}
