import { Injectable } from '@nestjs/common';
import type { Caller } from '#accounts/contract.js';
import { reaches } from '#accounts/reach.js';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { REPORT_EVENTS } from './events.js';
import { incidentsByNumber, insertKnownEvents, matchKnownEvent } from './known-events.store.js';

/** An event as it is entered; `incidentNumber` when it is one of ours. */
export interface EnteredEvent {
  jurisdiction: string;
  title: string;
  origin: string;
  url?: string | undefined;
  knownAt: Date;
  incidentNumber?: string | undefined;
}

/** Events that others knew of. Without them nobody can say what was missed. */
@Injectable()
export class KnownEventsService {
  async enter(tx: Transaction, events: readonly EnteredEvent[], caller: Caller): Promise<string[]> {
    const at = await tx.now();
    const known = await incidentsByNumber(
      tx,
      events.flatMap(({ incidentNumber }) => (incidentNumber === undefined ? [] : [incidentNumber])),
    );
    const rows = events.map((event, index) => {
      const where = `events.${index}`;
      if (!reaches(caller.scope, event.jurisdiction))
        throw new DomainError('OUT_OF_REACH', 403, 'this jurisdiction is not among the caller’s', { place: event.jurisdiction }, where); // prettier-ignore
      if (event.knownAt > at)
        throw new DomainError('KNOWN_IN_FUTURE', 422, 'an event can’t be known in a time to come', {}, where);
      return {
        id: newId(),
        jurisdiction: event.jurisdiction,
        title: event.title,
        origin: event.origin,
        url: event.url ?? null,
        knownAt: event.knownAt,
        incidentId: this.incidentOf(known, event.incidentNumber, where),
      };
    });
    await insertKnownEvents(tx, rows, { at, by: caller.actor });
    await appendLedger(
      tx,
      rows.map(({ id, title, knownAt }) => ({
        type: REPORT_EVENTS.eventEntered,
        at,
        actor: caller.actor,
        subjectId: id,
        payload: { title, knownAt: knownAt.toISOString() },
      })),
    );
    return rows.map(({ id }) => id);
  }

  async match(tx: Transaction, id: string, incidentNumber: string | null, caller: Caller): Promise<void> {
    const known = incidentNumber === null ? new Map<string, string>() : await incidentsByNumber(tx, [incidentNumber]);
    const incidentId = this.incidentOf(known, incidentNumber ?? undefined, 'incidentNumber');
    await matchKnownEvent(tx, id, incidentId);
    const at = await tx.now();
    await appendLedger(tx, [
      { type: REPORT_EVENTS.eventMatched, at, actor: caller.actor, subjectId: id, payload: { incidentNumber } },
    ]);
  }

  private incidentOf(known: ReadonlyMap<string, string>, number: string | undefined, where: string): string | null {
    if (number === undefined) return null;
    const id = known.get(number);
    if (id === undefined) throw new DomainError('INCIDENT_NOT_FOUND', 404, 'no such incident', { number }, where);
    return id;
  }
}
