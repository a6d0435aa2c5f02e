import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import { nextState, statesFor } from '#kernel/state-table.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { type Incident, Incidents } from '#triage/contract.js';
import { ConferenceLimits, finishStep, planPreparation } from './conference-preparation.js';
import {
  type Conference,
  findConference,
  insertConference,
  type Speaker,
  updateConference,
} from './conferences.store.js';
import { RESPONSE_EVENTS } from './events.js';
import { ResponsePolicy } from './response-policy.js';
import type { ConferenceStep } from './rules/back-plan.js';
import { CONFERENCE_STATES, type ConferenceAct, type ConferenceState } from './rules/conference-states.js';
import { liesBeforeEvent } from './rules/plausible-time.js';

export interface ConferenceDecision {
  conferenceId: string;
  expectedVersion?: number;
  actor: Actor;
}

/** What proves that a conference was held (domain 3.4). */
export interface ConferenceProof {
  heldAt: Date;
  place?: string | undefined;
  liveUrl?: string | undefined;
  host: string;
  speakers: Speaker[];
  mediaCount: number;
  /** Where transcript or recording stands. */
  recordUrl: string;
}

/** Press conferences: only that one was held stops the clock, at its start (NT19 Art.21, YW18 二(四)). */
@Injectable()
export class ConferencesService {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(ConferenceLimits) private readonly limits: ConferenceLimits,
    @Inject(ResponsePolicy) private readonly policy: ResponsePolicy,
  ) {}

  async plan(
    tx: Transaction,
    decision: {
      incidentId: string;
      bodyId: string;
      plannedAt?: Date | undefined;
      place?: string | undefined;
      actor: Actor;
    },
  ): Promise<string> {
    const incident = await this.incidents.lock(tx, decision.incidentId);
    if (!incident.bodyIds.includes(decision.bodyId))
      throw new DomainError('BODY_NOT_INVOLVED', 422, 'the body takes no part in this incident', {}, 'bodyId');
    const now = await tx.now();
    const id = await insertConference(tx, {
      incidentId: incident.id,
      bodyId: decision.bodyId,
      plannedAt: decision.plannedAt ?? null,
      place: decision.place ?? null,
      filedBy: decision.actor.id,
      filedAt: now,
    });
    await appendLedger(tx, [
      {
        type: RESPONSE_EVENTS.conferencePlanned,
        at: now,
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: id,
        payload: { bodyId: decision.bodyId, plannedAt: decision.plannedAt?.toISOString() ?? null },
      },
    ]);
    const { bodyId, plannedAt = null } = decision;
    await this.prepare(tx, { id, incidentId: incident.id, bodyId, plannedAt }, decision.actor);
    return id;
  }

  /** The notice of a conference. It stops nothing: the clock asks for one that was held. */
  async announce(
    tx: Transaction,
    decision: ConferenceDecision & { plannedAt: Date; place: string; noticeUrl?: string | undefined },
  ): Promise<number> {
    const { conference, state } = await this.lock(tx, decision, 'announce');
    const { plannedAt, place, noticeUrl } = decision;
    const version = await updateConference(tx, conference, { state, plannedAt, place });
    await this.record(tx, conference, RESPONSE_EVENTS.conferenceAnnounced, decision.actor, {
      plannedAt: plannedAt.toISOString(),
      place,
      noticeUrl: noticeUrl ?? null,
    });
    await this.prepare(tx, { ...conference, plannedAt }, decision.actor);
    return version;
  }

  /** Marks one step of the back-plan as done. */
  async finishStep(
    tx: Transaction,
    decision: ConferenceDecision & { step: ConferenceStep; note?: string | undefined },
  ): Promise<number> {
    const { conference } = await this.lock(tx, decision, 'announce');
    await finishStep(tx, conference, { step: decision.step, note: decision.note ?? null, actor: decision.actor });
    return updateConference(tx, conference, { state: conference.state });
  }

  /** A conference that was planned and is not held, with the reason; the obligation stays. */
  async cancel(tx: Transaction, decision: ConferenceDecision & { reason: string }): Promise<number> {
    const { conference, state } = await this.lock(tx, decision, 'cancel');
    const version = await updateConference(tx, conference, { state });
    const { actor, reason } = decision;
    await this.record(tx, conference, RESPONSE_EVENTS.conferenceCancelled, actor, {}, reason);
    return version;
  }

  async hold(tx: Transaction, decision: ConferenceDecision & ConferenceProof): Promise<number> {
    const { conference, state, incident } = await this.lock(tx, decision, 'hold');
    const now = await tx.now();
    const { heldAt, host, speakers, mediaCount, recordUrl, place, liveUrl } = decision;
    if (heldAt > now)
      throw new DomainError(
        'HELD_IN_FUTURE',
        422,
        'a conference that has not begun was not held: a notice is no conference',
        { clause: 'NT19 Art.21' },
        'heldAt',
      );
    if (liesBeforeEvent(heldAt, incident))
      throw new DomainError(
        'BEFORE_EVENT',
        422,
        'a conference that was held before the event answers another (NT19 Art.21)',
        { clause: 'NT19 Art.21' },
        'heldAt',
      );
    if (speakers.length === 0 || speakers.some((speaker) => speaker.rank.trim() === ''))
      throw new DomainError(
        'SPEAKER_RANK_MISSING',
        422,
        'every speaker is named with post and rank (国办发〔2016〕61号)',
        { clause: '国办发〔2016〕61号' },
        'speakers',
      );
    const where = { place: place ?? conference.place, liveUrl: liveUrl ?? null };
    if (where.place === null && where.liveUrl === null)
      throw new DomainError(
        'PLACE_MISSING',
        422,
        'a conference was held at a place or a live address (NT19 Art.21)',
        { clause: 'NT19 Art.21' },
        'place',
      );
    const version = await updateConference(tx, conference, {
      state,
      heldAt,
      host,
      speakers,
      mediaCount,
      recordUrl,
      ...where,
    });
    await this.record(tx, conference, RESPONSE_EVENTS.conferenceHeld, decision.actor, {
      heldAt: heldAt.toISOString(),
      ...where,
      host,
      speakers,
      mediaCount,
      recordUrl,
    });
    if (incident.state === 'assigned' || incident.state === 'confirmed')
      await this.incidents.move(tx, incident, { state: 'responded' });
    return version;
  }

  /** Who decided that there is none, and on what ground. The obligation is a public clock and stays visible. */
  async waive(tx: Transaction, decision: ConferenceDecision & { decidedBy: string; ground: string }): Promise<number> {
    const { conference, state } = await this.lock(tx, decision, 'waive');
    const { decidedBy, ground } = decision;
    const at = (await tx.now()).toISOString();
    const version = await updateConference(tx, conference, { state, waiver: { decidedBy, ground, at } });
    await this.record(tx, conference, RESPONSE_EVENTS.conferenceWaived, decision.actor, { decidedBy, ground }, ground);
    return version;
  }

  private prepare(
    tx: Transaction,
    conference: Pick<Conference, 'id' | 'incidentId' | 'bodyId' | 'plannedAt'>,
    actor: Actor,
  ): Promise<void> {
    const { backPlan } = this.policy.data.conference;
    return planPreparation(tx, conference, { rules: backPlan, limits: this.limits, actor });
  }

  private async lock(
    tx: Transaction,
    decision: ConferenceDecision,
    act: ConferenceAct,
  ): Promise<{ conference: Conference; incident: Incident; state: ConferenceState }> {
    const seen = await findConference(tx, decision.conferenceId);
    const incident = await this.incidents.lock(tx, seen.incidentId);
    const conference = await findConference(tx, decision.conferenceId);
    if (decision.expectedVersion !== undefined && decision.expectedVersion !== conference.version)
      throw new DomainError('VERSION_CONFLICT', 412, 'the press conference has changed since it was read', {
        actual: conference.version,
      });
    const state = nextState(CONFERENCE_STATES, conference.state, act);
    if (state === undefined)
      throw new DomainError('CONFERENCE_STATE', 409, `a press conference that is ${conference.state} can't do this`, {
        state: conference.state,
        act,
        needs: statesFor(CONFERENCE_STATES, act),
      });
    return { conference, incident, state };
  }

  private async record(
    tx: Transaction,
    conference: Conference,
    type: string,
    actor: Actor,
    payload: Record<string, unknown>,
    reason?: string,
  ): Promise<void> {
    await appendLedger(tx, [
      {
        type,
        at: await tx.now(),
        actor,
        incidentId: conference.incidentId,
        subjectId: conference.id,
        payload: { bodyId: conference.bodyId, ...payload },
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
  }
}
