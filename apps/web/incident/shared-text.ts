/** A piece of a text: from the character at `start` up to the one at `end`. */
export interface Piece {
  start: number;
  end: number;
}

/** Shorter agreements, such as the name of a county, say nothing about two messages being the same. */
const MIN_CHARACTERS = 6;

/** The pieces of `text` that stand in `other`, too, each of at least six characters; in order, without overlap. */
export function sharedPieces(text: string, other: string): Piece[] {
  const known = new Set<string>();
  for (let at = 0; at + MIN_CHARACTERS <= other.length; at += 1) known.add(other.slice(at, at + MIN_CHARACTERS));
  const pieces: Piece[] = [];
  for (let at = 0; at + MIN_CHARACTERS <= text.length; at += 1) {
    if (!known.has(text.slice(at, at + MIN_CHARACTERS))) continue;
    const last = pieces[pieces.length - 1];
    if (last !== undefined && at <= last.end) last.end = at + MIN_CHARACTERS;
    else pieces.push({ start: at, end: at + MIN_CHARACTERS });
  }
  return pieces;
}

/** How much of the text its pieces cover, in whole percent. */
export function sharePercent(text: string, pieces: readonly Piece[]): number {
  if (text.length === 0) return 0;
  return Math.round((pieces.reduce((sum, { start, end }) => sum + end - start, 0) / text.length) * 100);
}
