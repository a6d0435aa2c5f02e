import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { CLOCK_EVENTS } from './events.js';

/** A clock as its changes need it. */
export interface ChangeableClock {
  id: string;
  incidentId: string;
  clockKey: string;
  scope: 'public' | 'inner' | 'duty';
  bodyId: string | null;
  version: number;
  /** False when the same clock was set anew since. */
  isLatest: boolean;
}

/** One clock inside the scope, or 404. */
export async function findClock(tx: Transaction, id: string): Promise<ChangeableClock> {
  const parameters: unknown[] = [];
  const clocks = tx.visible('response_clocks', parameters);
  parameters.push(id);
  const row = await tx.one<ChangeableClock>(
    `SELECT c.id, c.incident_id AS "incidentId", c.clock_key AS "clockKey", c.scope, c.body_id AS "bodyId", c.version,
            NOT EXISTS (SELECT 1 FROM response_clocks n WHERE n.incident_id = c.incident_id AND n.clock_key = c.clock_key AND n.generation > c.generation) AS "isLatest"
       FROM ${clocks} c WHERE c.id = $${parameters.length}`,
    parameters,
  );
  if (row === undefined) throw new DomainError('CLOCK_NOT_FOUND', 404, 'no such clock');
  return row;
}

/** What somebody asked for; the ledger entry is the request. */
export interface ChangeRequest {
  id: string;
  askedById: string;
  askedByName: string;
  ground: string;
  payload: Record<string, unknown>;
  used: boolean;
}

/** A request on this clock of the given kind, or 404. */
export async function findRequest(
  tx: Transaction,
  request: { id: string; clockId: string; what: string },
): Promise<ChangeRequest> {
  const parameters: unknown[] = [];
  const ledger = tx.visible('ledger_entries', parameters);
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const row = await tx.one<ChangeRequest>(
    `SELECT e.id, e.actor_id AS "askedById", e.actor_name AS "askedByName", e.payload->>'ground' AS ground, e.payload,
            EXISTS (SELECT 1 FROM ledger_entries d WHERE d.incident_id = e.incident_id AND d.payload->>'request' = e.id::text) AS used
       FROM ${ledger} e WHERE e.id = ${bind(request.id)} AND e.type = ${bind(CLOCK_EVENTS.changeAsked)} AND e.subject_id = ${bind(request.clockId)}
        AND e.payload->>'what' = ${bind(request.what)}`,
    parameters,
  );
  if (row === undefined)
    throw new DomainError('REQUEST_NOT_FOUND', 404, 'nobody has asked for this on this clock', {}, 'request');
  return row;
}

/** Whether an instruction was received on the incident, and whether it was answered. */
export async function findInstruction(tx: Transaction, incidentId: string, id: string): Promise<{ answered: boolean }> {
  const row = await tx.one<{ answered: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM ledger_entries a WHERE a.incident_id = e.incident_id AND a.type = $3 AND a.payload->>'instruction' = e.id::text) AS answered
       FROM ledger_entries e WHERE e.incident_id = $1 AND e.id = $2 AND e.type = $4`,
    [incidentId, id, CLOCK_EVENTS.instructionAnswered, CLOCK_EVENTS.instructionReceived],
  );
  if (row === undefined) throw new DomainError('INSTRUCTION_NOT_FOUND', 404, 'no such instruction');
  return row;
}
