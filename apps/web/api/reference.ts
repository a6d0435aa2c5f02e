import { useQuery } from '@tanstack/react-query';
import { api, dataOf } from './client';

const HOUR_MS = 3_600_000;

/** Bodies and places change seldom; they are read once an hour. */
export function useBodies(enabled = true) {
  return useQuery({
    queryKey: ['bodies'],
    enabled,
    queryFn: () => dataOf(api.GET('/api/v1/bodies')),
    staleTime: HOUR_MS,
    refetchInterval: HOUR_MS,
    select: (data) => data.items,
  });
}

/** The name of a body by id; an ellipsis until the names are known. */
export function useBodyName(): (id: string | null | undefined) => string {
  const bodies = useBodies();
  return (id) => {
    if (id == null) return '—';
    return bodies.data === undefined ? '…' : (bodies.data.find((body) => body.id === id)?.name ?? id);
  };
}

/** The city and its counties. */
export function useJurisdictions() {
  return useQuery({
    queryKey: ['jurisdictions'],
    queryFn: () => dataOf(api.GET('/api/v1/jurisdictions')),
    staleTime: HOUR_MS,
    refetchInterval: HOUR_MS,
    select: (data) => data.items,
  });
}

/** The name of a jurisdiction by code; an ellipsis until the names are known. */
export function usePlaces(): (code: string) => string {
  const places = useJurisdictions();
  return (code) => (places.isPending ? '…' : (places.data?.find((place) => place.code === code)?.name ?? code));
}
