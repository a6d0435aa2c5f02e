/** A risk note made before a policy or an event (R9, R10): what to look for, where and when. */
export interface WatchedRisk {
  id: string;
  title: string;
  /** Any of them in a text makes it a match. */
  words: readonly string[];
  /** Place names; empty: everywhere in the office's area. */
  places: readonly string[];
  startsAt: Date;
  endsAt: Date;
  drill: boolean;
}

export interface WatchMatch {
  watchId: string;
  title: string;
  /** The words that were found, with their places in the text. */
  hits: { cue: string; start: number; end: number }[];
}

/** Open watches that a text falls under. Pure; `places` are the names that the text itself mentions. */
export function matchWatches(
  item: { text: string; at: Date; places: readonly string[]; drill: boolean },
  watches: readonly WatchedRisk[],
): WatchMatch[] {
  return watches.flatMap((watch) => {
    if (watch.drill !== item.drill || item.at < watch.startsAt || item.at > watch.endsAt) return [];
    const near = (place: string) => item.text.includes(place) || item.places.includes(place);
    if (watch.places.length > 0 && !watch.places.some(near)) return [];
    const hits = watch.words.flatMap((cue) => {
      const start = item.text.indexOf(cue);
      return start === -1 ? [] : [{ cue, start, end: start + cue.length }];
    });
    return hits.length === 0 ? [] : [{ watchId: watch.id, title: watch.title, hits }];
  });
}
