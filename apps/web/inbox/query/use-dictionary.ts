import { useMemo } from 'react';
import { useBodies, useJurisdictions } from '../../api/reference';
import { en } from '../../i18n/en';
import { zhCN } from '../../i18n/zh-CN';
import { CATEGORIES, GRADES } from '../../labels/options';
import type { Dictionary } from './parse';
import { SORTS, STATES } from './values';

const HEATS = ['I', 'II', 'III', 'IV'];
type Group = 'category' | 'grade' | 'heat' | 'incidentState';

/** A label, and what of it people write: `II 重大` is also 重大. */
const namesOf = (group: Group, value: string): string[] =>
  [zhCN, en].flatMap((texts) => {
    const label = (texts[group] as Record<string, string>)[value];
    if (label === undefined) return [];
    const short = label.slice(label.indexOf(' ') + 1);
    return [label, short];
  });
const entries = (group: Group, values: readonly string[]) =>
  values.map((value) => ({ value, names: namesOf(group, value) }));

const FIXED: Dictionary = {
  category: entries('category', CATEGORIES),
  grade: entries('grade', GRADES),
  heat: entries('heat', HEATS),
  state: entries('incidentState', STATES),
  sort: SORTS.map((value) => ({
    value,
    names: [zhCN, en].flatMap((texts) => [texts.saved.sorts[value], texts.saved.sorts[value].replace(/^按|^By /, '')]),
  })),
};

/** What the query box understands: the labels of both languages, and the names of bodies and places. */
export function useDictionary(): { dictionary: Dictionary; ready: boolean } {
  const bodies = useBodies();
  const places = useJurisdictions();
  const dictionary = useMemo<Dictionary>(
    () => ({
      ...FIXED,
      body: (bodies.data ?? []).map(({ id, name, shortName }) => ({ value: id, names: [name, shortName] })),
      jurisdiction: (places.data ?? []).map(({ code, name }) => ({ value: code, names: [name] })),
    }),
    [bodies.data, places.data],
  );
  return { dictionary, ready: bodies.data !== undefined && places.data !== undefined };
}
