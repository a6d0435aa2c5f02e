import { useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../api/client';

export type IncidentDetail = Schemas['IncidentDetail'];

/** One incident with everything about it, now or as it was at an instant; the present is read again when a hint names it. */
export function useIncident(id: string, asOf: string | null = null) {
  return useQuery({
    queryKey: asOf === null ? ['incident', id] : ['past', id, asOf],
    queryFn: () =>
      dataOf(api.GET('/api/v1/incidents/{id}', { params: { path: { id }, query: asOf === null ? {} : { asOf } } })),
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });
}
