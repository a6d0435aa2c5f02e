import { Inject, Injectable } from '@nestjs/common';
import { groupBy } from '#kernel/group-by.js';
import { newId } from '#kernel/ids.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, type LedgerEntry } from '#platform/ledger/ledger.js';
import { ItemAnalyst, type TriageItem } from './analysis.js';
import type { Category } from './contract.js';
import { DuplicateFinder } from './duplicate-finder.js';
import { graver, IncidentProposals } from './incident-proposals.js';
import { IncidentsStore } from './incidents.store.js';
import { Preparation } from './preparation.js';
import { TriageResources } from './resources.js';
import { assignToCluster, isSecondWave } from './rules/cluster/assign.js';
import { ClusterIndex, lookedUpWords } from './rules/cluster/cluster-index.js';
import type { ItemFeatures } from './rules/cluster/features.js';
import { extendCluster, startCluster } from './rules/cluster/profile.js';
import type { WatchMatch } from './rules/watch/match-watch.js';
import {
  type AnalysisRow,
  claimReceived,
  clusteredItems,
  CLUSTERING_LOCK,
  type ClusterLink,
  clustersByWords,
  countAttempt,
  peekReceived,
  quarantine,
  readItems,
  saveAnalyses,
  saveClusters,
  saveLinks,
  type StoredCluster,
  suggestItems,
  timesSince,
} from './triage.store.js';
import { raiseHotSpots, recordWatchHits, watchedRows } from './warnings.js';
import { openWatches } from './watches.store.js';

const BATCH = 500;
/** An item that failed so often takes its neighbours no further down. */
const MAX_ATTEMPTS = 3;
const HOUR_MS = 3_600_000;

interface Placed {
  row: AnalysisRow;
  features: ItemFeatures;
  cluster: StoredCluster;
}

/** From received items to proposed incidents, a batch in one transaction: duplicates, analysis, clusters, incidents, ledger. */
@Injectable()
export class PipelineService {
  private readonly proposals: IncidentProposals;
  private readonly finder: DuplicateFinder;
  private readonly preparation: Preparation;

  constructor(
    private readonly database: Database,
    @Inject(ItemAnalyst) analyst: ItemAnalyst,
    private readonly resources: TriageResources,
    incidents: IncidentsStore,
  ) {
    this.proposals = new IncidentProposals(resources, incidents);
    this.finder = new DuplicateFinder(resources.duplicates);
    this.preparation = new Preparation(analyst);
  }

  /** One batch. Returns how many items were taken; 0 means that nothing waits. */
  async triageBatch(): Promise<number> {
    try {
      return await this.run(BATCH);
    } catch (error) {
      // A batch that fails is taken again one by one, so that one poison item costs its neighbours nothing.
      return this.isolate(error as Error);
    }
  }

  /** After a change of the model: what was prepared with the old one is prepared again. */
  forgetPrepared(): void {
    this.preparation.forget();
  }

