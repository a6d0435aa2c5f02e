import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { ReasonDialog } from '../inbox/reason-dialog';
import { useCommand } from '../shell/use-command';
import type { IncidentDetail } from './use-incident';

/** For a second wave whose claim is the old one: the struck-off incident is taken up again, and this one goes into it. */
export function RejoinButton({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const rejoin = useCommand(
    (reason: string) => dataOf(api.POST('/api/v1/incidents/{id}/rejoin', { params, body: { reason } })),
    t('triage.relations.rejoined'),
  );
  return (
    <>
      <Button size="small" loading={rejoin.isPending} onClick={() => setAsking(true)}>
        {t('triage.relations.rejoin')}
      </Button>
      <ReasonDialog
        open={asking}
        title={t('triage.relations.rejoinReason')}
        action={t('triage.relations.rejoin')}
        onCancel={() => setAsking(false)}
        onReason={(reason) => {
          rejoin.mutate(reason);
          setAsking(false);
        }}
      />
    </>
  );
}
