import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { ConferenceStep, PlannedStep } from './rules/back-plan.js';

/** One step before a press conference: its due stands here and as a clock. */
export interface PreparationStep {
  id: string;
  conferenceId: string;
  step: ConferenceStep;
  dueAt: Date;
  doneAt: Date | null;
  doneByName: string | null;
  note: string | null;
}

const COLUMNS = `s.id, s.conference_id AS "conferenceId", s.step, s.due_at AS "dueAt", s.done_at AS "doneAt", s.done_by_name AS "doneByName", s.note`;

/** Plans the steps; what was done keeps its due. */
export async function planSteps(
  tx: Transaction,
  conference: { id: string; incidentId: string },
  steps: readonly PlannedStep[],
): Promise<void> {
  await tx.query(
    `INSERT INTO conference_steps (id, incident_id, conference_id, step, due_at)
     SELECT p.id, $2, $1, p.step, p.due_at FROM unnest($3::uuid[], $4::text[], $5::timestamptz[]) AS p(id, step, due_at)
     ON CONFLICT (conference_id, step) DO UPDATE SET due_at = excluded.due_at WHERE conference_steps.done_at IS NULL`,
    [
      conference.id,
      conference.incidentId,
      steps.map(() => newId()),
      steps.map((step) => step.step),
      steps.map((step) => step.dueAt),
    ],
  );
}

export async function stepsOfConferences(tx: Transaction, incidentId: string): Promise<PreparationStep[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('conference_steps', parameters);
  parameters.push(incidentId);
  return tx.query<PreparationStep>(
    `SELECT ${COLUMNS} FROM ${visible} s WHERE s.incident_id = $${parameters.length} ORDER BY s.due_at, s.step`,
    parameters,
  );
}

/** Fenced: a step is done once. False when it was, or was never planned. */
export async function saveStepDone(
  tx: Transaction,
  conferenceId: string,
  done: { step: ConferenceStep; at: Date; by: string; note: string | null },
): Promise<boolean> {
  const rows = await tx.query(
    'UPDATE conference_steps SET done_at = $3, done_by_name = $4, note = $5 WHERE conference_id = $1 AND step = $2 AND done_at IS NULL RETURNING id',
    [conferenceId, done.step, done.at, done.by, done.note],
  );
  return rows.length === 1;
}
