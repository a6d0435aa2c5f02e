import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import type { Database, Transaction } from '#platform/database/database.js';
import { appendLedger, type LedgerEntry } from '#platform/ledger/ledger.js';
import type { LedgerSubscription, SealedEntry } from '#platform/ledger/subscription.js';
import { type EscalationRow, type EscalationStep, escalationsForUpdate } from './escalations.store.js';
import { type LadderSubject, ladderSubjects } from './ladder-facts.store.js';
import { LadderPolicies } from './ladder-policies.js';
import type { LadderPolicy } from './rules/steps.js';
import { FrozenTexts } from '#platform/config/frozen-texts.js';
import { StepWriter } from './step-writer.js';
import { replacePlans } from './ladder-plans.store.js';
import { KEPT_AS, keyOf, type Ladder, laddersOf, STATE } from './kept-steps.js';

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

  private readonly writer: StepWriter;
  private readonly frozen = new FrozenTexts<LadderPolicy>('ladder');

  constructor(
    private readonly policies: LadderPolicies,
    directory: Directory,
  ) {
    this.writer = new StepWriter(directory);
  }

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
    const present = new Map(subjects.map(({ incidentId }) => [incidentId, this.policies.present]));
    const policies = await this.frozen.forIncidents(tx, present, { freeze: true });
    for (const subject of subjects) {
      const policy = policies.get(subject.incidentId)!;
      moved += await this.draw(tx, { subject, policy: subject.drill ? this.policies.scaled(policy) : policy }, now);
    }
    return moved;
  }

  private async draw(
    tx: Transaction,
    { subject, policy }: { subject: LadderSubject; policy: LadderPolicy },
    now: Date,
  ): Promise<number> {
    const rows = await escalationsForUpdate(tx, subject.incidentId);
    const kept = new Map(rows.map((row) => [row.triggerKey, row]));
    const ladders = laddersOf(subject, { policy, now: now.getTime(), rows });
    const ledger: LedgerEntry[] = [];
    const wanted = new Set(ladders.flatMap(({ prefix, plan }) => plan.steps.map((step) => `${prefix}${keyOf(step)}`)));
    for (const row of rows)
      if (row.state === 'issued' && row.step === 'reminder' && !wanted.has(row.triggerKey))
        await this.writer.takeBack(tx, row, { now, reason: reasonToTakeBack(subject, row) }, ledger);
    const ordinals = new Map<EscalationStep, number>();
    for (const row of rows) ordinals.set(row.step, Math.max(ordinals.get(row.step) ?? 0, row.ordinal));
    for (const ladder of ladders) await this.climbOne(tx, { subject, ladder, kept, ordinals, now }, ledger);
    await replacePlans(
      tx,
      subject.incidentId,
      ladders.flatMap(({ prefix, bodyId, plan }) =>
        plan.steps
          .filter((step) => step.state === 'planned')
          .map((step) => ({
            key: `${prefix}${keyOf(step)}`,
            step: KEPT_AS[step.kind],
            at: new Date(step.at),
            target: this.writer.addressee(step, bodyId),
            basis: `${policy.id} v${policy.version}`,
          })),
      ),
    );
    await appendLedger(tx, ledger);
    return ledger.length;
  }

  /** Writes the steps of one ladder that have come, each referring to the one before. */
  private async climbOne(
    tx: Transaction,
    {
      subject,
      ladder,
      kept,
      ordinals,
      now,
    }: {
      subject: LadderSubject;
      ladder: Ladder;
      kept: Map<string, EscalationRow>;
      ordinals: Map<EscalationStep, number>;
      now: Date;
    },
    ledger: LedgerEntry[],
  ): Promise<void> {
    let previousId: string | null = null;
    for (const step of ladder.plan.steps) {
      const state = STATE[step.state];
      if (step.kind === 'reminder' || state === undefined) continue;
      const known: EscalationRow | undefined = kept.get(`${ladder.prefix}${keyOf(step)}`);
      if (known === undefined) {
        const ordinal = (ordinals.get(KEPT_AS[step.kind]) ?? 0) + 1;
        ordinals.set(KEPT_AS[step.kind], ordinal);
        const grounds = step.kind === 'accountability' ? ladder.plan.accountability.grounds : [];
        previousId = await this.writer.insert(
          tx,
          { subject, ladder, step, ordinal, state, previousId, now, grounds },
          ledger,
        );
      } else {
        previousId = known.id;
        await this.writer.move(tx, known, { step, state, now }, ledger);
      }
    }
  }
}

/** Why an urging is taken back: the case is over, the answer had been given in time after all, or its due moved. */
function reasonToTakeBack({ facts }: LadderSubject, row: EscalationRow): string {
  if (facts.closedAt !== null) return 'closed';
  const { publicResponseAt: answeredAt, responseDueAt: dueAt } = facts;
  const inTime = answeredAt !== null && dueAt !== null && answeredAt <= dueAt;
  return row.reason === 'response' && inTime ? 'timelyEvidence' : 'dueNoLongerStands';
}
