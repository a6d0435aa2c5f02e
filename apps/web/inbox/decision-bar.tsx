import { Button } from 'antd';
import { memo, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { lazily } from '../shell/lazily';
import { useSteady } from '../shell/use-steady';
import { useServerNow } from '../time/server-clock';
import type { Decision } from './decide';
import type { IncidentRow } from './use-inbox';

const CorrectDialog = lazily(async () => (await import('./correct-dialog')).CorrectDialog);
const ReasonDialog = lazily(async () => (await import('./reason-dialog')).ReasonDialog);

interface DecisionBarProps {
  incident: IncidentRow;
  /** Filled with the actions that the keyboard may call. */
  actions: RefObject<Record<string, () => void>>;
  onDecide: (decision: Decision) => void;
}

type Dialog = 'rejected' | 'outOfArea' | 'correct';
const HOUR_MS = 3_600_000;

/** The decisions on a proposal: confirm, not ours, elsewhere, later. Each has its key. */
export function DecisionBar({ incident, actions, onDecide }: DecisionBarProps) {
  const { t } = useTranslation();
  const mayAssign = useMay()('incident.assign');
  const now = useServerNow();
  // A dialog belongs to the incident that it was opened for, and goes when another one is chosen.
  const [asked, setAsked] = useState<{ id: string; what: Dialog } | null>(null);
  const dialog = asked?.id === incident.id ? asked.what : null;
  const open = incident.state === 'proposed';
  const ask = useSteady((what: Dialog) => setAsked({ id: incident.id, what }));
  const decide = useSteady((decision: 'confirm' | 'confirmAndAssign' | 'snooze') =>
    onDecide(
      decision === 'snooze' ? { kind: 'snooze', until: new Date(now() + HOUR_MS).toISOString() } : { kind: decision },
    ),
  );
  useEffect(() => {
    if (!open) return;
    const offered: Record<string, () => void> = {
      confirm: () => decide('confirm'),
      reject: () => ask('rejected'),
      snooze: () => decide('snooze'),
      ...(mayAssign ? { assign: () => decide('confirmAndAssign') } : {}),
    };
    Object.assign(actions.current, offered);
    return () => Object.keys(offered).forEach((name) => void delete actions.current[name]);
  }, [open, mayAssign, actions, ask, decide]);
  if (!open) return null;
  const close = () => setAsked(null);
  return (
    <>
      <Decisions mayAssign={mayAssign} onAsk={ask} onDecide={decide} />
      {(dialog === 'rejected' || dialog === 'outOfArea') && (
        <ReasonDialog
          open
          title={t('inbox.rejectReason')}
          action={t(dialog === 'outOfArea' ? 'inbox.outOfArea' : 'inbox.reject')}
          onCancel={close}
          onReason={(reason) => {
            close();
            onDecide({ kind: 'reject', outOfArea: dialog === 'outOfArea', reason });
          }}
        />
      )}
      {dialog === 'correct' && (
        <CorrectDialog
          incident={incident}
          onCancel={close}
          onCorrect={(correction) => {
            close();
            onDecide({ kind: 'confirm', correction });
          }}
        />
      )}
    </>
  );
}

interface DecisionsProps {
  mayAssign: boolean;
  onAsk: (what: Dialog) => void;
  onDecide: (decision: 'confirm' | 'confirmAndAssign' | 'snooze') => void;
}

/** The buttons are those of every proposal: going on to the next one draws none of them. */
const Decisions = memo(function Decisions({ mayAssign, onAsk, onDecide }: DecisionsProps) {
  const { t } = useTranslation();
  return (
    <div className="decision-bar no-print" role="toolbar" aria-label={t('decide.bar')}>
      {mayAssign && (
        <Button type="primary" title="a" onClick={() => onDecide('confirmAndAssign')}>
          {t('decide.confirmAssign')}
        </Button>
      )}
      <Button title="c" onClick={() => onDecide('confirm')}>
        {t('inbox.confirm')}
      </Button>
      <Button onClick={() => onAsk('correct')}>{t('decide.correct')}</Button>
      <Button title="e" onClick={() => onAsk('rejected')}>
        {t('inbox.reject')}
      </Button>
      <Button onClick={() => onAsk('outOfArea')}>{t('inbox.outOfArea')}</Button>
      <Button title={`h · ${t('inbox.snoozeOneHour')}`} onClick={() => onDecide('snooze')}>
        {t('inbox.snooze')}
      </Button>
    </div>
  );
});
