import { Button, Card, Flex, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { useBodies, useBodyName } from '../api/reference';
import { useCommand } from '../shell/use-command';
import type { IncidentDetail } from './use-incident';

/** The proposed body with its reason; one action hands the case over, as proposed or as changed. */
export function AssignCard({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const bodies = useBodies();
  const nameOf = useBodyName();
  const proposal = incident.proposal;
  const [lead, setLead] = useState<string | null>(null);
  const [co, setCo] = useState<string[] | null>(null);
  const leadId = lead ?? proposal?.leadBodyId ?? null;
  const coIds = (co ?? proposal?.coBodyIds ?? []).filter((id) => id !== leadId);
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const assign = useCommand(() => {
    const addressees = [
      { bodyId: leadId!, role: 'lead' as const },
      ...coIds.map((bodyId) => ({ bodyId, role: 'co' as const })),
      ...(proposal?.copyBodyIds ?? [])
        .filter((id) => id !== leadId && !coIds.includes(id))
        .map((bodyId) => ({ bodyId, role: 'copy' as const })),
    ];
    return dataOf(
      api.POST('/api/v1/incidents/{id}/assign', {
        params,
        body: { addressees, ...(proposal === null ? {} : { rule: proposal.rule }) },
      }),
    );
  });
  if (incident.assignments.some((order) => order.endedAt === null)) return null;
  const options = (bodies.data ?? []).map((body) => ({ value: body.id, label: body.name }));
  return (
    <Card size="small" title={t('incident.assignTo')} style={{ marginBlock: 12 }}>
      <Typography.Paragraph type="secondary">
        {proposal === null || proposal.leadBodyId === null
          ? t('incident.noProposal')
          : `${String(proposal.proposal.sentence ?? nameOf(proposal.leadBodyId))}（${t('incident.rule', { rule: proposal.rule })}）`}
      </Typography.Paragraph>
      <Flex wrap gap={8}>
        <Select
          showSearch
          optionFilterProp="label"
          style={{ minWidth: 220, flex: 1 }}
          value={leadId}
          onChange={setLead}
          options={options}
          placeholder={t('incident.lead')}
          aria-label={t('incident.lead')}
        />
        <Select
          mode="multiple"
          showSearch
          optionFilterProp="label"
          style={{ minWidth: 220, flex: 2 }}
          value={coIds}
          onChange={setCo}
          options={options}
          placeholder={t('incident.co')}
          aria-label={t('incident.co')}
          maxTagCount="responsive"
        />
        <Button
          type="primary"
          disabled={leadId === null}
          loading={assign.isPending}
          onClick={() => assign.mutate(undefined as never)}
        >
          {t('incident.assign')}
        </Button>
      </Flex>
    </Card>
  );
}
