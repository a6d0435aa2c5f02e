/** What a body watches for by its own standard (domain R3, NT19 Art.18), in the version that was in force. */
export interface MonitoringStandard {
  id: string;
  bodyId: string;
  words: string[];
  exclusions: string[];
  /** So many different words have to stand in a text. */
  minimumWords: number;
  /** So many items within so many hours are an alarm; null for none. */
  alarmItems: number | null;
  alarmHours: number | null;
}

/** A word of a standard with its offset in `title\nbody`. */
export interface FoundWord {
  word: string;
  at: number;
}

/** The words of a standard that a text holds, or null where it does not match: too few of them, or an excluded word. */
export function matchStandard(text: string, standard: MonitoringStandard): FoundWord[] | null {
  const view = text.toLowerCase();
  if (standard.exclusions.some((word) => view.includes(word.toLowerCase()))) return null;
  const found = standard.words.flatMap((word): FoundWord[] => {
    const at = view.indexOf(word.toLowerCase());
    return at < 0 ? [] : [{ word, at }];
  });
  return found.length > 0 && found.length >= standard.minimumWords ? found : null;
}

/** True when this batch carries the count over the threshold: the alarm is given once for each crossing. */
export const crossesThreshold = (counts: { before: number; added: number }, alarmItems: number | null): boolean =>
  alarmItems !== null && counts.before < alarmItems && counts.before + counts.added >= alarmItems;
