import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../shell/use-command';
import { useServerClock } from '../time/server-clock';
import { takeBack } from './bulk-on-server';

/** A decision in bulk and the instant (epoch milliseconds) until which it can be taken back. */
export interface Undoable {
  id: string;
  until: number;
}

/** Takes a decision in bulk back, as long as the server allows it. */
export function UndoButton({ undo, onUndone }: { undo: Undoable; onUndone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { now } = useServerClock();
  const back = useCommand(async () => {
    const counts = await takeBack(undo.id);
    void message.info(t('triage.undoneBulk', counts));
    onUndone();
  });
  const seconds = Math.ceil((undo.until - now) / 1_000);
  if (seconds <= 0) return null;
  return (
    <Button loading={back.isPending} onClick={() => back.mutate(undefined as never)}>
      {t('triage.undoBulk', { seconds })}
    </Button>
  );
}
