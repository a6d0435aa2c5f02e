import { CORRUPT, MISCONDUCT, OFFICIAL, OFFICIAL_NOT, VIOLENCE } from './cues.js';

export interface Conduct {
  /** Discipline handles corruption itself; other conduct is answered by the unit's superior. */
  corrupt: boolean;
  violent: boolean;
}

/** Whether the text is about the conduct of an official (A8), and which kind. Null = no. */
export function conductOf(text: string): Conduct | null {
  if (!OFFICIAL.test(text.replace(OFFICIAL_NOT, ''))) return null;
  const corrupt = CORRUPT.test(text);
  if (!corrupt && !MISCONDUCT.test(text)) return null;
  return { corrupt, violent: VIOLENCE.test(text) };
}
