import { Injectable } from '@nestjs/common';
import { nextState } from '#kernel/state-table.js';
import type { Transaction } from '#platform/database/database.js';
import type { Actor } from '#platform/ledger/ledger.js';
import { assignmentsOf, updateAssignment } from './assignments.store.js';
import { Orders } from './contract.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { recordOrder } from './orders.js';
import { ASSIGNMENT_STATES } from './rules/assignment-states.js';

@Injectable()
export class OrderCompletion extends Orders {
  async complete(tx: Transaction, incidentId: string, actor: Actor): Promise<void> {
    const at = await tx.now();
    for (const order of await assignmentsOf(tx, incidentId)) {
      if (order.endedAt !== null) continue;
      const completed = nextState(ASSIGNMENT_STATES, order.state, 'complete');
      await updateAssignment(tx, order, { state: completed ?? 'withdrawn', endedAt: at });
      const type = completed === undefined ? ASSIGNMENT_EVENTS.withdrawn : ASSIGNMENT_EVENTS.completed;
      await recordOrder(tx, order, { type, at, actor });
    }
  }
}
