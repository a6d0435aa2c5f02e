import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';

export type IncidentRow = Schemas['Incident'];
export type IncidentState = Schemas['IncidentState'];

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
  const filter = {
    state: STATES.includes(state as IncidentState) ? (state as IncidentState) : first,
    q: params.get('q') ?? '',
    overdue: params.get('overdue') === '1',
    category: params.get('category') ?? '',
    sort: (params.get('sort') ?? 'deadline') as 'deadline' | 'newest' | 'heat' | 'grade',
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
              sort: filter.state === 'proposed' && filter.sort === 'deadline' ? 'grade' : filter.sort,
              ...(filter.q === '' ? {} : { q: filter.q }),
              ...(filter.overdue ? { overdue: '1' as const } : {}),
              ...(filter.category === '' ? {} : { category: filter.category }),
            } as never,
          },
        }),
      ),
    placeholderData: (before) => before,
  });
}

export function useCounts() {
  return useQuery({ queryKey: ['live', 'counts'], queryFn: () => dataOf(api.GET('/api/v1/incidents/counts')) });
}
