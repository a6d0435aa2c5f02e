import type { Transaction } from '#platform/database/database.js';

/** A step that lies ahead, with the instant at which it comes if nobody answers. */
export interface PlannedStep {
  key: string;
  step: string;
  at: Date;
  target: string | null;
  basis: string;
}

/** Replaces the drawing of one incident. */
export async function replacePlans(tx: Transaction, incidentId: string, steps: PlannedStep[]): Promise<void> {
  await tx.query('DELETE FROM ladder_plans WHERE incident_id = $1', [incidentId]);
  if (steps.length === 0) return;
  await tx.query(
    `INSERT INTO ladder_plans (incident_id, step_key, step, at, target, basis)
     SELECT $1, p.key, p.step, p.at, p.target, p.basis FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[]) AS p(key, step, at, target, basis)
     ON CONFLICT (incident_id, step_key) DO UPDATE SET at = least(ladder_plans.at, excluded.at)`,
    [
      incidentId,
      steps.map((s) => s.key),
      steps.map((s) => s.step),
      steps.map((s) => s.at),
      steps.map((s) => s.target),
      steps.map((s) => s.basis),
    ],
  );
}
