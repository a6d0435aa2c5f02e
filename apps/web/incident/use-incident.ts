import { useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../api/client';

export type IncidentDetail = Schemas['IncidentDetail'];

/** One incident with everything about it; read again when a hint names it. */
export function useIncident(id: string) {
  return useQuery({
    queryKey: ['incident', id],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}', { params: { path: { id } } })),
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });
}
