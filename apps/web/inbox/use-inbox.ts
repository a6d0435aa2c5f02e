import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { useSteady } from '../shell/use-steady';
import { useServerNow } from '../time/server-clock';
import { parseQuery, type Query } from './query/parse';
import { useDictionary } from './query/use-dictionary';
import { type Sort, SORTS, STATES } from './query/values';

export type IncidentRow = Schemas['Incident'];
export type IncidentState = Schemas['IncidentState'];

const PAGE = 100;
/** Nobody reads 5,000 rows: after this many pages the list asks for a narrower filter. */
const MAX_PAGES = 50;
/** Fields that stand in the address by themselves, so that a chart can lead to the list of what it counts. */
const BY_ADDRESS = ['category', 'grade', 'heat', 'body', 'jurisdiction', 'overdue', 'snoozed', 'drill'] as const;

export interface InboxFilter {
  state: IncidentState;
  sort: Sort;
  /** The query box, as written. */
  q: string;
  query: Query;
  /** What the server is asked for. */
  asked: Record<string, string>;
  ready: boolean;
}

/** The filter stands in the address, so that a filtered list can be sent to somebody. */
export function useFilter() {
  const [params, setParams] = useSearchParams();
  // Whoever decides begins with what waits for a decision; whoever supervises, with what is being handled.
  const first: IncidentState = useMay()('incident.decide') ? 'proposed' : 'assigned';
  const q = params.get('q') ?? '';
  const { dictionary, ready } = useDictionary(q !== '');
  const address = params.toString();
  const filter = useMemo<InboxFilter>(() => {
    const query = parseQuery(q, dictionary);
    const written = new URLSearchParams(address);
    const states = query.values.state ?? [written.get('state') ?? first];
    const known = states.filter((value) => STATES.includes(value as IncidentState)) as IncidentState[];
    const state = known[0] ?? first;
    // A proposal has no limit yet: the gravest comes first.
    const usual: Sort = state === 'proposed' ? 'grade' : 'deadline';
    const sort = (query.values.sort?.[0] ?? written.get('sort') ?? usual) as Sort;
    const asked: Record<string, string> = {
      state: (known.length === 0 ? [state] : known).join(),
      sort: SORTS.includes(sort) ? sort : usual,
    };
    for (const field of BY_ADDRESS) {
      const value = query.values[field]?.join() ?? written.get(field);
      if (value != null && value !== '') asked[field] = value;
    }
    if (query.values.due !== undefined) asked['dueMinutes'] = query.values.due[0]!;
    if (query.words !== '') asked['q'] = query.words.slice(0, 100);
    return { state, sort: asked['sort'] as Sort, q, query, asked, ready };
  }, [q, address, first, dictionary, ready]);
  const change = useSteady((next: Record<string, string | null>) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      for (const [key, value] of Object.entries(next)) {
        if (value === null || value === '') after.delete(key);
        else after.set(key, value);
      }
      return after;
    }),
  );
  /** Filters of the address that the query box does not show. */
  const pinned = useMemo(() => {
    const written = new URLSearchParams(address);
    return BY_ADDRESS.filter((field) => written.has(field) && filter.query.values[field] === undefined).map(
      (field) => ({ field, value: written.get(field)! }),
    );
  }, [address, filter]);
  const clear = useSteady(() => setParams(params.has('state') ? { state: params.get('state')! } : {}));
  return useMemo(
    () => ({ filter, change, clear, pinned, narrowed: q !== '' || pinned.length > 0 }),
    [filter, change, clear, pinned, q],
  );
}

/** The list, page by page; what is loaded is read again on a hint. */
export function useIncidents(filter: InboxFilter) {
  const now = useServerNow();
  return useInfiniteQuery({
    queryKey: ['live', 'incidents', filter.asked],
    enabled: filter.query.errors.length === 0 && (filter.q === '' || filter.ready),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const { dueMinutes, ...query } = filter.asked;
      return dataOf(
        api.GET('/api/v1/incidents', {
          params: {
            query: {
              limit: PAGE,
              ...query,
              ...(dueMinutes === undefined
                ? {}
                : { dueBefore: new Date(now() + Number(dueMinutes) * 60_000).toISOString() }),
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            } as never,
          },
        }),
      );
    },
    getNextPageParam: (last, pages) => (pages.length >= MAX_PAGES ? undefined : (last.nextCursor ?? undefined)),
    placeholderData: keepPreviousData,
  });
}

/** Counting looks at every incident; `wanted` lets the list be read first. */
export function useCounts(wanted: boolean) {
  return useQuery({
    queryKey: ['live', 'counts'],
    enabled: wanted,
    queryFn: () => dataOf(api.GET('/api/v1/incidents/counts')),
  });
}

const ACTIVITY_STALE_MS = 60_000;

export interface Activity {
  firstAt: string;
  lastAt: string;
  counts: number[];
}

const byId = ({ items }: { items: (Activity & { id: string })[] }): Map<string, Activity> =>
  new Map(items.map((item) => [item.id, item]));

/**
 * How the messages of the shown incidents came in; by id. The map is made here and not by the query's `select`: a query takes a
 * map for a new answer each time it is made, and with a placeholder it is made at every drawing, which then never ends.
 */
export function useActivity(ids: readonly string[]): Map<string, Activity> | undefined {
  const sorted = [...ids].sort();
  const { data } = useQuery({
    queryKey: ['activity', sorted.join()],
    enabled: ids.length > 0,
    staleTime: ACTIVITY_STALE_MS,
    refetchInterval: ACTIVITY_STALE_MS,
    gcTime: ACTIVITY_STALE_MS,
    queryFn: () =>
      dataOf(api.GET('/api/v1/incidents/activity', { params: { query: { ids: sorted.join() } as never } })),
    placeholderData: keepPreviousData,
  });
  return useMemo(() => data && byId(data), [data]);
}
