import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { saveCorrection } from './category-corrections.store.js';
import {
  type Category,
  type GradeBasis,
  type Incident,
  type IncidentGrade,
  type StampName,
  TRIAGE_EVENTS,
} from './contract.js';
import { type IncidentChange, IncidentsStore } from './incidents.store.js';
import { mayMove } from './rules/incident-states.js';
import {
  doubtOfStamp,
  latestSnooze,
  SNOOZE_DAYS_AT_MOST,
  STAMP_DAYS_BEFORE_DETECTION,
  STAMP_YEARS_AT_MOST,
} from './rules/time-bounds.js';

/** A decision on one incident: who, on which version, why. */
export interface Decision {
  incidentId: string;
  expectedVersion?: number;
  actor: Actor;
  reason?: string;
}

export interface Confirmation extends Decision {
  category?: Category;
  grade?: IncidentGrade;
  gradeBasis?: GradeBasis;
  title?: string;
}

/** What a named person decides in triage. Each method is one use case in the caller's transaction, with its ledger entry. */
@Injectable()
export class DecisionsService {
  constructor(private readonly store: IncidentsStore) {}

  /** Category and grade were proposals until here; from here the clocks run (design, section 1). */
  async confirm(tx: Transaction, decision: Confirmation): Promise<number> {
    const incident = await this.lockFor(tx, decision, 'confirmed');
    const now = await tx.now();
    const category = decision.category ?? incident.category;
    const grade = decision.grade ?? incident.grade;
    const gradeBasis = decision.gradeBasis ?? (decision.grade === undefined ? incident.gradeBasis : 'confirmed');
    await this.recordCorrection(tx, incident, category, decision);
    const version = await this.store.update(tx, incident.id, {
      state: 'confirmed',
      category,
      grade,
      gradeBasis,
      gradedAt: now,
      decidedBy: decision.actor.id,
      snoozedUntil: null,
      closedAt: null,
      ...(decision.title === undefined ? {} : { title: decision.title }),
    });
    await this.record(tx, TRIAGE_EVENTS.confirmed, now, incident, decision, {
      category,
      grade,
      basis: gradeBasis,
      heat: incident.heatLevel,
      proposed: { category: incident.category, grade: incident.grade },
      stamps: stampsOf(incident),
      stampSources: incident.stampSources,
      policyPack: incident.policyPack,
      drill: incident.drill,
      jurisdiction: incident.jurisdiction,
      title: decision.title ?? incident.title,
    });
    return version;
  }

  /** Not ours, or nothing: needs a reason. `outOfArea` is for another place. */
  async reject(tx: Transaction, decision: Decision & { as: 'rejected' | 'outOfArea' }): Promise<number> {
    const incident = await this.lockFor(tx, decision, decision.as);
    const now = await tx.now();
    const change = { state: decision.as, decidedBy: decision.actor.id, closedAt: now };
    const version = await this.store.update(tx, incident.id, change);
    await this.record(tx, TRIAGE_EVENTS.rejected, now, incident, decision, { as: decision.as });
    return version;
  }

  /** Puts a proposal aside until an instant, or until it heats up, whichever comes first. */
  async snooze(tx: Transaction, decision: Decision & { until: Date; heatsUp?: boolean }): Promise<number> {
    const incident = await this.store.lock(tx, decision.incidentId, decision.expectedVersion);
    const now = await tx.now();
    if (incident.state !== 'proposed')
      throw new DomainError('INCIDENT_STATE', 409, 'only a proposal can be put aside', { from: incident.state });
    if (decision.until <= now)
      throw new DomainError('SNOOZE_IN_PAST', 422, 'the instant to come back must lie ahead', {}, 'until');
    if (decision.until > latestSnooze(now))
      throw new DomainError(
        'SNOOZE_TOO_LONG',
        422,
        `a proposal is put aside for ${SNOOZE_DAYS_AT_MOST} days at most`,
        { days: SNOOZE_DAYS_AT_MOST },
        'until',
      );
    const version = await this.store.update(tx, incident.id, {
      snoozedUntil: decision.until,
      snoozedHeat: decision.heatsUp === false ? null : incident.heatScore,
    });
    await this.record(tx, TRIAGE_EVENTS.snoozed, now, incident, decision, { until: decision.until.toISOString() });
    return version;
  }

