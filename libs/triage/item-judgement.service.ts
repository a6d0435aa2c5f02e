import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import { newId } from '#kernel/ids.js';
import { officeYear } from '#kernel/time.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger, type LedgerEntry } from '#platform/ledger/ledger.js';
import { type Category, type Incident, TRIAGE_EVENTS } from './contract.js';
import { IncidentsStore } from './incidents.store.js';
import { graveness, incidentOfItem, type JudgedItem, lockItem, saveJudgement } from './item-judgement.store.js';
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
    await saveJudgement(tx, { id: newId(), item, incidentId: incident?.id ?? null, ...judgement });
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
    const graded = same ? analysis.grade : { grade: graveness(category), basis: 'confirmed' as const };
    const firstPublicAt = item.publishedAt !== null && item.publishedAt <= now ? item.publishedAt : null;
    const heat = scoreSeen(
      { category, grade: graded.grade, ranks: [item.sourceRank], items: 1 },
      this.terms.heatPolicy,
    );
    const incident: Parameters<IncidentsStore['insert']>[1] = {
      title: titleOf(item),
      state: 'proposed',
      category,
      categories: { ...analysis.categories, reasons: analysis.reasons },
      grade: graded.grade,
      gradeBasis: graded.basis,
      gradeDetails: { ...(same ? analysis.grade : {}), figures: analysis.figures, eventTypes: analysis.eventTypes },
      heatLevel: heat.level,
      heatScore: heat.score,
      heatDetails: { range: heat.range, components: heat.components, floors: heat.floors },
      jurisdiction: item.jurisdiction,
      drill: item.drill,
      policyPack: this.terms.policyPack,
      occurredAt: item.occurredAt,
      firstPublicAt,
      detectedAt: item.receivedAt,
      gradedAt: null,
      stampSources: {
        detectedAt: `item:${item.id}`,
        ...(firstPublicAt === null ? {} : { firstPublicAt: `item:${item.id}` }),
      },
      itemCount: 1,
      lastItemAt: item.receivedAt,
      representativeItemId: item.id,
      follows: null,
    };
    const created = await this.store.insert(tx, incident, this.series(now));
    await this.linkItem(tx, created.id, item);
    return { ...created, entry: proposedEntry(created, incident, { item, actor, now }) };
  }

  private async linkItem(tx: Transaction, incidentId: string, item: JudgedItem): Promise<void> {
    await tx.query(
      `INSERT INTO incident_items (incident_id, item_id, relation, score, reasons, linked_at) VALUES ($1, $2, 'confirmed', 1, '[]', huiying_now())`,
      [incidentId, item.id],
    );
  }

  private series(now: Date): string {
    return `${this.directory.city.numberPrefix}舆〔${officeYear(now)}〕`;
  }
}

function proposedEntry(
  created: { id: string; number: string },
  incident: Pick<Incident, 'category' | 'grade' | 'gradeBasis' | 'jurisdiction' | 'drill'>,
  { item, actor, now }: { item: JudgedItem; actor: Actor; now: Date },
): LedgerEntry {
  return {
    type: TRIAGE_EVENTS.proposed,
    at: now,
    actor,
    incidentId: created.id,
    subjectId: created.id,
    payload: {
      number: created.number,
      category: incident.category,
      grade: incident.grade,
      basis: incident.gradeBasis,
      itemId: item.id,
      jurisdiction: incident.jurisdiction,
      drill: incident.drill,
      takenUp: true,
    },
  };
}

const TITLE_CHARACTERS = 60;
const titleOf = ({ title, body }: JudgedItem): string =>
  (title.trim() === '' ? body.trim() : title.trim()).slice(0, TITLE_CHARACTERS) || '（无标题）';
