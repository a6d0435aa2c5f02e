import { normaliseText } from '#kernel/text/normalise.js';
import { FIGURE_NAMES } from '../figures/patterns.js';
import { CIRCUMSTANCES } from '../grading/grade-model.js';
import { declaredGradeOf } from './declared-grade.js';
import type { EventJudgement, EventKind, EventQuestion, FoundCue, NearMiss } from './event-model.js';
import { findCues, namesElsewhere, withoutPlay } from './find-cues.js';

const DAY_MS = 86_400_000;

/**
 * Judges whether a text tells of a real and current emergency (domain 2.2 rule 2, C5 near-misses): a category C5 needs
 * `kind` event with a consequence, or an official notice. Near-misses lower, never raise. Pure; never throws.
 */
export function judgeEvent(question: EventQuestion): EventJudgement {
  const { figures, cues, isLocal } = question;
  const normalised = normaliseText(question.text);
  const play = withoutPlay(normalised.text, cues);
  const found = findCues(play.text, cues, normalised);
  const events = found.filter(({ role }) => role === 'event');
  const hasFigures =
    FIGURE_NAMES.some((name) => (figures[name]?.max ?? 1) > 0 && figures[name] !== undefined) ||
    figures.events.length > 0;
  const has = (role: FoundCue['role']) => found.some((cue) => cue.role === role);
  const officialNotice = has('notice');
  const facts: Facts = {
    found,
    hasFigures,
    officialNotice,
    metaphors: play.metaphors,
    hasEvent: events.length > 0,
    isCurrent: has('current'),
    isPast: isPast(normalised.text, question),
    isTold: has('current') && HAPPENED.test(normalised.text),
  };
  const kind = kindOf(question, facts);
  const isElsewhere = isLocal === false || (isLocal === null && namesElsewhere(normalised.text, cues));
  return {
    real: REAL.has(kind),
    current: (kind === 'event' || kind === 'otherPlace') && !facts.isPast,
    kind: kind === 'event' && isElsewhere ? 'otherPlace' : kind,
    eventTypes: typesOf(events),
    cues: found,
    hasConsequence: hasFigures || has('consequence'),
    officialNotice,
    hearsay: has('hearsay'),
    declaredGrade: REAL.has(kind) ? declaredGradeOf(normalised.text) : null,
    circumstances: Object.fromEntries(
      CIRCUMSTANCES.map((name) => [name, cues.circumstances[name].some((word) => normalised.text.includes(word))]),
    ) as EventJudgement['circumstances'],
  };
}

const REAL: ReadonlySet<EventKind> = new Set(['event', 'otherPlace', 'anniversary', 'past']);

const HAPPENED = /(?<![旦果如一要是万防止避免预能易多频未再家中]{1,2})(?:发生|突发)(?!后|时|地|率|的概率|频)/;

interface Facts {
  found: readonly FoundCue[];
  hasFigures: boolean;
  officialNotice: boolean;
  metaphors: number;
  hasEvent: boolean;
  isCurrent: boolean;
  isPast: boolean;
  /** The text says that something happened, and when. */
  isTold: boolean;
}

/** Near-misses that lose against figures of the event itself: a notice may mention prevention, a film or a comparison. */
const WEAK: ReadonlySet<NearMiss> = new Set([
  'prevention',
  'statistics',
  'question',
  'hypothesis',
  'advert',
  'ruleText',
]);
const ORDER: readonly NearMiss[] = [
  'officialRefutation',
  'fiction',
  'anniversary',
  'ruleText',
  'statistics',
  'hypothesis',
  'question',
  'prevention',
  'advert',
];

function kindOf({ figures }: EventQuestion, facts: Facts): EventKind {
  const { hasEvent, hasFigures, isCurrent, officialNotice } = facts;
  if (figures.isDrill) return 'drill';
  const near = (kind: NearMiss) => facts.found.some((cue) => cue.role === 'nearMiss' && cue.kind === kind);
  if (!hasEvent && !hasFigures) {
    if (facts.metaphors > 0) return 'metaphor';
    return near('officialRefutation') ? 'officialRefutation' : 'none';
  }
  if (figures.isRumourClaim && !hasFigures) return near('officialRefutation') ? 'officialRefutation' : 'rumour';
  if (figures.isHistory && !hasFigures && !isCurrent) return 'anniversary';
  if (figures.isRuleText && !hasFigures) return 'ruleText';
  for (const kind of ORDER) {
    if (!near(kind)) continue;
    if (WEAK.has(kind) && (hasFigures || officialNotice || facts.isTold)) continue;
    if (kind === 'officialRefutation' && (hasFigures || officialNotice) && !figures.isRumourClaim) continue;
    if (kind === 'anniversary' && hasFigures && isCurrent) continue;
    return kind;
  }
  return facts.isPast ? 'past' : 'event';
}

/** Told long after: the text names a full date far back, or was itself published long ago. */
function isPast(text: string, { publishedAt, now, cues }: EventQuestion): boolean {
  const told = publishedAt ?? now;
  const limit = cues.currentWithinDays * DAY_MS;
  if (now.getTime() - told.getTime() > limit) return true;
  const dates = [...text.matchAll(/((?:19|20)\d\d)[年./-](\d{1,2})[月./-](\d{1,2})/g)].map((match) =>
    Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])),
  );
  return dates.length > 0 && told.getTime() - Math.max(...dates) > limit;
}

function typesOf(events: readonly FoundCue[]): string[] {
  const counts = new Map<string, number>();
  for (const { kind } of events) counts.set(kind!, (counts.get(kind!) ?? 0) + 1);
  const types = [...counts].sort((a, b) => b[1] - a[1]).map(([type]) => type);
  const named = types.filter((type) => type !== 'other');
  return named.length > 0 ? named : types;
}
