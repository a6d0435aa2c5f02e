import { Injectable } from '@nestjs/common';
import { type Caller, requireInBody } from '#accounts/contract.js';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { REPORT_EVENTS } from './events.js';
import { decideObjection, insertObjection, lockObjection } from './objections.store.js';
import { findSnapshot } from './snapshots.store.js';

/** Bodies that a bulletin names may object once; the office that froze it decides, and freezes anew when they are right. */
@Injectable()
export class ObjectionsService {
  async file(
    tx: Transaction,
    snapshotId: string,
    given: { bodyId: string; figure: string; text: string },
    caller: Caller,
  ): Promise<string> {
    const snapshot = await findSnapshot(tx, snapshotId);
    const at = await tx.now();
    requireInBody(caller, 'report.object', given.bodyId);
    if (!snapshot.bodyIds.includes(given.bodyId))
      throw new DomainError('BODY_NOT_NAMED', 422, 'the bulletin does not name this body', { body: given.bodyId });
    if (snapshot.objectionsUntil === null || at >= snapshot.objectionsUntil)
      throw new DomainError('OBJECTIONS_CLOSED', 409, 'the time for objections is over', {
        until: snapshot.objectionsUntil?.toISOString() ?? null,
      });
    const id = newId();
    const { jurisdiction, number } = snapshot;
    await insertObjection(tx, { id, snapshotId, jurisdiction, ...given, at, by: caller.actor });
    const payload = { number, bodyId: given.bodyId, figure: given.figure };
    await appendLedger(tx, [{ type: REPORT_EVENTS.objected, at, actor: caller.actor, subjectId: id, payload }]);
    return id;
  }

  /** Upheld or dismissed, with a reason, by somebody who does not hold a duty in the body that objects. */
  async decide(
    tx: Transaction,
    id: string,
    given: { state: 'upheld' | 'dismissed'; decision: string },
    caller: Caller,
  ): Promise<void> {
    const objection = await lockObjection(tx, id);
    if (caller.scope.bodies.includes(objection.bodyId))
      throw new DomainError('OWN_OBJECTION', 403, 'nobody decides an objection of the own body', {
        body: objection.bodyId,
      });
    if (objection.state !== 'filed')
      throw new DomainError('OBJECTION_DECIDED', 409, 'this objection has been decided', { state: objection.state });
    const at = await tx.now();
    await decideObjection(tx, id, { ...given, at, by: caller.actor });
    const payload = { bodyId: objection.bodyId, state: given.state };
    await appendLedger(tx, [
      { type: REPORT_EVENTS.objectionDecided, at, actor: caller.actor, subjectId: id, reason: given.decision, payload },
    ]);
  }
}
