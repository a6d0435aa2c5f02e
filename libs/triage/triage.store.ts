import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { ItemAnalysis, TriageItem } from './analysis.js';
import { saveBands } from './copies.store.js';
import { type ClusterCandidate, loadCluster, saveCluster } from './rules/cluster/profile.js';
import { filedWords } from './rules/cluster/cluster-index.js';
import type { Fingerprint } from './rules/duplicates/fingerprint.js';

/** Keyed lock of the clustering step: two processes never make two incidents of one burst. */
export const CLUSTERING_LOCK = 722_119_303;

/** A cluster as stored: the profile that later items are compared with, and the incident that it became, if any. */
export interface StoredCluster {
  candidate: ClusterCandidate;
  incidentId: string | null;
  category: string;
  jurisdiction: string;
  drill: boolean;
  itemCount: number;
  /** A burst goes on that has raised its alarm. */
  hot: boolean;
  /** The struck-off incident whose second wave a new cluster is. */
  follows?: string | null;
}

const ITEM_COLUMNS = `i.id, i.kind, i.title, i.body, i.channel, i.area, i.region, i.jurisdiction, i.drill, i.occurred_at AS "occurredAt", i.published_at AS "publishedAt",
  i.received_at AS "receivedAt", (SELECT s.rank FROM sources s WHERE s.id = i.source_id) AS "sourceRank"`;

/** Takes the oldest items that wait, in the order in which they came; returns their ids. */
export async function claimReceived(tx: Transaction, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT i.id FROM items i WHERE i.state = 'received' ORDER BY i.received_at, i.id LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit],
  );
  return rows.map((row) => row.id);
}

export async function readItems(tx: Transaction, ids: readonly string[]): Promise<TriageItem[]> {
  return ids.length === 0 ? [] : tx.query(`SELECT ${ITEM_COLUMNS} FROM items i WHERE i.id = ANY($1::uuid[])`, [ids]);
}

/** The items that wait behind the oldest `after`; nothing is claimed. */
export async function peekReceived(tx: Transaction, after: number, limit: number): Promise<TriageItem[]> {
  return tx.query(
    `SELECT ${ITEM_COLUMNS} FROM items i WHERE i.state = 'received' ORDER BY i.received_at, i.id OFFSET $1 LIMIT $2`,
    [after, limit],
  );
}

/** Counts an attempt on the oldest waiting item, before it is tried alone: so a poison item is known by it. */
export async function countAttempt(tx: Transaction): Promise<{ id: string; attempts: number } | undefined> {
  return tx.one(
    `UPDATE items SET attempts = attempts + 1
      WHERE id = ANY(ARRAY(SELECT id FROM items WHERE state = 'received' ORDER BY received_at, id LIMIT 1 FOR UPDATE)) RETURNING id, attempts`,
  );
}

export interface AnalysisRow {
  item: TriageItem;
  analysis: ItemAnalysis;
  duplicateOf: string | null;
  /** Null for an item that nobody looks at: its copies are not sought (rules/relevance). */
  print: Pick<Fingerprint, 'signature' | 'bands'> | null;
}

