import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel/ids.js';
import { Database, type Transaction } from '#platform/database/database.js';
import { appendLedger, type LedgerEntry } from '#platform/ledger/ledger.js';
import { ItemAnalyst, type TriageItem } from './analysis.js';
import type { Category } from './contract.js';
import { graver, IncidentProposals } from './incident-proposals.js';
import { IncidentsStore } from './incidents.store.js';
import { assignToCluster } from './rules/cluster/assign.js';
import { ClusterIndex, lookedUpWords } from './rules/cluster/cluster-index.js';
import { extendCluster, startCluster } from './rules/cluster/profile.js';
import type { ItemFeatures } from './rules/cluster/features.js';
import { DuplicateFinder } from './duplicate-finder.js';
import { TriageResources } from './resources.js';
import {
  type AnalysisRow,
  claimReceived,
  type ClusterLink,
  clustersByWords,
  quarantine,
  saveAnalyses,
  saveClusters,
  saveLinks,
  type StoredCluster,
} from './triage.store.js';

/** Keyed lock of the clustering step: two processes never make two incidents of one burst. */
const CLUSTERING_LOCK = 722_119_303;
const BATCH = 200;
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

  constructor(
    private readonly database: Database,
    @Inject(ItemAnalyst) private readonly analyst: ItemAnalyst,
    private readonly resources: TriageResources,
    incidents: IncidentsStore,
  ) {
    this.proposals = new IncidentProposals(resources, incidents);
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

  private async run(limit: number): Promise<number> {
    return this.database.asSystem(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [CLUSTERING_LOCK]);
      const items = await claimReceived(tx, limit);
      if (items.length === 0) return 0;
      const now = await tx.now();
      const rows = await this.analyse(tx, items);
      await saveAnalyses(tx, rows, now);
      const ledger = await this.placeAll(tx, rows, now);
      await appendLedger(tx, ledger);
      return items.length;
    });
  }

  private async isolate(error: Error): Promise<number> {
    const suspect = await this.database.asSystem(async (tx) => {
      const rows = await tx.query<{ id: string; attempts: number }>(
        `UPDATE items SET attempts = attempts + 1 WHERE id = ANY(ARRAY(SELECT id FROM items WHERE state = 'received' ORDER BY received_at, id LIMIT 1 FOR UPDATE)) RETURNING id, attempts`,
      );
      return rows[0];
    });
    if (suspect === undefined) throw error;
    if (suspect.attempts > MAX_ATTEMPTS) {
      await this.database.asSystem((tx) => quarantine(tx, suspect.id, error.name, error.message));
      return 1;
    }
    return this.run(1);
  }

  private async analyse(tx: Transaction, items: TriageItem[]): Promise<AnalysisRow[]> {
    const finder = new DuplicateFinder(this.resources.duplicates);
    const copies = await finder.find(tx, items);
    return items.map((item) => {
      const { print, original } = copies.get(item.id)!;
      return {
        item,
        analysis: this.analyst.analyse(item),
        duplicateOf: original,
        signature: print.signature,
        bands: print.bands,
      };
    });
  }

  /** Places each relevant item into a cluster, and makes or feeds the incidents of those clusters. */
  private async placeAll(tx: Transaction, rows: AnalysisRow[], now: Date): Promise<LedgerEntry[]> {
    const relevant = rows.filter((row) => row.analysis.relevant || row.analysis.category === 'SR');
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
      const cluster = this.place(row, features.get(row.item.id)!, index, stored, links, now);
      placed.push({ row, features: features.get(row.item.id)!, cluster });
    }
    const touched = [...new Set(placed.map((p) => p.cluster))];
    await saveClusters(tx, touched);
    await saveLinks(tx, links);
    const ledger: LedgerEntry[] = [];
    for (const cluster of touched)
      ledger.push(
        ...(await this.proposals.feed(
          tx,
          cluster,
          placed.filter((p) => p.cluster === cluster).map((p) => p.row),
          now,
        )),
      );
    await saveClusters(tx, touched);
    return ledger;
  }

  private place(
    row: AnalysisRow,
    features: ItemFeatures,
    index: ClusterIndex,
    stored: Map<string, StoredCluster>,
    links: ClusterLink[],
    now: Date,
  ): StoredCluster {
    const decision = assignToCluster(features, index.candidates(features), this.resources.clustering, now);
    const known = decision.decision === 'join' ? stored.get(decision.clusterId!) : undefined;
    const cluster: StoredCluster = known ?? {
      candidate: startCluster(newId(), features),
      incidentId: null,
      category: row.analysis.category,
      jurisdiction: row.analysis.jurisdiction ?? row.item.jurisdiction,
      drill: row.item.drill,
      itemCount: 0,
    };
    if (known !== undefined) {
      cluster.candidate = extendCluster(cluster.candidate, features, this.resources.clustering);
      cluster.category = graver(cluster.category as Category, row.analysis.category);
    }
    cluster.itemCount += 1;
    stored.set(cluster.candidate.id, cluster);
    index.put(cluster.candidate);
    links.push({
      clusterId: cluster.candidate.id,
      itemId: row.item.id,
      at: row.item.receivedAt,
      relation: 'confirmed',
      score: decision.score,
      reasons: decision.reasons,
    });
    if (decision.decision === 'suggest')
      links.push({
        clusterId: decision.clusterId!,
        itemId: row.item.id,
        at: row.item.receivedAt,
        relation: 'suggested',
        score: decision.score,
        reasons: decision.reasons,
      });
    return cluster;
  }
}