  private async run(limit: number): Promise<number> {
    return this.database.asSystem(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [CLUSTERING_LOCK]);
      const ids = await claimReceived(tx, limit);
      if (ids.length === 0) return 0;
      const taken = await this.preparation.take(ids, (missing) => readItems(tx, missing));
      const rows = taken.map((prepared) => ({ ...prepared, duplicateOf: null, print: null }));
      const writing = this.write(tx, rows);
      // The next batch is read and judged on another connection while the database works on this one.
      const ahead = ids.length === BATCH ? this.prepareNext(ids.length) : Promise.resolve();
      await Promise.all([writing, ahead]);
      return ids.length;
    });
  }

  private async prepareNext(after: number): Promise<void> {
    const next = await this.database.asSystem((tx) => peekReceived(tx, after, BATCH)).catch(() => []);
    await this.preparation.ahead(next);
  }

  private async write(tx: Transaction, rows: AnalysisRow[]): Promise<void> {
    const now = await tx.now();
    const watched = watchedRows(rows, await openWatches(tx));
    await this.markCopies(tx, rows);
    await saveAnalyses(tx, rows, now);
    await appendLedger(tx, await this.placeAll(tx, rows, { now, watched }));
  }

  private async isolate(error: Error): Promise<number> {
    const suspect = await this.database.asSystem((tx) => countAttempt(tx));
    if (suspect === undefined) throw error;
    if (suspect.attempts > MAX_ATTEMPTS) {
      await this.database.asSystem((tx) => quarantine(tx, suspect.id, error.name, error.message));
      return 1;
    }
    return this.run(1);
  }

  /** Finds the copies among what somebody may look at. Changes the rows in place. */
  private async markCopies(tx: Transaction, rows: AnalysisRow[]): Promise<void> {
    const compared = rows.filter((row) => row.analysis.compared);
    const copies = await this.finder.find(
      tx,
      compared.map((row) => row.item),
    );
    for (const row of compared) {
      const { print, original } = copies.get(row.item.id)!;
      row.print = print;
      row.duplicateOf = original;
    }
  }

  /** Places each relevant item into a cluster, and makes or feeds the incidents of those clusters. */
  private async placeAll(
    tx: Transaction,
    rows: AnalysisRow[],
    { now, watched }: { now: Date; watched: Map<string, WatchMatch[]> },
  ): Promise<LedgerEntry[]> {
    const relevant = await this.placeable(tx, rows);
    if (relevant.length === 0) return [];
    const features = new Map(relevant.map((row) => [row.item.id, this.resources.featuresOf(row.item, row.analysis)]));
    const words = [...new Set([...features.values()].flatMap((f) => lookedUpWords(f)))];
    const since = new Date(now.getTime() - this.resources.clustering.maxWindowHours * HOUR_MS);
    const stored = new Map((await clustersByWords(tx, words, since)).map((cluster) => [cluster.candidate.id, cluster]));
    const indexes = { drill: new ClusterIndex(), real: new ClusterIndex() };
    for (const cluster of stored.values()) indexes[cluster.drill ? 'drill' : 'real'].put(cluster.candidate);
    const links: ClusterLink[] = [];
    const placed: Placed[] = [];
    for (const row of relevant) {
      const index = indexes[row.item.drill ? 'drill' : 'real'];
      const cluster = this.place(row, features.get(row.item.id)!, { index, stored, links, now });
      placed.push({ row, features: features.get(row.item.id)!, cluster });
    }
    const touched = groupBy(placed, (p) => p.cluster);
    await saveClusters(tx, [...touched.keys()]);
    await saveLinks(tx, links);
    const ledger = await this.feedAll(tx, touched, { now, watched });
    await suggestItems(tx, links);
    return ledger;
  }

  /** What is placed: the relevant, the requests, and what the rules passed over though it is a copy of what a cluster has. */
  private async placeable(tx: Transaction, rows: AnalysisRow[]): Promise<AnalysisRow[]> {
    const placed = ({ analysis }: AnalysisRow) => analysis.relevant || analysis.decision === 'serviceRequest';
    const passedOver = ({ analysis, duplicateOf }: AnalysisRow) =>
      duplicateOf !== null && (analysis.decision === 'unsure' || analysis.decision === 'noCategory');
    const known = await clusteredItems(
      tx,
      rows.filter(passedOver).map((row) => row.duplicateOf!),
    );
    for (const row of rows) if (placed(row)) known.add(row.item.id);
    return rows.filter((row) => placed(row) || (passedOver(row) && known.has(row.duplicateOf!)));
  }

  private async feedAll(
    tx: Transaction,
    touched: Map<StoredCluster, Placed[]>,
    { now, watched }: { now: Date; watched: Map<string, WatchMatch[]> },
  ): Promise<LedgerEntry[]> {
    const clusters = [...touched.keys()];
    const times = await timesSince(
      tx,
      clusters.map((cluster) => cluster.candidate.id),
      this.historyStart(now),
    );
    const ledger: LedgerEntry[] = [];
    for (const [cluster, placed] of touched) {
      const rows = placed.map((p) => p.row);
      ledger.push(
        ...(await this.proposals.feed(tx, { cluster, rows, times: times.get(cluster.candidate.id) ?? [], now })),
      );
    }
    ledger.push(...(await raiseHotSpots(tx, { touched, times, now, policy: this.resources.heatPolicy })));
    ledger.push(...(await recordWatchHits(tx, { touched, watched, now })));
    return ledger;
  }

  /** How far back the instants of a cluster's items are read: for the size of service requests, for growth, for the alarm. */
  private historyStart(now: Date): Date {
    const { growth, alarm } = this.resources.heatPolicy;
    const hours = Math.max(this.resources.serviceRequests.windowHours, growth.meanHours + 1, alarm.windowHours);
    return new Date(now.getTime() - hours * HOUR_MS);
  }

  private place(
    row: AnalysisRow,
    features: ItemFeatures,
    to: { index: ClusterIndex; stored: Map<string, StoredCluster>; links: ClusterLink[]; now: Date },
  ): StoredCluster {
    const decision = assignToCluster(features, to.index.candidates(features), this.resources.clustering, to.now);
    const known = decision.decision === 'join' ? to.stored.get(decision.clusterId!) : undefined;
    const suggested = decision.decision === 'suggest' ? to.stored.get(decision.clusterId!) : undefined;
    const cluster: StoredCluster = known ?? {
      candidate: startCluster(newId(), features),
      incidentId: null,
      category: row.analysis.category,
      jurisdiction: row.analysis.jurisdiction ?? row.item.jurisdiction,
      drill: row.item.drill,
      itemCount: 0,
      hot: false,
      follows: isSecondWave(decision, this.resources.clustering) ? (suggested?.incidentId ?? null) : null,
    };
    if (known !== undefined) {
      cluster.candidate = extendCluster(cluster.candidate, features, this.resources.clustering);
      cluster.category = graver(cluster.category as Category, row.analysis.category);
    }
    cluster.itemCount += 1;
    to.stored.set(cluster.candidate.id, cluster);
    to.index.put(cluster.candidate);
    const link = { itemId: row.item.id, at: toldAt(row.item), score: decision.score, reasons: decision.reasons };
    to.links.push({ ...link, clusterId: cluster.candidate.id, relation: 'confirmed' });
    if (suggested !== undefined) to.links.push({ ...link, clusterId: suggested.candidate.id, relation: 'suggested' });
    return cluster;
  }
}

/** When a message was told: a year's history that is imported at once is no burst. */
const toldAt = ({ publishedAt, receivedAt }: TriageItem): Date =>
  publishedAt !== null && publishedAt < receivedAt ? publishedAt : receivedAt;
