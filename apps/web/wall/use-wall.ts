import { useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../api/client';
import { useServerClock } from '../time/server-clock';

const HOUR_MS = 3_600_000;
const OPEN = ['confirmed', 'assigned', 'responded', 'rectified', 'accepted'];

function useClocks(state: string) {
  return useQuery({
    queryKey: ['live', 'clocks', state],
    queryFn: () => dataOf(api.GET('/api/v1/clocks', { params: { query: { limit: 200, state } as never } })),
  });
}

export interface Wall {
  /** Overdue limits, the longest overdue first; undefined until known, so that nothing unknown looks like calm. */
  late: Schemas['Clock'][] | undefined;
  /** What falls due within the hour, the next first. */
  soon: Schemas['Clock'][] | undefined;
  open: number | undefined;
  /** When the oldest of the three was read, epoch milliseconds; 0 before that. */
  asOf: number;
  error: Error | null;
}

/** The figures of the wall and of the big screen, from the same calls. */
export function useWall(): Wall {
  const { now } = useServerClock();
  const overdue = useClocks('overdue');
  const running = useClocks('armed,dueSoon');
  const counts = useQuery({ queryKey: ['live', 'counts'], queryFn: () => dataOf(api.GET('/api/v1/incidents/counts')) });
  return {
    late: overdue.data?.items.filter((clock) => clock.force === 'limit').sort((a, b) => a.dueAt.localeCompare(b.dueAt)),
    soon: running.data?.items.filter((clock) => Date.parse(clock.dueAt) - now <= HOUR_MS),
    open: counts.data?.items.filter((item) => OPEN.includes(item.state)).reduce((sum, item) => sum + item.n, 0),
    asOf: Math.min(overdue.dataUpdatedAt, running.dataUpdatedAt, counts.dataUpdatedAt),
    error: overdue.error ?? running.error ?? counts.error,
  };
}
