import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { nextState } from '#kernel/state-table.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { RESPONSE_EVENTS } from './events.js';
import { ResponsePolicy } from './response-policy.js';
import { STATEMENT_STATES } from './rules/statement-states.js';
import { type Editor, findStatement, saveLease, type Statement } from './statements.store.js';

/** Refuses a change of a draft that somebody else writes now. A lease that ran out holds nothing. */
export function refuseHeld(statement: Statement, actor: Actor, now: Date): void {
  const { editor, editorUntil } = statement;
  if (editor === null || editorUntil === null || editorUntil <= now || editor.userId === actor.id) return;
  throw new DomainError('DRAFT_HELD', 409, 'somebody else writes this draft now; it can be taken over', {
    holder: editor.name,
    since: editor.since,
    until: editorUntil.toISOString(),
  });
}

/** One editor at a time: a lease that the open page renews, that runs out by itself, and that another may take over, visibly. */
@Injectable()
export class DraftLeaseService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
  ) {}

  /** Takes or renews the lease. `takeOver` takes it from who holds it; both see it and the ledger keeps it. */
  async hold(
    tx: Transaction,
    { statementId, actor, takeOver }: { statementId: string; actor: Actor; takeOver: boolean },
  ): Promise<{ editor: Editor; until: Date; version: number; takenFrom: string | null }> {
    const statement = await this.lock(tx, statementId);
    const now = await tx.now();
    const held = statement.editor !== null && statement.editorUntil !== null && statement.editorUntil > now;
    const own = held && statement.editor!.userId === actor.id;
    if (!takeOver) refuseHeld(statement, actor, now);
    const editor: Editor = own ? statement.editor! : { userId: actor.id, name: actor.name, since: now.toISOString() };
    const until = (await saveLease(tx, statement.id, { editor, seconds: this.policy.data.draft.leaseSeconds }))!;
    const takenFrom = held && !own ? statement.editor!.name : null;
    if (takenFrom !== null)
      await appendLedger(tx, [
        {
          type: RESPONSE_EVENTS.statementTakenOver,
          at: now,
          actor,
          incidentId: statement.incidentId,
          subjectId: statement.id,
          payload: { number: statement.number, from: takenFrom, bodyId: statement.bodyId },
        },
      ]);
    return { editor, until, version: statement.version, takenFrom };
  }

  /** Gives the lease back; whoever does not hold it gives nothing back. */
  async release(tx: Transaction, { statementId, actor }: { statementId: string; actor: Actor }): Promise<void> {
    const seen = await findStatement(tx, statementId);
    await this.incidents.lock(tx, seen.incidentId);
    const statement = await findStatement(tx, statementId);
    if (statement.editor?.userId === actor.id) await saveLease(tx, statement.id, null);
  }

  private async lock(tx: Transaction, statementId: string): Promise<Statement> {
    const seen = await findStatement(tx, statementId);
    await this.incidents.lock(tx, seen.incidentId);
    const statement = await findStatement(tx, statementId);
    if (nextState(STATEMENT_STATES, statement.state, 'edit') === undefined)
      throw new DomainError('STATEMENT_STATE', 409, `a statement that is ${statement.state} can't be written`, {
        state: statement.state,
        act: 'edit',
      });
    return statement;
  }
}
