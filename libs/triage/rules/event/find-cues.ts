import type { NormalisedText } from '#kernel/text/normalise.js';
import type { EventCues, FoundCue } from './event-model.js';

const MASK = '\ue001';
/** Signs between the subject of a metaphor and its event word. Judgement. */
const METAPHOR_REACH = 6;

/** All places of the words, in the order of the text; of overlapping words of one list the longest counts. */
export function findWords(text: string, words: readonly string[]): { word: string; at: number }[] {
  const found: { word: string; at: number }[] = [];
  for (const word of words)
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) found.push({ word, at });
  found.sort((a, b) => a.at - b.at || b.word.length - a.word.length);
  let end = 0;
  return found.filter(({ word, at }) => {
    if (at < end) return false;
    end = at + word.length;
    return true;
  });
}

/** The text without phrases and metaphors in which event words mean something else; of the same length. */
export function withoutPlay(text: string, cues: EventCues): { text: string; metaphors: number } {
  let masked = text;
  for (const { word, at } of findWords(text, cues.notCues)) masked = cover(masked, at, at + word.length);
  let metaphors = 0;
  const subjects = findWords(masked, cues.metaphorSubjects);
  for (const { word, at } of findWords(masked, cues.metaphorEvents)) {
    const near = subjects.some((subject) => {
      const [from, to] = subject.at < at ? [subject.at + subject.word.length, at] : [at + word.length, subject.at];
      return to - from <= METAPHOR_REACH && !/[,。;!?\n]/.test(masked.slice(from, to));
    });
    if (!near) continue;
    metaphors += 1;
    masked = cover(masked, at, at + word.length);
  }
  return { text: masked, metaphors };
}

const cover = (text: string, start: number, end: number) =>
  text.slice(0, start) + MASK.repeat(end - start) + text.slice(end);

/** Cues of a text without play; positions are those of the raw text. */
export function findCues(text: string, cues: EventCues, { offsetOf }: NormalisedText): FoundCue[] {
  const lists: [FoundCue['role'], string | null, readonly string[]][] = [
    ...Object.entries(cues.events).map(([type, words]): [FoundCue['role'], string, string[]] => ['event', type, words]),
    ...Object.entries(cues.nearMisses).map(([kind, words]): [FoundCue['role'], string, string[]] => [
      'nearMiss',
      kind,
      words,
    ]),
    ['consequence', null, cues.consequences],
    ['notice', null, cues.notices],
    ['current', null, cues.currentCues],
    ['hearsay', null, cues.hearsay],
  ];
  return lists.flatMap(([role, kind, words]) =>
    findWords(text, words).map(({ word, at }) => ({
      word,
      role,
      kind,
      start: offsetOf(at),
      end: offsetOf(at + word.length),
    })),
  );
}
