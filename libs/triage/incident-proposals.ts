import type { Transaction } from '#platform/database/database.js';
import { type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import type { ItemAnalysis } from './analysis.js';
import { type Category, type Incident, TRIAGE_EVENTS } from './contract.js';
import type { IncidentChange, IncidentsStore } from './incidents.store.js';
import { heatFields, newProposal, proposedEntry, TITLE_CHARACTERS, titleOfItem } from './new-incident.js';
import type { TriageResources } from './resources.js';
import {
  type AnalysisRow,
  linkClusterItems,
  ranksOf,
  saveClusters,
  titlesOf,
  type StoredCluster,
} from './triage.store.js';

const HOUR_MS = 3_600_000;
/** The gravest first: an item that may start the fast clocks must not hide under a softer label (domain 2.2.1). */
const TIE_ORDER: readonly Category[] = ['C5', 'C7', 'C7-suspected', 'C6', 'C3', 'C4', 'C1', 'C2', 'SR', 'NONE'];
const GRADE_RANK = { I: 4, II: 3, III: 2, IV: 1, none: 0, unknown: 0 } as const;

/** New items of one cluster, and when its items of late were told (milliseconds). */
interface Feeding {
  cluster: StoredCluster;
  rows: AnalysisRow[];
  times: readonly number[];
  now: Date;
}

/** From clusters to proposed incidents. Everything here is a proposal until a named person confirms it. */
export class IncidentProposals {
  constructor(
    private readonly resources: TriageResources,
    private readonly incidents: IncidentsStore,
  ) {}

  /** Makes an incident of a cluster that has become one, or adds its new items to the one that it is. */
  async feed(tx: Transaction, { cluster, rows, times, now }: Feeding): Promise<LedgerEntry[]> {
    if (cluster.incidentId !== null)
      return this.addTo(tx, { ...cluster, incidentId: cluster.incidentId }, { rows, times, now });
    // Of messages that come together the gravest speaks first: a figure of the dead must not wait behind a bang.
    const leading = [...rows].sort(
      (a, b) =>
        TIE_ORDER.indexOf(a.analysis.category) - TIE_ORDER.indexOf(b.analysis.category) ||
        GRADE_RANK[b.analysis.grade] - GRADE_RANK[a.analysis.grade],
    )[0]!;
    let category = leading.analysis.category;
    if (category === 'SR') {
      const { size, windowHours } = this.resources.serviceRequests;
      const since = now.getTime() - windowHours * HOUR_MS;
      if (times.filter((time) => time >= since).length < size) return [];
      category = 'C3';
    }
    return this.propose(tx, cluster, { row: leading, category }, now);
  }

  private async propose(
    tx: Transaction,
    cluster: StoredCluster,
    { row, category }: { row: AnalysisRow; category: Category },
    now: Date,
  ): Promise<LedgerEntry[]> {
    const { item, analysis } = row;
    const heat = this.resources.heatOf({
      category,
      grade: analysis.grade,
      ranks: [item.sourceRank],
      items: cluster.itemCount,
    });
    const proposal = newProposal(
      {
        item,
        heat,
        category,
        categories: {
          secondary: analysis.secondary,
          scores: analysis.scores,
          tags: analysis.tags,
          reasons: analysis.reasons,
        },
        grade: analysis.grade,
        gradeBasis: analysis.gradeBasis,
        gradeDetails: { ...analysis.gradeDetails, figures: analysis.figures, eventTypes: analysis.eventTypes },
        jurisdiction: cluster.jurisdiction,
        drill: cluster.drill,
        policyPack: this.resources.policyPack,
        itemCount: cluster.itemCount,
        follows: cluster.follows ?? null,
      },
      now,
    );
    const created = await this.incidents.insert(tx, proposal, this.resources.incidentSeries(now));
    cluster.incidentId = created.id;
    await saveClusters(tx, [cluster]);
    await linkClusterItems(tx, cluster.candidate.id, created.id);
    const rule = `${analysis.ruleVersion} ${analysis.modelVersion}`;
    return [proposedEntry(created, proposal, { at: now, actor: systemActor('triage'), rule })];
  }

  /** A title from figures stays; others follow the messages until a person has confirmed. */
  private async titleFor(tx: Transaction, incident: Incident): Promise<{ title?: string }> {
    if (GRADE_RANK[incident.grade] > 0) return {};
    const title = this.resources.titleOf(await titlesOf(tx, incident.id)).slice(0, TITLE_CHARACTERS);
    return title === '' ? {} : { title };
  }

  /** New items of a known incident. Before it is confirmed the proposal follows them; afterwards a person decides. */
  private async addTo(
    tx: Transaction,
    cluster: StoredCluster & { incidentId: string },
    { rows, times, now }: Omit<Feeding, 'cluster'>,
  ): Promise<LedgerEntry[]> {
    const { incidentId } = cluster;
    const added = await linkClusterItems(tx, cluster.candidate.id, incidentId);
    if (added === 0) return [];
    const incident = await this.incidents.lock(tx, incidentId);
    const graverRow = rows
      .filter((row) => isGraver(row.analysis, incident))
      .sort((a, b) => GRADE_RANK[b.analysis.grade] - GRADE_RANK[a.analysis.grade])[0];
    const change: IncidentChange & { itemCount: number } = {
      itemCount: incident.itemCount + added,
      lastItemAt: now,
      // A graver message ends any putting aside: a missed emergency is the worst error.
      ...(graverRow !== undefined && incident.snoozedUntil !== null ? { snoozedUntil: now } : {}),
      ...(incident.state === 'proposed'
        ? {
            category: graver(incident.category, cluster.category as Category),
            // The gravest message names the incident; otherwise the title that speaks for most of them.
            ...(graverRow === undefined ? await this.titleFor(tx, incident) : proposalOf(graverRow)),
          }
        : {}),
    };
    const after = { category: change.category ?? incident.category, grade: change.grade ?? incident.grade };
    const heat = this.resources.heatOf({
      ...after,
      ranks: await ranksOf(tx, incidentId),
      items: change.itemCount,
      times,
      now,
    });
    await this.incidents.update(tx, incidentId, { ...change, ...heatFields(heat) });
    return [
      ...(heat.level === incident.heatLevel
        ? []
        : [
            {
              type: TRIAGE_EVENTS.heatChanged,
              at: now,
              actor: systemActor('triage'),
              incidentId,
              subjectId: incidentId,
              payload: {
                heat: heat.level,
                from: incident.heatLevel,
                score: heat.score,
                components: heat.components,
                drill: incident.drill,
              },
            },
          ]),
      {
        type: TRIAGE_EVENTS.itemsLinked,
        at: now,
        actor: systemActor('triage'),
        incidentId,
        subjectId: incidentId,
        payload: {
          items: rows.map((row) => row.item.id),
          added,
          drill: incident.drill,
          ...(graverRow !== undefined && incident.state !== 'proposed'
            ? { suggestedGrade: graverRow.analysis.grade, suggestedBasis: graverRow.analysis.gradeBasis }
            : {}),
        },
      },
    ];
  }
}

const isGraver = (analysis: ItemAnalysis, incident: Incident): boolean =>
  GRADE_RANK[analysis.grade] > GRADE_RANK[incident.grade];

const proposalOf = ({ item, analysis }: AnalysisRow) => ({
  title: titleOfItem(item),
  grade: analysis.grade,
  gradeBasis: analysis.gradeBasis,
  representativeItemId: item.id,
  gradeDetails: { ...analysis.gradeDetails, figures: analysis.figures, eventTypes: analysis.eventTypes },
});

export const graver = (a: Category, b: Category): Category => (TIE_ORDER.indexOf(a) <= TIE_ORDER.indexOf(b) ? a : b);
