import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useMay } from '../api/session';
import { DecisionBar } from '../inbox/decision-bar';
import { neighbourOf } from '../inbox/neighbours';
import { useDecide } from '../inbox/use-decisions';
import { useShortcuts } from '../inbox/use-shortcuts';
import { IncidentActions } from './incident-actions';
import { IncidentPanel } from './incident-panel';
import { useAsOf } from './use-as-of';
import { useIncident } from './use-incident';
import { lazily } from '../shell/lazily';

const ConflictDialog = lazily(async () => (await import('../inbox/conflict-dialog')).ConflictDialog);

export function IncidentPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayDecide = useMay()('incident.decide');
  const { id = '' } = useParams();
  const incident = useIncident(id);
  const [asOf] = useAsOf();
  // The past is looked at, not changed.
  const mayChange = mayDecide && asOf === null;
  const actions = useRef<Record<string, () => void>>({});
  const stay = () => undefined;
  const decide = useDecide({ put: stay, back: stay });
  const go = (by: 1 | -1) => {
    const next = neighbourOf(id, by);
    // In place of this one, so that "back" still leads to the list.
    if (next !== undefined) void navigate(`/incidents/${next}`, { replace: true });
  };
  // Opened from a link, there is no page of ours to go back to.
  const back = () => void (window.history.length > 1 ? navigate(-1) : navigate('/'));
  useShortcuts({
    Escape: back,
    '[': () => go(-1),
    ']': () => go(1),
    a: () => actions.current.assign?.(),
    c: () => actions.current.confirm?.(),
    e: () => actions.current.reject?.(),
    h: () => actions.current.snooze?.(),
    m: () => actions.current.merge?.(),
  });
  return (
    <div className="page" style={{ maxWidth: 1100 }}>
      <Flex wrap justify="space-between" align="center" gap={8} className="no-print">
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={back} style={{ minHeight: 44, paddingInline: 8 }}>
          {t('inbox.shortcuts.back')}
        </Button>
        {neighbourOf(id, -1) !== undefined && (
          <Button onClick={() => go(-1)} title="[">
            {t('palette.previous')}
          </Button>
        )}
        {neighbourOf(id, 1) !== undefined && (
          <Button onClick={() => go(1)} title="]">
            {t('palette.next')}
          </Button>
        )}
        <span style={{ flex: 1 }} />
        {mayChange && incident.data !== undefined && <IncidentActions incident={incident.data} actions={actions} />}
      </Flex>
      <div className="sheet">
        {mayChange && incident.data !== undefined && (
          <DecisionBar
            incident={incident.data}
            actions={actions}
            onDecide={(decision) => decide.mutate({ incident: incident.data, decision })}
          />
        )}
        <IncidentPanel id={id} />
      </div>
      {decide.conflict !== null && (
        <ConflictDialog
          conflict={decide.conflict}
          onDrop={decide.endConflict}
          onRetry={(newer, decision) => {
            decide.endConflict();
            decide.mutate({ incident: newer, decision });
          }}
        />
      )}
    </div>
  );
}
