import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { LedgerSubscription, SealedEntry } from '#platform/ledger/subscription.js';
import { ItemAnalyst, type TriageItem } from './analysis.js';
import { type Category, TRIAGE_EVENTS } from './contract.js';
import { saveBands } from './copies.store.js';
import { TriageResources } from './resources.js';
import { startCluster } from './rules/cluster/profile.js';
import { fingerprint } from './rules/duplicates/fingerprint.js';
import { clusterOfItem, giveClusterIncident } from './taken-up-items.store.js';
import { CLUSTERING_LOCK, linkClusterItems, readItems, saveClusters, saveLinks } from './triage.store.js';

/**
 * Follows items that a person took up: later tellings of the matter must find it. A cluster that the item is in becomes the
 * incident's; an item that was put aside gets a cluster and the bands by which its copies are found.
 */
@Injectable()
export class TakenUpItems implements LedgerSubscription {
  readonly consumer = 'takenUpItems';
  readonly types = [TRIAGE_EVENTS.itemJudged];

  constructor(
    @Inject(ItemAnalyst) private readonly analyst: ItemAnalyst,
    private readonly resources: TriageResources,
  ) {}

  async handle(tx: Transaction, entries: SealedEntry[]): Promise<void> {
    const taken = entries.flatMap(({ incidentId, payload }) =>
      incidentId === null
        ? []
        : [{ incidentId, itemId: String(payload['itemId']), category: payload['to'] as Category }],
    );
    if (taken.length === 0) return;
    await tx.query('SELECT pg_advisory_xact_lock($1)', [CLUSTERING_LOCK]);
    for (const { incidentId, itemId, category } of taken) {
      const cluster = await clusterOfItem(tx, itemId);
      // One that is an incident's already got the item in between; a person merges the two.
      if (cluster !== undefined && cluster.incidentId !== null) continue;
      const clusterId = cluster?.id ?? (await this.startCluster(tx, itemId, category));
      await giveClusterIncident(tx, { clusterId, incidentId, category });
      const added = await linkClusterItems(tx, clusterId, incidentId);
      if (added > 0)
        await tx.query('UPDATE incidents SET item_count = item_count + $2, version = version + 1 WHERE id = $1', [
          incidentId,
          added,
        ]);
    }
  }

  private async startCluster(tx: Transaction, itemId: string, category: Category): Promise<string> {
    const [item] = (await readItems(tx, [itemId])) as [TriageItem];
    const features = this.resources.featuresOf(item, this.analyst.analyse(item));
    const clusterId = newId();
    await saveClusters(tx, [
      {
        candidate: startCluster(clusterId, features),
        incidentId: null,
        category,
        jurisdiction: item.jurisdiction,
        drill: item.drill,
        itemCount: 1,
        hot: false,
      },
    ]);
    await saveLinks(tx, [{ clusterId, itemId, at: item.receivedAt, relation: 'confirmed', score: 1, reasons: [] }]);
    const print = fingerprint(`${item.title}\n${item.body}`, this.resources.duplicates);
    await saveBands(tx, [{ item, duplicateOf: null, print }]);
    await tx.query('UPDATE item_analyses SET signature = $2::int[] WHERE item_id = $1', [itemId, [...print.signature]]);
    return clusterId;
  }
}
