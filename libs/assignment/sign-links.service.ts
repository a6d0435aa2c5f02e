import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { type Person, personsAt, turnsAt } from '#directory/people.store.js';
import { onDutyAt } from '#directory/rules/on-duty.js';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { Incidents } from '#triage/contract.js';
import { AssignmentService } from './assignment.service.js';
import { type Assignment, findAssignment } from './assignments.store.js';
import { ASSIGNMENT_EVENTS } from './events.js';
import { lockOrder } from './orders.js';
import { type SignLinkFault, signLinkFault } from './rules/sign-link.js';
import { findSignLink, insertSignLink, type SignLink, useSignLink } from './sign-links.store.js';

/** How long a link is good for; `config/sign-links.yaml`. */
export abstract class SignLinkTerms {
  abstract readonly validHours: number;
}

/** What the page shows: never more than a person needs to know what is signed for. */
export interface SignView {
  fault: SignLinkFault | null;
  link: SignLink | undefined;
  order: Assignment | undefined;
  incident: { number: string; title: string; grade: string; drill: boolean } | undefined;
  bodyName: string;
  /** People of the body today; the one to whom the link was issued stands first. */
  people: Person[];
}

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Sign-for by a link in a message: random, single use, bound to order, body, purpose and time. Only a POST of a named person signs. */
@Injectable()
export class SignLinksService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(SignLinkTerms) private readonly terms: SignLinkTerms,
    private readonly assignments: AssignmentService,
  ) {}

  /** Issues a link to a person of the order's body, by default to who is on duty. The token is given once and never kept. */
  async issue(
    tx: Transaction,
    request: { assignmentId: string; personId?: string; actor: Actor },
  ): Promise<{ token: string; expiresAt: Date; person: Person; assignment: Assignment }> {
    const { assignment } = await lockOrder(tx, this.incidents, request);
    if (assignment.state !== 'dispatched')
      throw new DomainError('NOTHING_TO_SIGN', 409, 'the order is signed for or with nobody', {
        state: assignment.state,
      });
    const now = await tx.now();
    const people = await personsAt(tx, [assignment.bodyId], now);
    const onDuty = onDutyAt(await turnsAt(tx, [assignment.bodyId], now), people, now);
    const wanted = request.personId ?? onDuty.personId;
    const person = people.find(({ id }) => id === wanted);
    if (person === undefined)
      throw new DomainError('NO_PERSON', 422, 'the body has nobody who could sign today', {}, 'personId');
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now.getTime() + this.terms.validHours * 3_600_000);
    const link = { tokenHash: hashOfToken(token), assignmentId: assignment.id, incidentId: assignment.incidentId };
    await insertSignLink(
      tx,
      { ...link, bodyId: assignment.bodyId, personId: person.id, purpose: 'acknowledge', expiresAt },
      now,
    );
    await appendLedger(tx, [
      {
        type: ASSIGNMENT_EVENTS.linkIssued,
        at: now,
        actor: request.actor,
        incidentId: assignment.incidentId,
        subjectId: assignment.id,
        payload: { bodyId: assignment.bodyId, person: person.name, expiresAt: expiresAt.toISOString() },
      },
    ]);
    return { token, expiresAt, person, assignment };
  }

  /** What a link stands for now. Reads only: chat programs fetch links before anybody taps them. */
  async view(tx: Transaction, link: SignLink | undefined): Promise<SignView> {
    const now = await tx.now();
    const order = link === undefined ? undefined : await findAssignment(tx, link.assignmentId).catch(() => undefined);
    const fault = signLinkFault({ link, order }, now);
    if (link === undefined || order === undefined)
      return { fault, link, order, incident: undefined, bodyName: '', people: [] };
    const incident = await tx.one<NonNullable<SignView['incident']>>(
      'SELECT number, title, grade, drill FROM incidents WHERE id = $1',
      [link.incidentId],
    );
    const body = await tx.one<{ name: string }>('SELECT name FROM bodies WHERE id = $1', [link.bodyId]);
    const people = await personsAt(tx, [link.bodyId], now);
    people.sort((a, b) => Number(b.id === link.personId) - Number(a.id === link.personId));
    return { fault, link, order, incident, bodyName: body?.name ?? link.bodyId, people };
  }

  /** Signs in the name of a person of the body. Of two at once one signs, the other reads that it is used. */
  async sign(tx: Transaction, link: SignLink, name: string): Promise<SignView & { signedBy: string | null }> {
    const { assignment } = await lockOrder(tx, this.incidents, {
      assignmentId: link.assignmentId,
      actor: { kind: 'system', id: 'sign-link', name: 'sign-link' },
    });
    const fresh = await findSignLink(tx, link.tokenHash);
    const seen = await this.view(tx, fresh);
    const person = seen.people.find((candidate) => candidate.name === name.trim());
    if (seen.fault !== null || person === undefined) return { ...seen, signedBy: null };
    const now = await tx.now();
    if (!(await useSignLink(tx, link.tokenHash, now))) return { ...seen, fault: 'used', signedBy: null };
    await this.assignments.acknowledge(tx, {
      assignmentId: assignment.id,
      actor: { kind: 'user', id: person.userId ?? person.id, name: person.name, duty: `signLink (${person.role})` },
    });
    return { ...seen, signedBy: person.name };
  }
}
