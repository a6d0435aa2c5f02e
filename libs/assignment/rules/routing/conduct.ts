import { CORRUPT, MISCONDUCT, OFFICIAL, OFFICIAL_NOT, VIOLENCE } from './cues.js';

export interface Conduct {
  /** Discipline handles corruption itself; other conduct is answered by the unit's superior. */
  corrupt: boolean;
  violent: boolean;
}

/** Conduct stands near the person: characters before and behind. */
const BEFORE = 14;
const BEHIND = 18;

/** Whether the text is about the conduct of an official (A8), and which kind. Null = no. */
export function conductOf(text: string): Conduct | null {
  if (text.search(OFFICIAL) < 0) return null;
  const told = text.replace(OFFICIAL_NOT, (m) => '　'.repeat(m.length));
  for (const official of told.matchAll(OFFICIAL)) {
    const around = told.slice(Math.max(0, official.index - BEFORE), official.index + official[0].length + BEHIND);
    const corrupt = CORRUPT.test(around);
    if (corrupt || MISCONDUCT.test(around)) return { corrupt, violent: VIOLENCE.test(around) };
  }
  return null;
}
