import { personalNumbers, type PersonalFinding } from './personal-numbers.js';
import { personalWords } from './personal-words.js';

export interface Deidentified {
  text: string;
  /** In the order of the text; offsets are of the text as given. */
  found: PersonalFinding[];
}

/** A text longer than this is handled in parts. */
const PART_CHARACTERS = 20_000;

/**
 * Masks what names a person without further knowledge (PIPL Art.73, GB/T 37964-2019: direct identifiers): numbers keep their
 * first and last digits, names the surname, addresses the street or estate. Persons in office, companies and public numbers
 * stay. Weaker than anonymisation: what remains may still point to someone who knows the matter.
 */
export function deidentify(text: string): Deidentified {
  if (text.length > PART_CHARACTERS) return inParts(text);
  // Numbers come before words, and the earlier kind wins where two claim the same characters.
  const taken: { start: number; end: number; masked: string; finding: PersonalFinding }[] = [];
  for (const { masked, ...finding } of [...personalNumbers(text), ...personalWords(text)]) {
    if (taken.some((other) => finding.start < other.end && other.start < finding.end)) continue;
    taken.push({ start: finding.start, end: finding.end, masked, finding });
  }
  taken.sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const piece of taken) {
    out += text.slice(at, piece.start) + piece.masked;
    at = piece.end;
  }
  return { text: out + text.slice(at), found: taken.map((piece) => piece.finding) };
}

/** Cuts at line ends or sentences, where no number crosses. */
function inParts(text: string): Deidentified {
  const cut =
    Math.max(text.lastIndexOf('\n', PART_CHARACTERS), text.lastIndexOf('。', PART_CHARACTERS)) + 1 || PART_CHARACTERS;
  const head = deidentify(text.slice(0, cut));
  const tail = deidentify(text.slice(cut));
  return {
    text: head.text + tail.text,
    found: [
      ...head.found,
      ...tail.found.map((finding) => ({ ...finding, start: finding.start + cut, end: finding.end + cut })),
    ],
  };
}