  /** A correction of the category, kept as labelled data for the next training. */
  async recategorise(tx: Transaction, decision: Decision & { category: Category }): Promise<number> {
    const incident = await this.store.lock(tx, decision.incidentId, decision.expectedVersion);
    await this.recordCorrection(tx, incident, decision.category, decision);
    const version = await this.store.update(tx, incident.id, { category: decision.category });
    await this.record(tx, TRIAGE_EVENTS.recategorised, await tx.now(), incident, decision, {
      from: incident.category,
      to: decision.category,
    });
    return version;
  }

  /** Upgrade or downgrade: later stages recompute the clocks from the original starts (domain 3.8). */
  async regrade(tx: Transaction, decision: Decision & { grade: IncidentGrade; basis: GradeBasis }): Promise<number> {
    const incident = await this.store.lock(tx, decision.incidentId, decision.expectedVersion);
    const now = await tx.now();
    const version = await this.store.update(tx, incident.id, {
      grade: decision.grade,
      gradeBasis: decision.basis,
      gradedAt: now,
      decidedBy: decision.actor.id,
    });
    await this.record(tx, TRIAGE_EVENTS.regraded, now, incident, decision, {
      from: incident.grade,
      grade: decision.grade,
      basis: decision.basis,
    });
    return version;
  }

  /** Corrects a start stamp. Dues are recomputed; a breach that was recorded stays (domain 3.3). A future instant is refused. */
  async correctStamp(
    tx: Transaction,
    decision: Decision & { stamp: StampName; value: Date; source: string; farPastMeant?: boolean },
  ): Promise<number> {
    const incident = await this.store.lock(tx, decision.incidentId, decision.expectedVersion);
    const now = await tx.now();
    if (decision.value > now)
      throw new DomainError('STAMP_IN_FUTURE', 422, 'a stamp can’t lie in the future (domain 3.8)', {}, 'value');
    const meant = decision.farPastMeant === true;
    const doubt = doubtOfStamp(decision.value, incident.detectedAt, meant);
    if (doubt !== undefined)
      throw new DomainError(
        doubt,
        422,
        'the stamp lies so long before the detection that it looks like a slip',
        {
          days: STAMP_DAYS_BEFORE_DETECTION,
          years: STAMP_YEARS_AT_MOST,
          detectedAt: incident.detectedAt.toISOString(),
        },
        'value',
      );
    const change: IncidentChange = { stampSources: { ...incident.stampSources, [decision.stamp]: decision.source } };
    const version = await this.store.update(tx, incident.id, { ...change, [decision.stamp]: decision.value });
    await this.record(tx, TRIAGE_EVENTS.stampCorrected, now, incident, decision, {
      stamp: decision.stamp,
      value: decision.value.toISOString(),
      before: stampsOf(incident)[decision.stamp],
      source: decision.source,
      ...(meant ? { farPastMeant: true } : {}),
    });
    return version;
  }

