import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';

export type IncidentRow = Schemas['Incident'];
export type IncidentState = Schemas['IncidentState'];

export type Sort = 'deadline' | 'newest' | 'heat' | 'grade';

const LIMIT = 100;
const STATES: IncidentState[] = [
  'proposed',
  'confirmed',
  'assigned',
  'responded',
  'rectified',
  'accepted',
  'struckOff',
  'rejected',
  'merged',
  'outOfArea',
];

/** The filter stands in the address, so that a filtered list can be sent to somebody. */
export function useFilter() {
  const [params, setParams] = useSearchParams();
  // Whoever decides begins with what waits for a decision; whoever supervises, with what is being handled.
  const first: IncidentState = useMay()('incident.decide') ? 'proposed' : 'assigned';
  const state = params.get('state');
  const shown = STATES.includes(state as IncidentState) ? (state as IncidentState) : first;
  const filter = {
    state: shown,
    q: params.get('q') ?? '',
    overdue: params.get('overdue') === '1',
    category: params.get('category') ?? '',
    // A proposal has no limit yet: the gravest comes first.
    sort: (params.get('sort') ?? (shown === 'proposed' ? 'grade' : 'deadline')) as Sort,
  };
  const change = (next: Record<string, string | null>) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      for (const [key, value] of Object.entries(next)) {
        if (value === null || value === '') after.delete(key);
        else after.set(key, value);
      }
      return after;
    });
  return { filter, change, narrowed: filter.q !== '' || filter.category !== '' || filter.overdue };
}

export type InboxFilter = ReturnType<typeof useFilter>['filter'];

export function useIncidents(filter: InboxFilter) {
  return useQuery({
    queryKey: ['live', 'incidents', filter],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/incidents', {
          params: {
            query: {
              limit: LIMIT,
              state: filter.state,
              sort: filter.sort,
              ...(filter.q === '' ? {} : { q: filter.q }),
              ...(filter.overdue ? { overdue: '1' as const } : {}),
              ...(filter.category === '' ? {} : { category: filter.category }),
            } as never,
          },
        }),
      ),
    placeholderData: (before) => before,
    select: (data) =>
      filter.state === 'proposed' && filter.sort === 'grade' ? { ...data, items: byGravity(data.items) } : data,
  });
}

export function useCounts() {
  return useQuery({ queryKey: ['live', 'counts'], queryFn: () => dataOf(api.GET('/api/v1/incidents/counts')) });
}

const GRAVITY = ['C5', 'C7', 'C7-suspected', 'C6', 'C4', 'C3', 'C1', 'C2', 'SR', 'NONE'];
const GRADES = ['I', 'II', 'III', 'IV'];
const rank = (values: readonly string[], value: string) =>
  values.includes(value) ? values.indexOf(value) : values.length;

/** The gravest first: by grade, then by category (an emergency without figures before everything ungraded), then the longest waiting. */
function byGravity(rows: IncidentRow[]): IncidentRow[] {
  return [...rows].sort(
    (a, b) =>
      rank(GRADES, a.grade) - rank(GRADES, b.grade) ||
      rank(GRAVITY, a.category) - rank(GRAVITY, b.category) ||
      a.detectedAt.localeCompare(b.detectedAt),
  );
}
