import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { useLabel } from '../labels/labels';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';

type Proposal = Schemas['Escalation'] & { incidentNumber: string; incidentTitle: string };

/** Steps of the ladder that the system proposes and only a person decides. */
export function Proposals() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['live', 'proposals'],
    queryFn: () =>
      dataOf(api.GET('/api/v1/escalations', { params: { query: { limit: 50, state: 'proposed' } as never } })),
  });
  const proposals = (query.data?.items ?? []) as Proposal[];
  if (proposals.length === 0) return null;
  return (
    <Card size="small" title={t('wall.proposals')} style={{ marginTop: 12 }}>
      <Flex vertical gap={8}>
        {proposals.map((proposal) => (
          <ProposalRow key={proposal.id} proposal={proposal} />
        ))}
      </Flex>
    </Card>
  );
}

function ProposalRow({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const label = useLabel();
  const nameOf = useBodyName();
  const may = useMay();
  const params = { path: { id: proposal.id }, header: ifMatch(proposal.version) } as const;
  const issue = useCommand(() => dataOf(api.POST('/api/v1/escalations/{id}/issue', { params, body: {} })));
  const withdraw = useCommand(() =>
    dataOf(api.POST('/api/v1/escalations/{id}/withdraw', { params, body: { reason: t('wall.withdraw') } })),
  );
  return (
    <Flex wrap gap={8} align="center">
      <strong>{label('step', proposal.step)}</strong>
      <Link to={`/incidents/${proposal.incidentId}`}>{proposal.incidentTitle}</Link>
      <Typography.Text type="secondary">
        {nameOf(proposal.addresseeBodyId)} · <Instant at={proposal.at} />
      </Typography.Text>
      {may('escalation.supervise') && (
        <Flex gap={8} style={{ marginInlineStart: 'auto' }}>
          <Button
            type="primary"
            size="small"
            loading={issue.isPending}
            onClick={() => issue.mutate(undefined as never)}
          >
            {t('wall.issue')}
          </Button>
          <Button size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate(undefined as never)}>
            {t('wall.withdraw')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
