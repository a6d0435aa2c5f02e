import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger, type LedgerEntry } from '#platform/ledger/ledger.js';
import { saveCorrection } from './category-corrections.store.js';
import { type Category, type IncidentGrade, TRIAGE_EVENTS } from './contract.js';
import { IncidentsStore } from './incidents.store.js';
import { incidentOfItem, type JudgedItem, lockItem } from './item-judgement.store.js';
import { incidentSeries, newProposal, proposedEntry } from './new-incident.js';
import { type HeatPolicy, scoreSeen } from './rules/heat/score.js';

/** What a new incident is made with, besides the item. */
export abstract class NewIncidentTerms {
  /** The clock pack under which new incidents run. */
  abstract readonly policyPack: string;
  abstract readonly heatPolicy: HeatPolicy;
}

/** What a person says of one item. */
export interface ItemJudgement {
  itemId: string;
  actor: Actor;
  category: Category;
  reason?: string;
}

export interface JudgedAs {
  /** The proposal that it became; null when it stays put aside. */
  incident: { id: string; number: string } | null;
}

/**
 * A person's word on an item that the rules put aside or were unsure of: kept as a labelled text for the next training, and
 * a proposal at once when it is one of the seven categories. The clusters follow (`TakenUpItems`).
 */
@Injectable()
export class ItemJudgementService {
  constructor(
    private readonly store: IncidentsStore,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(NewIncidentTerms) private readonly terms: NewIncidentTerms,
  ) {}

  /** Errors: 404 for an item out of scope, 409 while it waits for triage or once it belongs to an incident. */
  async judge(tx: Transaction, judgement: ItemJudgement): Promise<JudgedAs> {
    const item = await lockItem(tx, judgement.itemId);
    if (item.analysis === null)
      throw new DomainError('ITEM_NOT_TRIAGED', 409, 'the item waits for triage; judge it when it was read');
    const known = await incidentOfItem(tx, item.id);
    if (known !== undefined)
      throw new DomainError('ITEM_IN_INCIDENT', 409, 'the item belongs to an incident already; correct that one', {
        incidentId: known.id,
        number: known.number,
      });
    const now = await tx.now();
    const takenUp = judgement.category !== 'NONE' && judgement.category !== 'SR';
    const incident = takenUp ? await this.takeUp(tx, item, judgement, now) : null;
    await saveCorrection(tx, {
      itemId: item.id,
      incidentId: incident?.id ?? null,
      from: item.analysis.category,
      to: judgement.category,
      by: judgement.actor.id,
      ...(judgement.reason === undefined ? {} : { reason: judgement.reason }),
    });
    const reason = judgement.reason === undefined ? {} : { reason: judgement.reason };
    const judged: LedgerEntry = {
      type: TRIAGE_EVENTS.itemJudged,
      at: now,
      actor: judgement.actor,
      ...(incident === null ? {} : { incidentId: incident.id }),
      subjectId: item.id,
      payload: {
        itemId: item.id,
        from: item.analysis.category,
        to: judgement.category,
        decision: item.analysis.decision,
        drill: item.drill,
        jurisdiction: item.jurisdiction,
      },
      ...reason,
    };
    await appendLedger(tx, [...(incident === null ? [] : [incident.entry]), judged]);
    return { incident: incident === null ? null : { id: incident.id, number: incident.number } };
  }

  private async takeUp(tx: Transaction, item: JudgedItem, { category, actor }: ItemJudgement, now: Date) {
    const analysis = item.analysis!;
    const same = category === analysis.category;
    const graded = same ? analysis.grade : { grade: ungraded(category), basis: 'confirmed' as const };
    const { policyPack, heatPolicy } = this.terms;
    const proposal = newProposal(
      {
        item,
        heat: scoreSeen({ category, grade: graded.grade, ranks: [item.sourceRank], items: 1 }, heatPolicy),
        category,
        categories: { ...analysis.categories, reasons: analysis.reasons },
        grade: graded.grade,
        gradeBasis: graded.basis,
        gradeDetails: {
          ...(same ? analysis.grade : {}),
          figures: analysis.figures,
          eventTypes: analysis.eventTypes,
        },
        jurisdiction: item.jurisdiction,
        drill: item.drill,
        policyPack,
        itemCount: 1,
        follows: null,
      },
      now,
    );
    const created = await this.store.insert(tx, proposal, incidentSeries(this.directory.city, now));
    await this.linkItem(tx, created.id, item);
    return { ...created, entry: proposedEntry(created, proposal, { at: now, actor }) };
  }

  private async linkItem(tx: Transaction, incidentId: string, item: JudgedItem): Promise<void> {
    await tx.query(
      `INSERT INTO incident_items (incident_id, item_id, relation, score, reasons, linked_at) VALUES ($1, $2, 'confirmed', 1, '[]', huiying_now())`,
      [incidentId, item.id],
    );
  }
}

/** The grade of an incident of which nobody has said one: only an emergency is graded (domain 4). */
const ungraded = (category: Category): IncidentGrade => (category === 'C5' ? 'unknown' : 'none');
