import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useBodies, useJurisdictions } from '../../api/reference';
import { type Labels, zhCN } from '../../i18n/zh-CN';
import { CATEGORIES, GRADES } from '../../labels/options';
import type { Dictionary } from './parse';
import { SORTS, STATES } from './values';

const HEATS = ['I', 'II', 'III', 'IV'];
type Group = 'category' | 'grade' | 'heat' | 'incidentState';

/** A label, and what of it people write: `II 重大` is also 重大. */
const namesOf = (labels: Labels[], group: Group, value: string): string[] =>
  labels.flatMap((texts) => {
    const label = (texts[group] as Record<string, string>)[value];
    if (label === undefined) return [];
    const short = label.slice(label.indexOf(' ') + 1);
    return [label, short];
  });

function fixedOf(labels: Labels[]): Dictionary {
  const entries = (group: Group, values: readonly string[]) =>
    values.map((value) => ({ value, names: namesOf(labels, group, value) }));
  return {
    category: entries('category', CATEGORIES),
    grade: entries('grade', GRADES),
    heat: entries('heat', HEATS),
    state: entries('incidentState', STATES),
    sort: SORTS.map((value) => ({
      value,
      names: labels.flatMap(({ saved }) => [saved.sorts[value], saved.sorts[value].replace(/^按|^By /, '')]),
    })),
  };
}

/**
 * What the query box understands: the labels of both languages, and the names of bodies and places. The other language's
 * and the bodies are fetched when something is written (`wanted`): an inbox without a query does not wait for them.
 */
export function useDictionary(wanted: boolean): { dictionary: Dictionary; ready: boolean } {
  const bodies = useBodies(wanted);
  const places = useJurisdictions();
  const other = useQuery({
    queryKey: ['texts', 'en'],
    enabled: wanted,
    staleTime: Infinity,
    refetchInterval: false,
    queryFn: async () => (await import('../../i18n/en')).en,
  });
  const dictionary = useMemo<Dictionary>(
    () => ({
      ...fixedOf(other.data === undefined ? [zhCN] : [zhCN, other.data]),
      body: (bodies.data ?? []).map(({ id, name, shortName }) => ({ value: id, names: [name, shortName] })),
      jurisdiction: (places.data ?? []).map(({ code, name }) => ({ value: code, names: [name] })),
    }),
    [bodies.data, places.data, other.data],
  );
  return {
    dictionary,
    ready: !wanted || (bodies.data !== undefined && places.data !== undefined && other.data !== undefined),
  };
}
