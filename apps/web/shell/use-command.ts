import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client';

/** Runs a command, re-reads what is on the screen, and says in plain words why something was not done. */
export function useCommand<Input>(command: (input: Input) => Promise<unknown>, done?: string) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: command,
    onSuccess: () => {
      if (done !== undefined) void message.success(done);
    },
    onError: (error) => {
      const known = error instanceof ApiProblem && i18n.exists(`problem.${error.code}`);
      const text = !(error instanceof ApiProblem)
        ? t('error.network')
        : error.status === 412
          ? t('error.conflict')
          : known
            ? t(`problem.${error.code}` as 'error.title')
            : `${error.message}（${error.code}）`;
      void message.error(text, 6);
    },
    onSettled: () => queries.invalidateQueries(),
  });
}