export async function saveAnalyses(tx: Transaction, rows: AnalysisRow[], at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO item_analyses (item_id, model_version, rule_version, category, categories, figures, grade, event, places, reasons, relevant, duplicate_of, decision, signature, at)
     SELECT r.item_id, r.model_version, r.rule_version, r.category, r.categories, r.figures, r.grade, r.event, r.places, r.reasons, r.relevant, r.duplicate_of, r.decision,
            r.signature::int[], $14
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::jsonb[], $8::jsonb[], $9::jsonb[], $10::jsonb[], $11::boolean[], $12::uuid[], $13::text[], $15::text[])
         AS r(item_id, model_version, rule_version, category, categories, figures, grade, event, places, reasons, relevant, duplicate_of, decision, signature)
     ON CONFLICT (item_id) DO NOTHING`,
    [
      rows.map((r) => r.item.id),
      rows.map((r) => r.analysis.modelVersion),
      rows.map((r) => r.analysis.ruleVersion),
      rows.map((r) => r.analysis.category),
      rows.map((r) =>
        JSON.stringify({
          secondary: r.analysis.secondary,
          scores: r.analysis.scores,
          tags: r.analysis.tags,
          abstained: r.analysis.abstained,
        }),
      ),
      rows.map((r) => JSON.stringify(r.analysis.figures)),
      rows.map((r) =>
        JSON.stringify({ grade: r.analysis.grade, basis: r.analysis.gradeBasis, ...r.analysis.gradeDetails }),
      ),
      rows.map((r) => JSON.stringify({ ...r.analysis.event, types: r.analysis.eventTypes })),
      rows.map((r) => JSON.stringify(r.analysis.places)),
      rows.map((r) => JSON.stringify(r.analysis.reasons)),
      rows.map((r) => r.analysis.relevant),
      rows.map((r) => r.duplicateOf),
      rows.map((r) => (r.duplicateOf === null ? r.analysis.decision : 'duplicate')),
      at,
      rows.map((r) => `{${r.print?.signature.join(',') ?? ''}}`),
    ],
  );
  await saveBands(tx, rows);
  await tx.query(
    `UPDATE items i SET state = 'triaged', triaged_at = $2, jurisdiction = coalesce(r.jurisdiction, i.jurisdiction)
       FROM unnest($1::uuid[], $3::text[]) AS r(id, jurisdiction) WHERE i.id = r.id`,
    [rows.map((r) => r.item.id), at, rows.map((r) => r.analysis.jurisdiction)],
  );
}

interface ClusterRow {
  id: string;
  incident_id: string | null;
  profile: unknown;
  category: string;
  jurisdiction: string;
  drill: boolean;
  item_count: number;
  hot: boolean;
  struck_off_at: Date | null;
}

/** Clusters filed under any of the words, that are young enough to take another item. */
export async function clustersByWords(tx: Transaction, words: string[], since: Date): Promise<StoredCluster[]> {
  if (words.length === 0) return [];
  const rows = await tx.query<ClusterRow>(
    `SELECT c.id, c.incident_id, c.profile, c.category, c.jurisdiction, c.drill, c.item_count, c.hot, CASE WHEN i.state = 'struckOff' THEN i.closed_at END AS struck_off_at
       FROM clusters c LEFT JOIN incidents i ON i.id = c.incident_id
      WHERE c.id = ANY(ARRAY(SELECT DISTINCT a.cluster_id FROM cluster_anchors a WHERE a.word = ANY($1::text[]) LIMIT 2000)) AND c.last_at >= $2
        AND (i.id IS NULL OR i.state NOT IN ('rejected', 'outOfArea', 'merged'))`,
    [words, since],
  );
  return rows.map((row) => ({
    candidate: {
      ...loadCluster(row.profile),
      id: row.id,
      ...(row.struck_off_at === null ? {} : { closedOutAt: row.struck_off_at }),
    },
    incidentId: row.incident_id,
    category: row.category,
    jurisdiction: row.jurisdiction,
    drill: row.drill,
    itemCount: row.item_count,
    hot: row.hot,
  }));
}

export async function saveClusters(tx: Transaction, clusters: StoredCluster[]): Promise<void> {
  if (clusters.length === 0) return;
  await tx.query(
    `INSERT INTO clusters (id, incident_id, profile, category, jurisdiction, drill, item_count, first_at, last_at, hot)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::text[], $5::text[], $6::boolean[], $7::int[], $8::timestamptz[], $9::timestamptz[], $10::boolean[])
     ON CONFLICT (id) DO UPDATE SET incident_id = excluded.incident_id, profile = excluded.profile, category = excluded.category, item_count = excluded.item_count, first_at = excluded.first_at, last_at = excluded.last_at, hot = excluded.hot`,
    [
      clusters.map((c) => c.candidate.id),
      clusters.map((c) => c.incidentId),
      clusters.map((c) => JSON.stringify(saveCluster(c.candidate))),
      clusters.map((c) => c.category),
      clusters.map((c) => c.jurisdiction),
      clusters.map((c) => c.drill),
      clusters.map((c) => c.itemCount),
      clusters.map((c) => c.candidate.firstAt),
      clusters.map((c) => c.candidate.lastAt),
      clusters.map((c) => c.hot),
    ],
  );
  const anchors = clusters.flatMap((c) => [...filedWords(c.candidate)].map((word) => ({ word, id: c.candidate.id })));
  await tx.query(
    'INSERT INTO cluster_anchors (word, cluster_id) SELECT * FROM unnest($1::text[], $2::uuid[]) ON CONFLICT DO NOTHING',
    [anchors.map((a) => a.word), anchors.map((a) => a.id)],
  );
}

/** Those of the items that lie in a cluster. */
export async function clusteredItems(tx: Transaction, itemIds: readonly string[]): Promise<Set<string>> {
  if (itemIds.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT item_id AS id FROM cluster_items WHERE item_id = ANY($1::uuid[]) AND relation = 'confirmed'`,
    [itemIds],
  );
  return new Set(rows.map((row) => row.id));
}

export interface ClusterLink {
  clusterId: string;
  itemId: string;
  at: Date;
  relation: 'confirmed' | 'suggested';
  score: number;
  reasons: unknown[];
}

