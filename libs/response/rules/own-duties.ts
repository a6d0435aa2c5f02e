/** What a text speaks of, as the routing reads it: a kind of body with the weight of its words. Highest first. */
export interface SpokenMatter {
  code: string;
  name: string;
  score: number;
  words: string[];
}

/** One strong word of the catalogue. */
const STRONG = 3;

/**
 * The duties that a text seems to be of, where none of its body's own are among them (PB18 二(八), YW18 六(二), R47). Told to
 * people and never refused: a list of words knows little of duties. Bodies that speak for all others are never warned.
 */
export function foreignDuty(
  matters: readonly SpokenMatter[],
  own: { code: string; speaksForAll: boolean },
): SpokenMatter | null {
  if (own.speaksForAll || matters.some(({ code, score }) => code === own.code && score > 0)) return null;
  const [first] = matters;
  return first !== undefined && first.score >= STRONG ? first : null;
}
