import type { Transaction } from '#platform/database/database.js';
import { type Assignment, ASSIGNMENT_COLUMNS } from './assignments.store.js';

/** The routing that the rules proposed, with its reasons. */
export interface RoutingProposalView {
  jurisdiction: string | null;
  leadBodyId: string | null;
  coBodyIds: string[];
  copyBodyIds: string[];
  coordinatorIds: string[];
  rule: string;
  proposal: Record<string, unknown>;
}

export async function proposalOf(tx: Transaction, incidentId: string): Promise<RoutingProposalView | undefined> {
  const parameters: unknown[] = [];
  const visible = tx.visible('routing_proposals', parameters);
  parameters.push(incidentId);
  return tx.one<RoutingProposalView>(
    `SELECT p.jurisdiction, p.lead_body_id AS "leadBodyId", p.co_body_ids AS "coBodyIds", p.copy_body_ids AS "copyBodyIds", p.coordinator_ids AS "coordinatorIds", p.rule, p.proposal
       FROM ${visible} p WHERE p.incident_id = $${parameters.length}`,
    parameters,
  );
}

/** The orders of an incident that this transaction may see, in the order of dispatch. */
export async function assignmentsVisible(tx: Transaction, incidentId: string): Promise<Assignment[]> {
  const parameters: unknown[] = [];
  const visible = tx.visible('assignments', parameters);
  parameters.push(incidentId);
  return tx.query<Assignment>(
    `SELECT ${ASSIGNMENT_COLUMNS} FROM ${visible} a WHERE a.incident_id = $${parameters.length} ORDER BY a.dispatched_at, a.id`,
    parameters,
  );
}
