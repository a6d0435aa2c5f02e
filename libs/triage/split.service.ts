import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { appendLedger } from '#platform/ledger/ledger.js';
import { type Category, type Incident, type IncidentGrade, TRIAGE_EVENTS } from './contract.js';
import { type Decision, stampsOf } from './decisions.service.js';
import { IncidentsStore } from './incidents.store.js';
import { incidentSeries } from './new-incident.js';

/** What is taken out of an incident as a matter of its own. */
export interface Part {
  title: string;
  itemIds: string[];
  category?: Category;
  grade?: IncidentGrade;
  jurisdiction?: string;
}

/** A part that cannot be taken out: finished, merged and refused incidents stay as they are. */
const SPLITTABLE = new Set<Incident['state']>(['proposed', 'confirmed', 'assigned', 'responded']);

/** One message thread that turns out to be two matters: the part becomes an incident, the rest goes on (domain 3.8). */
@Injectable()
export class SplitService {
  constructor(
    private readonly store: IncidentsStore,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /**
   * Takes a part out. It inherits the stamps of the whole with their sources, so its clocks count from the same start; the
   * clocks of the rest stay as they are. Returns the part and the version of the rest.
   */
  async split(
    tx: Transaction,
    decision: Decision & { part: Part },
  ): Promise<{ partId: string; number: string; version: number }> {
    const { part } = decision;
    const whole = await this.store.lock(tx, decision.incidentId, decision.expectedVersion);
    if (!SPLITTABLE.has(whole.state))
      throw new DomainError('INCIDENT_STATE', 409, `an incident that is ${whole.state} can't be split`, {
        from: whole.state,
      });
    if (part.jurisdiction !== undefined && !this.directory.city.jurisdictions.has(part.jurisdiction))
      throw new DomainError('JURISDICTION_UNKNOWN', 422, 'no such place in this city', {}, 'jurisdiction');
    const now = await tx.now();
    const opened = whole.state !== 'proposed';
    await this.refuseForeignItems(tx, whole.id, part.itemIds);
    const created = await this.store.insert(
      tx,
      {
        ...whole,
        title: part.title,
        state: opened ? 'confirmed' : 'proposed',
        category: part.category ?? whole.category,
        grade: part.grade ?? whole.grade,
        gradeBasis: part.grade === undefined ? whole.gradeBasis : 'confirmed',
        // The figures of the whole are not those of the part.
        gradeDetails: {},
        jurisdiction: part.jurisdiction ?? whole.jurisdiction,
        gradedAt: opened ? now : null,
        itemCount: part.itemIds.length,
        lastItemAt: whole.lastItemAt,
        representativeItemId: part.itemIds[0]!,
      },
      incidentSeries(this.directory.city, now),
    );
    await this.moveItems(tx, { whole, partId: created.id, itemIds: part.itemIds });
    const version = await this.store.update(tx, whole.id, {
      itemCount: Math.max(1, whole.itemCount - part.itemIds.length),
    });
    const payload = {
      part: created.id,
      partNumber: created.number,
      from: whole.id,
      fromNumber: whole.number,
      itemIds: part.itemIds,
      opened,
      category: part.category ?? whole.category,
      grade: part.grade ?? whole.grade,
      basis: part.grade === undefined ? whole.gradeBasis : 'confirmed',
      heat: whole.heatLevel,
      stamps: stampsOf(whole),
      stampSources: whole.stampSources,
      policyPack: whole.policyPack,
      drill: whole.drill,
      jurisdiction: part.jurisdiction ?? whole.jurisdiction,
      title: part.title,
    };
    const reason = decision.reason === undefined ? {} : { reason: decision.reason };
    await appendLedger(
      tx,
      [created.id, whole.id].map((incidentId) => ({
        type: TRIAGE_EVENTS.split,
        at: now,
        actor: decision.actor,
        incidentId,
        subjectId: created.id,
        payload,
        ...reason,
      })),
    );
    return { partId: created.id, number: created.number, version };
  }

  /** Each message of the part is one of the whole, and at least one stays. */
  private async refuseForeignItems(tx: Transaction, wholeId: string, itemIds: string[]): Promise<void> {
    const counted = await tx.one<{ all: number; named: number }>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE item_id = ANY($2::uuid[]))::int AS named FROM incident_items WHERE incident_id = $1`,
      [wholeId, itemIds],
    );
    if (counted!.named !== new Set(itemIds).size)
      throw new DomainError(
        'ITEM_NOT_OF_INCIDENT',
        422,
        'a message of the part is not one of the incident',
        {},
        'itemIds',
      );
    if (counted!.all === counted!.named)
      throw new DomainError('NOTHING_LEFT', 422, 'a part leaves at least one message with the whole', {}, 'itemIds');
  }

  private async moveItems(
    tx: Transaction,
    { whole, partId, itemIds }: { whole: Incident; partId: string; itemIds: string[] },
  ): Promise<void> {
    await tx.query('UPDATE incident_items SET incident_id = $3 WHERE incident_id = $1 AND item_id = ANY($2::uuid[])', [
      whole.id,
      itemIds,
      partId,
    ]);
    if (whole.representativeItemId === null || !itemIds.includes(whole.representativeItemId)) return;
    const next = await tx.one<{ id: string }>(
      'SELECT item_id AS id FROM incident_items WHERE incident_id = $1 ORDER BY linked_at, item_id LIMIT 1',
      [whole.id],
    );
    await this.store.update(tx, whole.id, { representativeItemId: next!.id });
  }
}
