import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { planSteps, saveStepDone, stepsOfConferences } from './conference-steps.store.js';
import type { Conference } from './conferences.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { backPlan, type BackPlanRule, type ConferenceStep } from './rules/back-plan.js';

/** When the obligation to hold a conference is over. The clocks stand after this stage, which asks through a port. */
export abstract class ConferenceLimits {
  /** The end of the 24 h; null where nothing obliges to a conference. */
  abstract dueAt(tx: Transaction, incidentId: string): Promise<Date | null>;
}

type PlannedFor = Pick<Conference, 'id' | 'incidentId' | 'bodyId' | 'plannedAt'>;

/** Plans the steps back from the conference, or from the end of its 24 h (NT19 Art.21). Without either nothing is planned. */
export async function planPreparation(
  tx: Transaction,
  conference: PlannedFor,
  { rules, limits, actor }: { rules: readonly BackPlanRule[]; limits: ConferenceLimits; actor: Actor },
): Promise<void> {
  const target = conference.plannedAt ?? (await limits.dueAt(tx, conference.incidentId));
  if (target === null) return;
  const now = await tx.now();
  const steps = backPlan(rules, target, now);
  const done = (await stepsOfConferences(tx, conference.incidentId)).filter(
    (step) => step.conferenceId === conference.id && step.doneAt !== null,
  );
  const open = steps.filter(({ step }) => !done.some((other) => other.step === step));
  if (open.length === 0) return;
  await planSteps(tx, conference, open);
  await appendLedger(tx, [
    {
      type: RESPONSE_EVENTS.conferenceBackPlanned,
      at: now,
      actor,
      incidentId: conference.incidentId,
      subjectId: conference.id,
      payload: {
        bodyId: conference.bodyId,
        target: target.toISOString(),
        steps: open.map(({ step, dueAt }) => ({ step, dueAt: dueAt.toISOString() })),
      },
    },
  ]);
}

/** A step that was done, by whom. Its clock stops at this entry. */
export async function finishStep(
  tx: Transaction,
  conference: Conference,
  { step, note, actor }: { step: ConferenceStep; note: string | null; actor: Actor },
): Promise<void> {
  const at = await tx.now();
  if (!(await saveStepDone(tx, conference.id, { step, at, by: actor.name, note })))
    throw new DomainError('STEP_NOT_OPEN', 409, 'this step is done or was not planned', { step }, 'step');
  await appendLedger(tx, [
    {
      type: RESPONSE_EVENTS.conferenceStepDone,
      at,
      actor,
      incidentId: conference.incidentId,
      subjectId: conference.id,
      payload: { bodyId: conference.bodyId, step, note },
    },
  ]);
}
