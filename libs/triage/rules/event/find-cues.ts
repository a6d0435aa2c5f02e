import type { NormalisedText } from '#kernel/text/normalise.js';
import type { EventCues, FoundCue } from './event-model.js';
import { type PlacedWord, WordLists } from './word-lists.js';

const MASK = '\ue001';
/** Signs between the subject of a metaphor and its event word. Judgement. */
const METAPHOR_REACH = 6;

/** The lists of one configuration, made ready once. */
interface ReadyCues {
  play: WordLists;
  metaphors: WordLists;
  roles: readonly { role: FoundCue['role']; kind: string | null }[];
  cues: WordLists;
}

const ready = new WeakMap<EventCues, ReadyCues>();

function readyCues(cues: EventCues): ReadyCues {
  const known = ready.get(cues);
  if (known !== undefined) return known;
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
  const made = {
    play: new WordLists([cues.notCues]),
    metaphors: new WordLists([cues.metaphorSubjects, cues.metaphorEvents]),
    roles: lists.map(([role, kind]) => ({ role, kind })),
    cues: new WordLists(lists.map(([, , words]) => words)),
  };
  ready.set(cues, made);
  return made;
}

/** The text without phrases and metaphors in which event words mean something else; of the same length. */
export function withoutPlay(text: string, cues: EventCues): { text: string; metaphors: number } {
  let masked = text;
  const lists = readyCues(cues);
  for (const { word, at } of lists.play.find(text)[0]!) masked = cover(masked, at, at + word.length);
  let metaphors = 0;
  const [subjects, events] = lists.metaphors.find(masked) as [PlacedWord[], PlacedWord[]];
  for (const { word, at } of events) {
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
  const { roles, cues: lists } = readyCues(cues);
  return lists.find(text).flatMap((placed, list) =>
    placed.map(({ word, at }) => ({
      word,
      role: roles[list]!.role,
      kind: roles[list]!.kind,
      start: offsetOf(at),
      end: offsetOf(at + word.length),
    })),
  );
}