export async function saveLinks(tx: Transaction, links: ClusterLink[]): Promise<void> {
  if (links.length === 0) return;
  await tx.query(
    `INSERT INTO cluster_items (cluster_id, item_id, at, relation, score, reasons) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::float8[], $6::jsonb[]) ON CONFLICT DO NOTHING`,
    [
      links.map((l) => l.clusterId),
      links.map((l) => l.itemId),
      links.map((l) => l.at),
      links.map((l) => l.relation),
      links.map((l) => l.score),
      links.map((l) => JSON.stringify(l.reasons)),
    ],
  );
}

/** Shows the incidents of clusters what may belong to them: a person decides. */
export async function suggestItems(tx: Transaction, links: readonly ClusterLink[]): Promise<void> {
  const suggested = links.filter(({ relation }) => relation === 'suggested');
  if (suggested.length === 0) return;
  await tx.query(
    `INSERT INTO incident_items (incident_id, item_id, relation, score, reasons, linked_at)
     SELECT c.incident_id, l.item_id, 'suggested', l.score, l.reasons, huiying_now()
       FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::jsonb[]) AS l(cluster_id, item_id, score, reasons) JOIN clusters c ON c.id = l.cluster_id
      WHERE c.incident_id IS NOT NULL ON CONFLICT DO NOTHING`,
    [
      suggested.map((link) => link.clusterId),
      suggested.map((link) => link.itemId),
      suggested.map((link) => link.score),
      suggested.map((link) => JSON.stringify(link.reasons)),
    ],
  );
}

/** Gives an incident every item of its cluster; returns how many were new to it. */
export async function linkClusterItems(tx: Transaction, clusterId: string, incidentId: string): Promise<number> {
  const rows = await tx.query(
    `INSERT INTO incident_items (incident_id, item_id, relation, score, reasons, linked_at)
     SELECT $2, c.item_id, c.relation, c.score, c.reasons, huiying_now() FROM cluster_items c WHERE c.cluster_id = $1 ON CONFLICT DO NOTHING RETURNING item_id`,
    [clusterId, incidentId],
  );
  return rows.length;
}

/** At most so many instants of one cluster are read; a burst is told from far fewer. */
const MAX_TIMES = 5_000;

/** When the items of clusters came, from an instant on, milliseconds; the latest of each. */
export async function timesSince(tx: Transaction, clusterIds: string[], since: Date): Promise<Map<string, number[]>> {
  if (clusterIds.length === 0) return new Map();
  const rows = await tx.query<{ id: string; times: number[] }>(
    `SELECT q.id, array_agg(extract(epoch FROM c.at) * 1000)::float8[] AS times
       FROM unnest($1::uuid[]) AS q(id), LATERAL (SELECT at FROM cluster_items WHERE cluster_id = q.id AND relation = 'confirmed' AND at >= $2 ORDER BY at DESC LIMIT ${MAX_TIMES}) c
      GROUP BY q.id`,
    [clusterIds, since],
  );
  return new Map(rows.map(({ id, times }) => [id, times]));
}

/** Puts an item that failed again and again out of the way, visible and re-playable. */
export async function quarantine(tx: Transaction, itemId: string, code: string, message: string): Promise<void> {
  await tx.query(`UPDATE items SET state = 'quarantined' WHERE id = $1`, [itemId]);
  await tx.query(
    `INSERT INTO dead_letters (id, stage, subject_ref, code, message) VALUES ($1, 'triage', $2, $3, $4)
     ON CONFLICT (stage, subject_ref, code) DO UPDATE SET attempts = dead_letters.attempts + 1, last_at = huiying_now()`,
    [newId(), itemId, code, message.slice(0, 500)],
  );
}

/** Ranks of the sources that carry an incident. */
export async function ranksOf(tx: Transaction, incidentId: string): Promise<string[]> {
  const rows = await tx.query<{ rank: string }>(
    `SELECT DISTINCT s.rank FROM incident_items l JOIN items i ON i.id = l.item_id JOIN sources s ON s.id = i.source_id WHERE l.incident_id = $1`,
    [incidentId],
  );
  return rows.map((row) => row.rank);
}

const MAX_TITLES = 50;

/** Titles of an incident's items, the oldest first. */
export async function titlesOf(tx: Transaction, incidentId: string): Promise<string[]> {
  const rows = await tx.query<{ title: string }>(
    `SELECT i.title FROM incident_items l JOIN items i ON i.id = l.item_id WHERE l.incident_id = $1 AND l.relation = 'confirmed' AND i.title <> ''
      ORDER BY i.received_at, i.id LIMIT ${MAX_TITLES}`,
    [incidentId],
  );
  return rows.map((row) => row.title);
}
