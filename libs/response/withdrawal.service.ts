import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { nextState, statesFor } from '#kernel/state-table.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { refuseHeld } from './draft-lease.service.js';
import { RESPONSE_EVENTS } from './events.js';
import { STATEMENT_STATES } from './rules/statement-states.js';
import { findStatement, type Statement, updateStatement } from './statements.store.js';

/** Which statement, as its reader saw it, who takes it back and why. */
export interface Withdrawal {
  statementId: string;
  expectedVersion: number | undefined;
  actor: Actor;
  reason: string;
}

/** Takes back a text that was never published. What is public is corrected, never withdrawn (NT19 Art.7). */
@Injectable()
export class WithdrawalService {
  constructor(@Inject(Incidents) private readonly incidents: Incidents) {}

  async withdraw(tx: Transaction, { statementId, expectedVersion, actor, reason }: Withdrawal): Promise<number> {
    await this.incidents.lock(tx, (await findStatement(tx, statementId)).incidentId);
    const statement = await findStatement(tx, statementId);
    if (expectedVersion !== undefined && expectedVersion !== statement.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the statement has changed since it was read', {
        actual: statement.version,
      });
    const state = nextState(STATEMENT_STATES, statement.state, 'withdraw');
    if (state === undefined)
      throw new DomainError('STATEMENT_STATE', 409, `a statement that is ${statement.state} can't be withdrawn`, {
        state: statement.state,
        act: 'withdraw',
        needs: statesFor(STATEMENT_STATES, 'withdraw'),
      });
    const at = await tx.now();
    refuseHeld(statement, actor, at);
    await refuseFiled(tx, statement);
    const version = await updateStatement(tx, statement, { state, editorUntil: null });
    const { incidentId, number, title, bodyId, state: from } = statement;
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.statementWithdrawn,
        at,
        actor,
        incidentId,
        subjectId: statement.id,
        reason,
        payload: { number, title, bodyId, from },
      },
    ]);
    return version;
  }
}

/** Once somebody said where it stands, it may be public: it counts as such until that was refused. */
async function refuseFiled(tx: Transaction, statement: Statement): Promise<void> {
  const parameters: unknown[] = [];
  const visible = tx.visible('evidence', parameters);
  parameters.push(statement.id);
  const filed = await tx.one<{ id: string }>(
    `SELECT e.id FROM ${visible} e WHERE e.statement_id = $${parameters.length} AND e.state <> 'refused' LIMIT 1`,
    parameters,
  );
  if (filed !== undefined)
    throw new DomainError(
      'STATEMENT_FILED',
      409,
      'its publication was filed and may be public: what is public is corrected, never withdrawn (NT19 Art.7)',
      { clause: 'NT19 Art.7', evidenceId: filed.id },
    );
}
