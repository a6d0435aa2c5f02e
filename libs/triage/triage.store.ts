import { newId } from '#kernel/ids.js';
import type { Transaction } from '#platform/database/database.js';
import type { ItemAnalysis, TriageItem } from './analysis.js';
import { type ClusterCandidate, loadCluster, saveCluster } from './rules/cluster/profile.js';
import { filedWords } from './rules/cluster/cluster-index.js';

/** A cluster as stored: the profile that later items are compared with, and the incident that it became, if any. */
export interface StoredCluster {
  candidate: ClusterCandidate;
  incidentId: string | null;
  category: string;
  jurisdiction: string;
  drill: boolean;
  itemCount: number;
}

/** Takes the oldest items that wait; the attempt is counted before the work, so that a poison item is known by it. */
export async function claimReceived(tx: Transaction, limit: number): Promise<(TriageItem & { attempts: number })[]> {
  return tx.query(
    `UPDATE items i SET attempts = attempts + 1
      WHERE i.id = ANY(ARRAY(SELECT id FROM items WHERE state = 'received' ORDER BY received_at, id LIMIT $1 FOR UPDATE SKIP LOCKED))
      RETURNING i.id, i.kind, i.title, i.body, i.channel, i.area, i.region, i.jurisdiction, i.drill, i.occurred_at AS "occurredAt", i.published_at AS "publishedAt",
                i.received_at AS "receivedAt", i.attempts, (SELECT s.rank FROM sources s WHERE s.id = i.source_id) AS "sourceRank"`,
    [limit],
  );
}

export interface AnalysisRow {
  item: TriageItem;
  analysis: ItemAnalysis;
  duplicateOf: string | null;
  signature: Int32Array;
  bands: Int32Array;
}

export async function saveAnalyses(tx: Transaction, rows: AnalysisRow[], at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO item_analyses (item_id, model_version, rule_version, category, categories, figures, grade, event, places, reasons, relevant, duplicate_of, decision, signature, at)
     SELECT r.item_id, r.model_version, r.rule_version, r.category, r.categories, r.figures, r.grade, r.event, r.places, r.reasons, r.relevant, r.duplicate_of, r.decision,
            ARRAY(SELECT jsonb_array_elements_text(r.signature)::int), $14
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::jsonb[], $8::jsonb[], $9::jsonb[], $10::jsonb[], $11::boolean[], $12::uuid[], $13::text[], $15::jsonb[])
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
      rows.map((r) => JSON.stringify(r.analysis.event)),
      rows.map((r) => JSON.stringify(r.analysis.places)),
      rows.map((r) => JSON.stringify(r.analysis.reasons)),
      rows.map((r) => r.analysis.relevant),
      rows.map((r) => r.duplicateOf),
      rows.map((r) => (r.duplicateOf === null ? r.analysis.decision : 'duplicate')),
      at,
      rows.map((r) => JSON.stringify([...r.signature])),
    ],
  );
  const banded = rows
    .filter((r) => r.duplicateOf === null)
    .flatMap((r) => [...r.bands].map((hash, band) => ({ hash, band, id: r.item.id })));
  await tx.query(
    `INSERT INTO item_bands (band, hash, item_id) SELECT * FROM unnest($1::smallint[], $2::int[], $3::uuid[]) ON CONFLICT DO NOTHING`,
    [banded.map((b) => b.band), banded.map((b) => b.hash), banded.map((b) => b.id)],
  );
  await tx.query(
    `UPDATE items i SET state = 'triaged', triaged_at = $2, jurisdiction = coalesce(r.jurisdiction, i.jurisdiction)
       FROM unnest($1::uuid[], $3::text[]) AS r(id, jurisdiction) WHERE i.id = r.id`,
    [rows.map((r) => r.item.id), at, rows.map((r) => r.analysis.jurisdiction)],
  );
}

/** Stored items that share a band with any of the given texts, with their signatures. */
export async function bandMates(
  tx: Transaction,
  bands: { hash: number; band: number }[],
): Promise<{ itemId: string; signature: number[] }[]> {
  if (bands.length === 0) return [];
  return tx.query(
    `SELECT a.item_id AS "itemId", a.signature FROM item_analyses a
      WHERE a.item_id = ANY(ARRAY(SELECT DISTINCT b.item_id FROM item_bands b JOIN unnest($1::smallint[], $2::int[]) AS q(band, hash) ON b.band = q.band AND b.hash = q.hash LIMIT 5000))`,
    [bands.map((b) => b.band), bands.map((b) => b.hash)],
  );
}

export async function textsOf(
  tx: Transaction,
  itemIds: string[],
): Promise<{ id: string; title: string; body: string }[]> {
  return itemIds.length === 0
    ? []
    : tx.query('SELECT id, title, body FROM items WHERE id = ANY($1::uuid[])', [itemIds]);
}

interface ClusterRow {
  id: string;
  incident_id: string | null;
  profile: unknown;
  category: string;
  jurisdiction: string;
  drill: boolean;
  item_count: number;
  struck_off_at: Date | null;
}

/** Clusters filed under any of the words, that are young enough to take another item. */
export async function clustersByWords(tx: Transaction, words: string[], since: Date): Promise<StoredCluster[]> {
  if (words.length === 0) return [];
  const rows = await tx.query<ClusterRow>(
    `SELECT c.id, c.incident_id, c.profile, c.category, c.jurisdiction, c.drill, c.item_count, CASE WHEN i.state = 'struckOff' THEN i.closed_at END AS struck_off_at
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
  }));
}

export async function saveClusters(tx: Transaction, clusters: StoredCluster[]): Promise<void> {
  if (clusters.length === 0) return;
  await tx.query(
    `INSERT INTO clusters (id, incident_id, profile, category, jurisdiction, drill, item_count, first_at, last_at)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::text[], $5::text[], $6::boolean[], $7::int[], $8::timestamptz[], $9::timestamptz[])
     ON CONFLICT (id) DO UPDATE SET incident_id = excluded.incident_id, profile = excluded.profile, category = excluded.category, item_count = excluded.item_count, first_at = excluded.first_at, last_at = excluded.last_at`,
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
    ],
  );
  const anchors = clusters.flatMap((c) => [...filedWords(c.candidate)].map((word) => ({ word, id: c.candidate.id })));
  await tx.query(
    'INSERT INTO cluster_anchors (word, cluster_id) SELECT * FROM unnest($1::text[], $2::uuid[]) ON CONFLICT DO NOTHING',
    [anchors.map((a) => a.word), anchors.map((a) => a.id)],
  );
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

/** Gives an incident every item of its cluster; returns how many were new to it. */
export async function linkClusterItems(tx: Transaction, clusterId: string, incidentId: string): Promise<number> {
  const rows = await tx.query(
    `INSERT INTO incident_items (incident_id, item_id, relation, score, reasons, linked_at)
     SELECT $2, c.item_id, c.relation, c.score, c.reasons, huiying_now() FROM cluster_items c WHERE c.cluster_id = $1 ON CONFLICT DO NOTHING RETURNING item_id`,
    [clusterId, incidentId],
  );
  return rows.length;
}

/** Items of a cluster within the window before `at`: the size that turns orders into an incident (domain 6.3). */
export async function clusterSizeSince(tx: Transaction, clusterId: string, since: Date): Promise<number> {
  const row = await tx.one<{ n: number }>(
    'SELECT count(*)::int AS n FROM cluster_items WHERE cluster_id = $1 AND at >= $2',
    [clusterId, since],
  );
  return row!.n;
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
