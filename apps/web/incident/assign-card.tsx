import { Button, Card, Flex, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { useBodies } from '../api/reference';
import { addresseesOf } from '../inbox/decide';
import { useCommand } from '../shell/use-command';
import type { IncidentDetail } from './use-incident';

const NO_PROPOSAL = { copyBodyIds: [] as string[] };

/** The proposed body with its reason; one action hands the case over, as proposed or as changed. */
export function AssignCard({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const bodies = useBodies();
  const proposal = incident.proposal;
  const running = incident.assignments.some((order) => order.endedAt === null);
  const [moving, setMoving] = useState(false);
  const [lead, setLead] = useState<string | null>(null);
  const [co, setCo] = useState<string[] | null>(null);
  const [reason, setReason] = useState('');
  const leadId = lead ?? (running ? null : (proposal?.leadBodyId ?? null));
  const coIds = (co ?? (running ? [] : (proposal?.coBodyIds ?? []))).filter((id) => id !== leadId);
  const asProposed = !running && lead === null && co === null && leadId !== null;
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const assign = useCommand(
    () => {
      const addressees = addresseesOf({ ...(proposal ?? NO_PROPOSAL) } as never, leadId!, coIds);
      return running
        ? dataOf(api.POST('/api/v1/incidents/{id}/transfer', { params, body: { addressees, reason } }))
        : dataOf(
            api.POST('/api/v1/incidents/{id}/assign', {
              params,
              body: { addressees, ...(proposal === null ? {} : { rule: proposal.rule }) },
            }),
          );
    },
    t(running ? 'decide.transferred' : 'decide.assigned'),
  );
  if (running && !moving)
    return (
      <Button size="small" className="no-print" onClick={() => setMoving(true)} style={{ marginTop: 8 }}>
        {t('decide.transfer')}
      </Button>
    );
  const options = (bodies.data ?? []).map((body) => ({ value: body.id, label: body.name }));
  const sentence =
    proposal === null || proposal.leadBodyId === null
      ? t('incident.noProposal')
      : `${String(proposal.proposal.sentence ?? '')}（${t('incident.rule', { rule: proposal.rule })}）`;
  return (
    <Card
      size="small"
      className="no-print"
      title={t(running ? 'decide.transfer' : 'incident.assignTo')}
      style={{ marginBlock: 12 }}
    >
      {!running && (
        <Typography.Paragraph type="secondary" style={{ marginBottom: 8 }}>
          {sentence}
        </Typography.Paragraph>
      )}
      <Flex wrap gap={8}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          style={{ minWidth: 200, flex: 1 }}
          value={leadId}
          onChange={setLead}
          options={options}
          placeholder={t('incident.lead')}
          aria-label={t('incident.lead')}
        />
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ minWidth: 200, flex: 2 }}
          value={coIds}
          onChange={setCo}
          options={options}
          placeholder={t('incident.co')}
          aria-label={t('incident.co')}
        />
        {running && (
          <Input
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            placeholder={t('reason')}
            aria-label={t('reason')}
            maxLength={1_000}
            style={{ flex: '1 1 100%' }}
          />
        )}
        <Button
          type="primary"
          disabled={leadId === null || (running && reason.trim() === '')}
          loading={assign.isPending}
          onClick={() => assign.mutate(undefined as never, { onSuccess: () => setMoving(false) })}
        >
          {t(running ? 'decide.transfer' : asProposed ? 'decide.assignAsProposed' : 'incident.assign')}
        </Button>
      </Flex>
    </Card>
  );
}
