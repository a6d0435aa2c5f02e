import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client';
import { useSay } from './say';

/** Why something was not done and what to do, in plain words; a code without a sentence shows the server's own words. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiProblem)) return t('error.network');
    if (error.status === 412) return t('error.conflict');
    const sentences = t('problem', { returnObjects: true }) as unknown as Record<string, string>;
    return sentences[error.code] ?? `${error.message}（${error.code}）`;
  };
}

/** Runs a command, re-reads what is on the screen, and says why something was not done. */
export function useCommand<Input>(command: (input: Input) => Promise<unknown>, done?: string) {
  const message = useSay();
  const problemText = useProblemText();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: command,
    onSuccess: () => {
      if (done !== undefined) void message.success(done);
    },
    onError: (error) => void message.error(problemText(error), 6),
    // Not awaited: the hand goes on while the page is read again.
    onSettled: () =>
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === 'live' || queryKey[0] === 'incident',
      }),
  });
}
