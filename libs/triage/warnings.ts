import type { Transaction } from '#platform/database/database.js';
import { type LedgerEntry, systemActor } from '#platform/ledger/ledger.js';
import { type Category, TRIAGE_EVENTS } from './contract.js';
import { saveHotSpots, wakeSnoozed } from './hot-spots.store.js';
import { type GrowthAlarm, watchGrowth } from './rules/heat/growth.js';
import type { HeatPolicy } from './rules/heat/score.js';
import { matchWatches, type WatchedRisk, type WatchMatch } from './rules/watch/match-watch.js';
import { type AnalysisRow, saveClusters, type StoredCluster } from './triage.store.js';
import { saveWatchHits } from './watches.store.js';

/** Decisions that a watch overrules: nobody would have looked at the text. What is elsewhere, unreal or official stays aside. */
const OVERRULED = new Set(['noCategory', 'serviceRequest', 'unsure']);
/** What a watched text is about when the rules saw nothing: the policy or event that the watch was made for. */
const CATEGORY: Partial<Record<Category, Category>> = { NONE: 'C1', SR: 'C3' };

/** Finds the rows that fall under a watch and makes them relevant, with the reason. Changes the rows in place. */
export function watchedRows(rows: AnalysisRow[], watches: readonly WatchedRisk[]): Map<string, WatchMatch[]> {
  const watched = new Map<string, WatchMatch[]>();
  if (watches.length === 0) return watched;
  for (const row of rows) {
    const { item, analysis } = row;
    const facts = {
      text: `${item.title}\n${item.body}`,
      at: item.publishedAt ?? item.receivedAt,
      places: analysis.places,
    };
    const matches = matchWatches({ ...facts, drill: item.drill }, watches);
    const relevant = analysis.relevant || OVERRULED.has(analysis.decision);
    if (matches.length === 0 || !relevant) continue;
    watched.set(item.id, matches);
    row.analysis = {
      ...analysis,
      relevant: true,
      compared: true,
      decision: 'incident',
      category: CATEGORY[analysis.category] ?? analysis.category,
      reasons: [
        ...matches.flatMap((match) => match.hits.map((hit) => ({ rule: 'watch', watch: match.title, ...hit }))),
        ...analysis.reasons,
      ],
    };
  }
  return watched;
}

interface Touched {
  touched: Map<StoredCluster, { row: AnalysisRow }[]>;
  now: Date;
}

/** Thirty similar messages within two hours raise one hot spot, thirty unrelated ones none: they lie in different clusters. */
export async function raiseHotSpots(
  tx: Transaction,
  { touched, times, now, policy }: Touched & { times: Map<string, number[]>; policy: HeatPolicy },
): Promise<LedgerEntry[]> {
  const raised: { incidentId: string; alarm: GrowthAlarm; drill: boolean }[] = [];
  const changed: StoredCluster[] = [];
  for (const [cluster, placed] of touched) {
    const known = times.get(cluster.candidate.id) ?? [];
    const fresh = placed
      .map(({ row }) =>
        Math.min((row.item.publishedAt ?? row.item.receivedAt).getTime(), row.item.receivedAt.getTime()),
      )
      .filter((time) => now.getTime() - time <= policy.alarm.windowHours * HOUR_MS);
    const { hot, alarms } = watchGrowth({ times: known, fresh, hot: cluster.hot }, policy.growth, policy.alarm);
    // Without an incident nobody could be told; the burst is judged again when there is one.
    if (cluster.incidentId === null || hot === cluster.hot) continue;
    cluster.hot = hot;
    changed.push(cluster);
    const [alarm] = alarms;
    if (alarm !== undefined) raised.push({ incidentId: cluster.incidentId, alarm, drill: cluster.drill });
  }
  await saveClusters(tx, changed);
  await saveHotSpots(tx, raised);
  await wakeSnoozed(
    tx,
    raised.map(({ incidentId }) => incidentId),
  );
  return raised.map(({ incidentId, alarm, drill }) => ({
    type: TRIAGE_EVENTS.hotSpotRaised,
    at: now,
    actor: systemActor('triage'),
    incidentId,
    subjectId: incidentId,
    payload: { why: alarm.why, count: alarm.count, factor: alarm.factor, at: new Date(alarm.at).toISOString(), drill },
  }));
}

const HOUR_MS = 3_600_000;

/** Binds what a watch has met to its incident: the prepared wording stands there. */
export async function recordWatchHits(
  tx: Transaction,
  { touched, watched, now }: Touched & { watched: Map<string, WatchMatch[]> },
): Promise<LedgerEntry[]> {
  const hits = [...touched].flatMap(([{ incidentId }, placed]) =>
    incidentId === null
      ? []
      : placed.flatMap(({ row }) =>
          (watched.get(row.item.id) ?? []).map((match) => ({ itemId: row.item.id, incidentId, match })),
        ),
  );
  const first = await saveWatchHits(tx, hits);
  return first.map(({ incidentId, match, itemId }) => ({
    type: TRIAGE_EVENTS.watchMatched,
    at: now,
    actor: systemActor('triage'),
    incidentId,
    subjectId: incidentId,
    payload: { watch: match.watchId, title: match.title, words: match.hits.map(({ cue }) => cue), itemId },
  }));
}
