import type { TFunction } from 'i18next';
import type { ReasonSpan } from './highlighted';

/** A reason as triage gives it: the rule, the words, and where they stand (UTF-16 offsets into title, newline, body). */
export interface Reason {
  rule: string;
  cue?: string;
  start: number;
  end: number;
}

export const reasonsOf = (value: unknown): Reason[] =>
  Array.isArray(value) ? value.filter((reason): reason is Reason => typeof (reason as Reason)?.rule === 'string') : [];

const word = (t: TFunction, group: string, key: string): string =>
  (t(group, { returnObjects: true }) as unknown as Record<string, string>)[key] ?? key;

/** What a rule looks for, in plain words: `cue.event` → 突发事件用语. */
export function ruleName(t: TFunction, rule: string): string {
  const [kind = '', name = ''] = rule.split('.', 2);
  if (kind === 'cue') return word(t, 'cue', name);
  if (kind === 'event' && name !== 'drill') return t('ground.event', { role: word(t, 'eventRole', name) });
  if (kind === 'figure') return t('ground.figure', { name: word(t, 'figure', name) });
  if (rule === 'place') return t('ground.place');
  return t('ground.rule', { rule });
}

/** A reason without a place in the text, as a sentence: what was missing, what was learned. */
export function ruleSentence(t: TFunction, { rule, cue = '' }: Reason): string {
  const names = (list: string) => list.split(', ').map((name) => word(t, 'cue', name));
  const evidence = /^(\w\d|sr)\.evidence$/.exec(rule);
  if (evidence !== null)
    return t('sentence.evidence', {
      category: evidence[1] === 'sr' ? word(t, 'category', 'SR') : evidence[1]!.toUpperCase(),
      what: names(cue.replace(/^no /, '')).join('、'),
    });
  if (rule === 'model') return t('sentence.model', { cue });
  if (rule === 'place.elsewhere') return t('ground.placeElsewhere', { cue });
  const known = (t('sentence.rule', { returnObjects: true }) as unknown as Record<string, string>)[rule];
  return known ?? t('ground.rule', { rule: `${rule} ${cue}`.trim() });
}

/** The spans of one part of the text, shifted to it; the longest of those that begin together comes first. */
export function spansIn(reasons: readonly Reason[], from: number, length: number, t: TFunction): ReasonSpan[] {
  const joined = new Map<string, ReasonSpan>();
  for (const reason of reasons) {
    if (reason.end <= reason.start || reason.start < from || reason.end > from + length) continue;
    const key = `${reason.start}-${reason.end}`;
    const why = ruleName(t, reason.rule);
    const before = joined.get(key);
    if (before === undefined) joined.set(key, { start: reason.start - from, end: reason.end - from, why });
    else if (!before.why.includes(why)) before.why += `、${why}`;
  }
  return [...joined.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Words by what they speak for, each word once. */
export function wordsByRule(reasons: readonly Reason[], t: TFunction): { name: string; words: string[] }[] {
  const groups = new Map<string, Set<string>>();
  for (const { rule, cue, start, end } of reasons) {
    if (end <= start || cue === undefined) continue;
    const name = ruleName(t, rule);
    groups.set(name, (groups.get(name) ?? new Set()).add(cue));
  }
  return [...groups].map(([name, words]) => ({ name, words: [...words] }));
}
