import type { ItemFeatures } from './features.js';
import type { ClusterCandidate } from './profile.js';

/** Words of a representative under which its cluster is filed, and words of an item that are looked up; both bound the index. */
const FILED_WORDS = 16;
const LOOKED_UP_WORDS = 24;

/** The words under which a cluster is found again: the most telling ones of its representative, never a generic one. */
export const filedWords = (cluster: ClusterCandidate): string[] =>
  cluster.representative.specific.slice(0, FILED_WORDS);

/** The words of an item under which clusters are looked up. */
export const lookedUpWords = (features: ItemFeatures): string[] => features.specific.slice(0, LOOKED_UP_WORDS);

/** Clusters in memory, filed by their words. */
export class ClusterIndex {
  private readonly clusters = new Map<string, ClusterCandidate>();
  private readonly byWord = new Map<string, Set<string>>();

  /** Files a cluster, or its changed form under the same id; a representative never changes, so neither do its words. */
  put(cluster: ClusterCandidate): void {
    const known = this.clusters.has(cluster.id);
    this.clusters.set(cluster.id, cluster);
    if (known) return;
    for (const word of filedWords(cluster)) {
      const filed = this.byWord.get(word);
      if (filed === undefined) this.byWord.set(word, new Set([cluster.id]));
      else filed.add(cluster.id);
    }
  }

  /** Every filed cluster that shares a looked-up word with the item. */
  candidates(features: ItemFeatures): ClusterCandidate[] {
    const ids = new Set(lookedUpWords(features).flatMap((word) => [...(this.byWord.get(word) ?? [])]));
    return [...ids].map((id) => this.clusters.get(id)!);
  }
}
