import { Button, Flex } from 'antd';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { useMay } from '../api/session';
import { ReasonDialog } from '../inbox/reason-dialog';
import { useCommand } from '../shell/use-command';
import type { IncidentDetail } from './use-incident';
import { lazily } from '../shell/lazily';

const StampDialog = lazily(async () => (await import('./stamp-dialog')).StampDialog);
const SplitDialog = lazily(async () => (await import('./split-dialog')).SplitDialog);
const MergeDialog = lazily(async () => (await import('./merge-dialog')).MergeDialog);
const ChangeDialog = lazily(async () => (await import('./change-dialog')).ChangeDialog);

const OPEN = ['confirmed', 'assigned', 'responded', 'rectified'];
type Dialog = 'category' | 'grade' | 'merge' | 'unmerge' | 'stamp' | 'split' | null;

/** What an analyst may still change: category, grade, merge and its undoing. */
export function IncidentActions({
  incident,
  actions,
}: {
  incident: IncidentDetail;
  actions?: RefObject<Record<string, () => void>> | undefined;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const [dialog, setDialog] = useState<Dialog>(null);
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const unmerge = useCommand(
    (reason: string) => dataOf(api.POST('/api/v1/incidents/{id}/unmerge', { params, body: { reason } })),
    t('decide.unmerged'),
  );
  const running = OPEN.includes(incident.state);
  const mergeable = running || incident.state === 'proposed';
  useEffect(() => {
    if (actions === undefined || !mergeable) return;
    actions.current['merge'] = () => setDialog('merge');
    return () => void delete actions.current['merge'];
  }, [actions, mergeable]);
  const close = () => setDialog(null);
  return (
    <Flex wrap gap={8} className="no-print" style={{ marginBlock: running ? 8 : '0 8px' }}>
      {running && (
        <Button size="small" onClick={() => setDialog('category')}>
          {t('decide.recategorise')}
        </Button>
      )}
      {running && (
        <Button size="small" onClick={() => setDialog('grade')}>
          {t('decide.regrade')}
        </Button>
      )}
      {mergeable && (
        <Button size={running ? 'small' : 'medium'} onClick={() => setDialog('merge')}>
          {t('decide.merge')}
        </Button>
      )}
      {running && incident.items.length > 1 && (
        <Button size="small" onClick={() => setDialog('split')}>
          {t('clocks.split')}
        </Button>
      )}
      {running && may('stamp.correct') && (
        <Button size="small" onClick={() => setDialog('stamp')}>
          {t('clocks.correct')}
        </Button>
      )}
      {incident.state === 'merged' && (
        <Button size="small" onClick={() => setDialog('unmerge')}>
          {t('decide.unmerge')}
        </Button>
      )}
      {(dialog === 'category' || dialog === 'grade') && (
        <ChangeDialog incident={incident} what={dialog} onClose={close} />
      )}
      {dialog === 'stamp' && <StampDialog incident={incident} onClose={close} />}
      {dialog === 'split' && <SplitDialog incident={incident} onClose={close} />}
      {dialog === 'merge' && <MergeDialog incident={incident} onClose={close} />}
      <ReasonDialog
        open={dialog === 'unmerge'}
        title={t('decide.unmerge')}
        action={t('decide.unmerge')}
        onCancel={close}
        onReason={(reason) => {
          close();
          unmerge.mutate(reason);
        }}
      />
    </Flex>
  );
}
