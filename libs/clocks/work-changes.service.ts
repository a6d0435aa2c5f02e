import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { CLOCK_EVENTS } from './events.js';
import { ClockKeeper } from './keeper.service.js';
import type { Amount } from './policy/contract.js';
import {
  type ChangeableClock,
  type ChangeRequest,
  findClock,
  findInstruction,
  findRequest,
} from './work-changes.store.js';

export interface ClockDecision {
  clockId: string;
  expectedVersion?: number;
  actor: Actor;
}

/** What is asked for: a rest with a ground of the pack, or more time. */
export type WorkChange = { what: 'pause'; ground: string } | { what: 'extend'; ground: string; extension: Amount };

/** The rule's word for a refusal as a stable code: `notPausable` → `NOT_PAUSABLE`. */
const codeOf = (reason: string): string => reason.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/**
 * Pause, resumption and extension of the clocks of work inside the administration. One person asks, another one with the
 * duty approves; public clocks are never touched (domain 3.8; design, invariant 6). The engine obeys the ledger.
 */
@Injectable()
export class WorkChangesService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    private readonly keeper: ClockKeeper,
  ) {}

  /** Asks for a change. It is refused at once when it could not be granted. Returns the id of the request. */
  async ask(
    tx: Transaction,
    decision: ClockDecision & { change: WorkChange; note?: string | undefined },
  ): Promise<string> {
    const clock = await this.lock(tx, decision);
    const { change, actor } = decision;
    await this.refuse(tx, clock, typeOf(change.what), { ...payloadOf(clock, change), approvedBy: '?' });
    return this.record(tx, clock, {
      type: CLOCK_EVENTS.changeAsked,
      actor,
      payload: { ...payloadOf(clock, change), what: change.what },
      reason: decision.note,
    });
  }

  /** Grants a pause that somebody else asked for; the due moves by the paused time when it ends (domain 10.5). */
  pause(tx: Transaction, decision: ClockDecision & { request: string }): Promise<string> {
    return this.grant(tx, decision, 'pause');
  }

  /** Grants more time to an inner clock, once and within the pack's maximum. */
  extend(tx: Transaction, decision: ClockDecision & { request: string }): Promise<string> {
    return this.grant(tx, decision, 'extend');
  }

  async resume(tx: Transaction, decision: ClockDecision & { reason: string }): Promise<string> {
    const clock = await this.lock(tx, decision);
    const payload = { clock: clock.clockKey, clockId: clock.id };
    await this.refuse(tx, clock, CLOCK_EVENTS.resumed, payload);
    return this.record(tx, clock, {
      type: CLOCK_EVENTS.resumed,
      actor: decision.actor,
      payload,
      reason: decision.reason,
    });
  }

  /** A superior's instruction (领导批示): a clock of its own, due when it says (国办发〔2016〕61号: key response). */
  async instruct(
    tx: Transaction,
    decision: { incidentId: string; expectedVersion?: number; actor: Actor; from: string; text: string; dueAt: Date },
  ): Promise<string> {
    const incident = await this.incidents.lock(tx, decision.incidentId, decision.expectedVersion);
    const now = await tx.now();
    if (decision.dueAt <= now)
      throw new DomainError('DUE_NOT_IN_FUTURE', 422, 'the due of an instruction lies ahead', {}, 'dueAt');
    const [id] = await appendLedger(tx, [
      {
        type: CLOCK_EVENTS.instructionReceived,
        at: now,
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: incident.id,
        payload: {
          from: decision.from,
          text: decision.text,
          dueAt: decision.dueAt.toISOString(),
          drill: incident.drill,
        },
      },
    ]);
    return id!;
  }

  /** The answer to one instruction; it stops the clock of that one. */
  async answerInstruction(
    tx: Transaction,
    decision: { incidentId: string; instructionId: string; actor: Actor; text: string },
  ): Promise<void> {
    const incident = await this.incidents.lock(tx, decision.incidentId);
    const instruction = await findInstruction(tx, incident.id, decision.instructionId);
    if (instruction.answered)
      throw new DomainError('ALREADY_ANSWERED', 409, 'the instruction has been answered', {}, 'instructionId');
    await appendLedger(tx, [
      {
        type: CLOCK_EVENTS.instructionAnswered,
        at: await tx.now(),
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: decision.instructionId,
        payload: { instruction: decision.instructionId, text: decision.text },
      },
    ]);
  }

  private async grant(
    tx: Transaction,
    decision: ClockDecision & { request: string },
    what: WorkChange['what'],
  ): Promise<string> {
    const clock = await this.lock(tx, decision);
    const request = await findRequest(tx, { id: decision.request, clockId: clock.id, what });
    refuseRequest(request, decision.actor);
    const { what: _what, ...asked } = request.payload;
    const payload = {
      ...asked,
      request: request.id,
      requestedBy: request.askedByName,
      approvedBy: decision.actor.name,
    };
    await this.refuse(tx, clock, typeOf(what), payload);
    return this.record(tx, clock, { type: typeOf(what), actor: decision.actor, payload });
  }

  private async lock(tx: Transaction, decision: ClockDecision): Promise<ChangeableClock> {
    const seen = await findClock(tx, decision.clockId);
    await this.incidents.lock(tx, seen.incidentId);
    const clock = await findClock(tx, decision.clockId);
    if (decision.expectedVersion !== undefined && decision.expectedVersion !== clock.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the clock has changed since it was read', {
        actual: clock.version,
      });
    if (clock.scope !== 'inner')
      throw new DomainError('PUBLIC_CLOCK', 409, 'a public clock is never paused and never extended', {
        clause: 'NT19 Art.21',
        scope: clock.scope,
      });
    if (!clock.isLatest) throw new DomainError('NOT_OPEN', 409, 'the clock was set anew since');
    return clock;
  }

  /** Asks the rules what they would say of the entry, before it is written. */
  private async refuse(
    tx: Transaction,
    clock: ChangeableClock,
    type: string,
    payload: Record<string, unknown>,
  ): Promise<void> {
    const reason = await this.keeper.refusalOf(tx, clock.incidentId, { type, payload });
    if (reason !== undefined)
      throw new DomainError(codeOf(reason), 409, 'the rules of the pack don’t allow this', {
        clock: clock.clockKey,
        reason,
      });
  }

  private async record(
    tx: Transaction,
    clock: ChangeableClock,
    event: { type: string; actor: Actor; payload: Record<string, unknown>; reason?: string | undefined },
  ): Promise<string> {
    const { reason, ...entry } = event;
    const [id] = await appendLedger(tx, [
      {
        ...entry,
        at: await tx.now(),
        incidentId: clock.incidentId,
        subjectId: clock.id,
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
    return id!;
  }
}

const typeOf = (what: WorkChange['what']): string => (what === 'pause' ? CLOCK_EVENTS.paused : CLOCK_EVENTS.extended);

const payloadOf = (clock: ChangeableClock, change: WorkChange): Record<string, unknown> => ({
  clock: clock.clockKey,
  clockId: clock.id,
  bodyId: clock.bodyId,
  ground: change.ground,
  ...(change.what === 'extend' ? { extension: change.extension } : {}),
});

function refuseRequest(request: ChangeRequest, approver: Actor): void {
  if (request.askedById === approver.id)
    throw new DomainError('SECOND_PERSON', 403, 'who asked for it can’t approve it: a second person does');
  if (request.used) throw new DomainError('REQUEST_USED', 409, 'the request was granted before', {}, 'request');
}
