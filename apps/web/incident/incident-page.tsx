import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useMay } from '../api/session';
import { DecisionBar } from '../inbox/decision-bar';
import { useShortcuts } from '../inbox/use-shortcuts';
import { IncidentPanel } from './incident-panel';
import { useIncident } from './use-incident';

export function IncidentPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { id = '' } = useParams();
  const incident = useIncident(id);
  const actions = useRef<Record<string, () => void>>({});
  const back = () => void navigate(-1);
  useShortcuts({
    Escape: back,
    c: () => actions.current.confirm?.(),
    e: () => actions.current.reject?.(),
    h: () => actions.current.snooze?.(),
  });
  return (
    <div className="page" style={{ maxWidth: 1100 }}>
      <Button type="text" icon={<ArrowLeftOutlined />} onClick={back} style={{ minHeight: 44 }} className="no-print">
        {t('inbox.shortcuts.back')}
      </Button>
      {may('incident.decide') && incident.data !== undefined && (
        <DecisionBar incident={incident.data} actions={actions} onDecided={() => undefined} />
      )}
      <IncidentPanel id={id} />
    </div>
  );
}
