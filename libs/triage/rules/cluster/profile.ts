import type { ClusterPolicy } from './assign.js';
import type { ItemFeatures, ItemFigure } from './features.js';

/**
 * A cluster as a star around its first item. Only words of that representative count, so a cluster can't wander from one
 * matter to the next over intermediate items; members change how much each of its words weighs, and the latest figures.
 */
export interface ClusterCandidate {
  id: string;
  representative: ItemFeatures;
  /** How many items carried each word of the representative, itself included. */
  carriers: ReadonlyMap<string, number>;
  size: number;
  firstAt: Date;
  lastAt: Date;
  /** Figures named last, one a label. */
  figures: readonly ItemFigure[];
  /** Set when the incident was struck off: later items are at most suggested. */
  closedOutAt?: Date;
}

export function startCluster(id: string, features: ItemFeatures): ClusterCandidate {
  return {
    id,
    representative: features,
    carriers: new Map([...features.words.keys()].map((word) => [word, 1])),
    size: 1,
    firstAt: features.at,
    lastAt: features.at,
    figures: features.figures,
  };
}

/** The cluster with one more confirmed item. */
export function extendCluster(cluster: ClusterCandidate, item: ItemFeatures, policy: ClusterPolicy): ClusterCandidate {
  const learning = cluster.size < policy.maxLearnedItems;
  const later = item.at >= cluster.lastAt;
  const named = new Map(cluster.figures.map((figure) => [figure.label, figure]));
  for (const figure of item.figures) if (later || !named.has(figure.label)) named.set(figure.label, figure);
  return {
    ...cluster,
    carriers: learning
      ? new Map([...cluster.carriers].map(([word, count]) => [word, count + (item.words.has(word) ? 1 : 0)]))
      : cluster.carriers,
    size: cluster.size + 1,
    firstAt: item.at < cluster.firstAt ? item.at : cluster.firstAt,
    lastAt: later ? item.at : cluster.lastAt,
    figures: [...named.values()],
  };
}

/** The representative's words, those that members repeated weighing more. With one member they are its own weights. */
export function profileWords(cluster: ClusterCandidate, policy: ClusterPolicy): Map<string, number> {
  const items = Math.min(cluster.size, policy.maxLearnedItems);
  return new Map(
    [...cluster.representative.words].map(([word, weight]) => {
      // Of a new cluster every word is carried by all of one item; the prior keeps two or three members from deciding alone.
      const carried = ((cluster.carriers.get(word) ?? 1) + policy.priorItems) / (items + policy.priorItems);
      return [word, weight * carried];
    }),
  );
}

/** The stored form of a profile: plain JSON. */
export function saveCluster(cluster: ClusterCandidate): Record<string, unknown> {
  const { representative } = cluster;
  return {
    representative: { ...representative, at: representative.at.toISOString(), words: [...representative.words] },
    carriers: [...cluster.carriers],
    size: cluster.size,
    firstAt: cluster.firstAt.toISOString(),
    lastAt: cluster.lastAt.toISOString(),
    figures: cluster.figures,
  };
}

interface SavedCluster {
  representative: Omit<ItemFeatures, 'at' | 'words'> & { at: string; words: [string, number][] };
  carriers: [string, number][];
  size: number;
  firstAt: string;
  lastAt: string;
  figures: ItemFigure[];
}

/** Reads what `saveCluster` wrote; the id stands in its own column. */
export function loadCluster(saved: unknown): Omit<ClusterCandidate, 'id'> {
  const { representative, carriers, firstAt, lastAt, ...rest } = saved as SavedCluster;
  return {
    ...rest,
    representative: { ...representative, at: new Date(representative.at), words: new Map(representative.words) },
    carriers: new Map(carriers),
    firstAt: new Date(firstAt),
    lastAt: new Date(lastAt),
  };
}
