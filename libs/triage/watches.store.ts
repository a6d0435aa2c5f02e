import type { Transaction } from '#platform/database/database.js';
import type { WatchedRisk, WatchMatch } from './rules/watch/match-watch.js';

const MAX_OPEN = 500;

/** Watches that run at an instant. */
export async function openWatches(tx: Transaction): Promise<WatchedRisk[]> {
  return tx.query(
    `SELECT id, title, words, places, starts_at AS "startsAt", ends_at AS "endsAt", drill FROM watches WHERE state = 'open' AND ends_at > huiying_now() ORDER BY id LIMIT ${MAX_OPEN}`,
  );
}

export interface WatchHit {
  itemId: string;
  incidentId: string;
  match: WatchMatch;
}

/** Records hits; returns those whose watch had not met the incident before. */
export async function saveWatchHits(tx: Transaction, hits: readonly WatchHit[]): Promise<WatchHit[]> {
  if (hits.length === 0) return [];
  const known = await tx.query<{ key: string }>(
    `SELECT DISTINCT watch_id || ' ' || incident_id AS key FROM watch_hits WHERE incident_id = ANY($1::uuid[])`,
    [hits.map((hit) => hit.incidentId)],
  );
  await tx.query(
    `INSERT INTO watch_hits (watch_id, item_id, incident_id, words, at)
     SELECT h.watch_id, h.item_id, h.incident_id, string_to_array(h.words, E'\\t'), huiying_now() FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS h(watch_id, item_id, incident_id, words)
     ON CONFLICT DO NOTHING`,
    [
      hits.map((hit) => hit.match.watchId),
      hits.map((hit) => hit.itemId),
      hits.map((hit) => hit.incidentId),
      hits.map((hit) => hit.match.hits.map(({ cue }) => cue).join('\t')),
    ],
  );
  const seen = new Set(known.map(({ key }) => key));
  return hits.filter((hit) => {
    const key = `${hit.match.watchId} ${hit.incidentId}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
