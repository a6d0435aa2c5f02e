import { Button, Flex, Tooltip } from 'antd';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { useServerClock } from '../time/server-clock';
import { ReasonDialog } from './reason-dialog';
import type { Decision } from './decide';
import type { IncidentRow } from './use-inbox';
import { lazily } from '../shell/lazily';

const CorrectDialog = lazily(async () => (await import('./correct-dialog')).CorrectDialog);

interface DecisionBarProps {
  incident: IncidentRow;
  /** Filled with the actions that the keyboard may call. */
  actions: RefObject<Record<string, () => void>>;
  onDecide: (decision: Decision) => void;
}

const HOUR_MS = 3_600_000;

/** The decisions on a proposal: confirm, not ours, elsewhere, later. Each has its key. */
export function DecisionBar({ incident, actions, onDecide }: DecisionBarProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { now } = useServerClock();
  const [rejecting, setRejecting] = useState<'rejected' | 'outOfArea' | null>(null);
  const [correcting, setCorrecting] = useState(false);
  const open = incident.state === 'proposed';
  const snooze = () => onDecide({ kind: 'snooze', until: new Date(now + HOUR_MS).toISOString() });
  const confirm = () => onDecide({ kind: 'confirm' });
  const confirmAndAssign = () => onDecide({ kind: 'confirmAndAssign' });
  useEffect(() => {
    actions.current = open
      ? {
          confirm,
          reject: () => setRejecting('rejected'),
          snooze,
          ...(may('incident.assign') ? { assign: confirmAndAssign } : {}),
        }
      : {};
    return () => {
      actions.current = {};
    };
  });
  if (!open) return null;
  return (
    <Flex wrap gap={8} className="decision-bar no-print" role="toolbar" aria-label={t('decide.bar')}>
      {may('incident.assign') && (
        <Tooltip title="a">
          <Button type="primary" onClick={confirmAndAssign}>
            {t('decide.confirmAssign')}
          </Button>
        </Tooltip>
      )}
      <Tooltip title="c">
        <Button onClick={confirm}>{t('inbox.confirm')}</Button>
      </Tooltip>
      <Button onClick={() => setCorrecting(true)}>{t('decide.correct')}</Button>
      <Tooltip title="e">
        <Button onClick={() => setRejecting('rejected')}>{t('inbox.reject')}</Button>
      </Tooltip>
      <Button onClick={() => setRejecting('outOfArea')}>{t('inbox.outOfArea')}</Button>
      <Tooltip title={`h · ${t('inbox.snoozeOneHour')}`}>
        <Button onClick={snooze}>{t('inbox.snooze')}</Button>
      </Tooltip>
      <ReasonDialog
        open={rejecting !== null}
        title={t('inbox.rejectReason')}
        action={t(rejecting === 'outOfArea' ? 'inbox.outOfArea' : 'inbox.reject')}
        onCancel={() => setRejecting(null)}
        onReason={(reason) => {
          setRejecting(null);
          onDecide({ kind: 'reject', outOfArea: rejecting === 'outOfArea', reason });
        }}
      />
      {correcting && (
        <CorrectDialog
          incident={incident}
          onCancel={() => setCorrecting(false)}
          onCorrect={(correction) => {
            setCorrecting(false);
            onDecide({ kind: 'confirm', correction });
          }}
        />
      )}
    </Flex>
  );
}
