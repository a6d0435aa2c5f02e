import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../shell/use-command';
import { takeBack } from './decide';
import { useSay } from '../shell/say';

/** The server takes back for ten seconds; the offer ends a little earlier, so that it is never an empty one. */
const OFFERED_SECONDS = 9.5;

/** Says what was done and offers to take it back. */
export function useOfferUndo(back: (id: string) => void) {
  const { t } = useTranslation();
  const message = useSay();
  const problemText = useProblemText();
  const queries = useQueryClient();
  return ({ id, text, ids }: { id: string; text: string; ids: string[] }) => {
    const key = `undo-${id}`;
    const undo = async () => {
      message.destroy(key);
      try {
        await takeBack(id);
        ids.forEach(back);
        void message.success(t('undo.done'));
      } catch (error) {
        void message.error(problemText(error), 8);
      }
      void queries.invalidateQueries({ queryKey: ['live'] });
      for (const incident of ids) void queries.invalidateQueries({ queryKey: ['incident', incident] });
    };
    void message.open({
      key,
      type: 'success',
      duration: OFFERED_SECONDS,
      content: (
        <>
          {text}{' '}
          <Button type="link" size="small" onClick={() => void undo()}>
            {t('undo.action')}
          </Button>
        </>
      ),
    });
  };
}
