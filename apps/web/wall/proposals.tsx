import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Modal, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { ReasonDialog } from '../inbox/reason-dialog';
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
    <Card size="small" title={`${t('wall.proposals')} · ${proposals.length}`} style={{ marginTop: 12 }}>
      <ul className="rows">
        {proposals.map((proposal) => (
          <ProposalRow key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </Card>
  );
}

function ProposalRow({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const label = useLabel();
  const nameOf = useBodyName();
  const may = useMay();
  const [asking, setAsking] = useState<'issue' | 'dismiss' | null>(null);
  const close = () => setAsking(null);
  const params = { path: { id: proposal.id }, header: ifMatch(proposal.version) } as const;
  const issue = useCommand(
    () => dataOf(api.POST('/api/v1/escalations/{id}/issue', { params, body: {} })),
    t('wall.issued'),
  );
  const withdraw = useCommand(
    (reason: string) => dataOf(api.POST('/api/v1/escalations/{id}/withdraw', { params, body: { reason } })),
    t('wall.dismissed'),
  );
  const permission =
    proposal.step === 'accountabilityReferral'
      ? 'escalation.refer'
      : proposal.step === 'reminder'
        ? 'escalation.remind'
        : 'escalation.supervise';
  return (
    <li>
      <Flex wrap gap={8} align="center">
        <strong>{label('step', proposal.step)}</strong>
        <span style={{ flex: '1 1 260px', minWidth: 0 }}>
          <Link to={`/incidents/${proposal.incidentId}`}>{proposal.incidentTitle}</Link>
          <Typography.Text type="secondary">
            {' '}
            · {nameOf(proposal.addresseeBodyId)} · <Instant at={proposal.at} />
          </Typography.Text>
        </span>
        {may(permission) && (
          <Flex gap={8}>
            <Button type="primary" loading={issue.isPending} onClick={() => setAsking('issue')}>
              {t('wall.issueStep', { step: label('step', proposal.step) })}
            </Button>
            <Button loading={withdraw.isPending} onClick={() => setAsking('dismiss')}>
              {t('wall.withdraw')}
            </Button>
          </Flex>
        )}
      </Flex>
      <Modal
        open={asking === 'issue'}
        title={t('wall.issueStep', { step: label('step', proposal.step) })}
        okText={t('wall.issueStep', { step: label('step', proposal.step) })}
        onCancel={close}
        onOk={() => {
          close();
          issue.mutate(undefined as never);
        }}
      >
        {t('wall.issueAsk', { body: nameOf(proposal.addresseeBodyId), title: proposal.incidentTitle })}
      </Modal>
      <ReasonDialog
        open={asking === 'dismiss'}
        title={t('wall.dismissReason')}
        action={t('wall.withdraw')}
        onCancel={close}
        onReason={(reason) => {
          close();
          withdraw.mutate(reason);
        }}
      />
    </li>
  );
}
