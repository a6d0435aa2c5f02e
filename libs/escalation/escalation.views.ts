import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform/database/database.js';

/** A step of the ladder that lies ahead, with its exact instant. */
export interface PlannedStepView {
  step: string;
  at: Date;
  target: string | null;
  basis: string | null;
}

@Injectable()
export class EscalationViews {
  /** The ladder drawn ahead: what comes next if nobody answers. */
  async plan(tx: Transaction, incidentId: string): Promise<PlannedStepView[]> {
    const parameters: unknown[] = [];
    const visible = tx.visible('ladder_plans', parameters);
    parameters.push(incidentId);
    return tx.query<PlannedStepView>(
      `SELECT p.step, p.at, p.target, p.basis FROM ${visible} p WHERE p.incident_id = $${parameters.length} ORDER BY p.at, p.step_key`,
      parameters,
    );
  }
}
