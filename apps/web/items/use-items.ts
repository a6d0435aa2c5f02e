import { useInfiniteQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../api/client';

/** `unsure`: waits for a person. `aside`: put away by the rules. `judged`: a person has spoken. */
export const LANES = ['unsure', 'aside', 'judged', 'all'] as const;
export type Lane = (typeof LANES)[number];
export type Item = Schemas['Item'];

const FILTER: Record<Lane, { decision?: string; judged?: 'true' | 'false' }> = {
  unsure: { decision: 'unsure', judged: 'false' },
  aside: { decision: 'noCategory,notOurs,notReal,officialVoice,serviceRequest', judged: 'false' },
  judged: { judged: 'true' },
  all: {},
};

/** One lane, newest first, page by page. */
export function useItems(lane: Lane, words: string) {
  return useInfiniteQuery({
    queryKey: ['live', 'items', lane, words],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/items', {
          params: {
            query: {
              limit: 30,
              ...FILTER[lane],
              ...(words === '' ? {} : { q: words }),
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            } as never,
          },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}