  /** Joins an incident into another one; its number and history stay, and it can be taken out again. */
  async merge(tx: Transaction, decision: Decision & { into: string }): Promise<number> {
    if (decision.into === decision.incidentId)
      throw new DomainError('MERGE_INTO_SELF', 422, 'an incident can’t be merged into itself', {}, 'into');
    // Locked in the order of their ids, so that two merges at once can't wait for each other.
    const [first, second] = [decision.incidentId, decision.into].sort();
    await this.store.lock(tx, first!);
    await this.store.lock(tx, second!);
    const child = await this.lockFor(tx, decision, 'merged');
    const target = await this.store.lock(tx, decision.into);
    if (target.state === 'merged')
      throw new DomainError('MERGE_TARGET_MERGED', 409, 'the target is itself merged into another incident', {
        mergedInto: target.mergedInto,
      });
    const now = await tx.now();
    const version = await this.store.update(tx, child.id, {
      state: 'merged',
      mergedInto: target.id,
      closedAt: now,
      decidedBy: decision.actor.id,
    });
    await this.store.update(tx, target.id, {
      itemCount: target.itemCount + child.itemCount,
      bodyIds: [...new Set([...target.bodyIds, ...child.bodyIds])],
    });
    const payload = {
      child: child.id,
      childNumber: child.number,
      into: target.id,
      childState: child.state,
      stamps: stampsOf(child),
      grade: child.grade,
      basis: child.gradeBasis,
    };
    await this.record(tx, TRIAGE_EVENTS.merged, now, child, decision, payload);
    await this.record(tx, TRIAGE_EVENTS.merged, now, target, decision, payload);
    return version;
  }

  /** Takes a merged incident out again: it gets its state and its own dues back. */
  async unmerge(tx: Transaction, decision: Decision): Promise<number> {
    const child = await this.store.lock(tx, decision.incidentId, decision.expectedVersion);
    if (child.state !== 'merged' || child.mergedInto === null)
      throw new DomainError('INCIDENT_STATE', 409, 'the incident is not merged', { from: child.state });
    const target = await this.store.lock(tx, child.mergedInto);
    const merged = await tx.one<{ state: Incident['state'] }>(
      `SELECT payload->>'childState' AS state FROM ledger_entries WHERE incident_id = $1 AND type = $2 ORDER BY at DESC LIMIT 1`,
      [child.id, TRIAGE_EVENTS.merged],
    );
    const now = await tx.now();
    const state = merged?.state ?? 'confirmed';
    const version = await this.store.update(tx, child.id, { state, mergedInto: null, closedAt: null });
    await this.store.update(tx, target.id, { itemCount: Math.max(0, target.itemCount - child.itemCount) });
    for (const incident of [child, target])
      await this.record(tx, TRIAGE_EVENTS.unmerged, now, incident, decision, {
        child: child.id,
        from: target.id,
        state,
      });
    return version;
  }

  private async lockFor(tx: Transaction, decision: Decision, to: Incident['state']): Promise<Incident> {
    const incident = await this.store.lock(tx, decision.incidentId, decision.expectedVersion);
    if (incident.state === to || !mayMove(incident.state, to))
      throw new DomainError('INCIDENT_STATE', 409, `an incident that is ${incident.state} can't become ${to}`, {
        from: incident.state,
        to,
      });
    return incident;
  }

  private async recordCorrection(
    tx: Transaction,
    incident: Incident,
    category: Category,
    decision: Decision,
  ): Promise<void> {
    if (category === incident.category || incident.representativeItemId === null) return;
    await saveCorrection(tx, {
      itemId: incident.representativeItemId,
      incidentId: incident.id,
      from: incident.category,
      to: category,
      by: decision.actor.id,
      ...(decision.reason === undefined ? {} : { reason: decision.reason }),
    });
  }

  private async record(
    tx: Transaction,
    type: string,
    at: Date,
    incident: Incident,
    decision: Decision,
    payload: Record<string, unknown>,
  ): Promise<void> {
    await appendLedger(tx, [
      {
        type,
        at,
        actor: decision.actor,
        incidentId: incident.id,
        subjectId: incident.id,
        payload,
        ...(decision.reason === undefined ? {} : { reason: decision.reason }),
      },
    ]);
  }
}

/** The stamps of an incident as the ledger carries them. */
export const stampsOf = (incident: Incident): Record<StampName, string | null> => ({
  occurredAt: incident.occurredAt?.toISOString() ?? null,
  firstPublicAt: incident.firstPublicAt?.toISOString() ?? null,
  detectedAt: incident.detectedAt.toISOString(),
  dispatchedAt: incident.dispatchedAt?.toISOString() ?? null,
});
