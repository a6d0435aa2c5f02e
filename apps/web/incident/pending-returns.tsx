import { Button, Card, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useCommand } from '../shell/use-command';
import { useDispute } from './dispute-panel';
import type { IncidentDetail } from './use-incident';

type Order = Schemas['Assignment'];

/** Returns that wait for a judgement, each with its ground; one action accepts or refuses it. In a dispute the lead decision settles them. */
export function PendingReturns({ incident }: { incident: IncidentDetail }) {
  if (useDispute(incident)?.open === true) return null;
  return incident.assignments
    .filter((order) => order.state === 'returnRequested')
    .map((order) => <PendingReturn key={order.id} order={order} />);
}

function PendingReturn({ order }: { order: Order }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const [reason, setReason] = useState('');
  const asked = (order.returnRequest ?? {}) as Partial<Record<'code' | 'legalBasis' | 'proposedBody' | 'note', string>>;
  const params = { path: { id: order.id }, header: ifMatch(order.version) } as const;
  const decide = useCommand((decision: 'accept' | 'refuse') =>
    dataOf(api.POST('/api/v1/assignments/{id}/return/decide', { params, body: { decision, reason: reason.trim() } })),
  );
  return (
    <Card
      size="small"
      className="no-print"
      title={t('giveBack.pending', { body: nameOf(order.bodyId) })}
      style={{ marginBlock: 12 }}
    >
      <Typography.Paragraph style={{ marginBottom: 8 }}>
        <strong>{asked.code === undefined ? '' : t(`giveBack.codes.${asked.code as 'R1'}`)}</strong>
        {asked.proposedBody != null && `；${t('giveBack.proposes', { body: nameOf(asked.proposedBody) })}`}
        {asked.legalBasis != null && (
          <>
            <br />
            {asked.legalBasis}
          </>
        )}
        {asked.note != null && (
          <>
            <br />
            {asked.note}
          </>
        )}
      </Typography.Paragraph>
      <Flex wrap gap={8}>
        <Input
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={t('giveBack.reason')}
          aria-label={t('giveBack.reason')}
          maxLength={1_000}
          style={{ flex: '1 1 240px' }}
        />
        {(['accept', 'refuse'] as const).map((decision) => (
          <Button
            key={decision}
            type={decision === 'accept' ? 'primary' : 'default'}
            disabled={reason.trim() === ''}
            loading={decide.isPending && decide.variables === decision}
            onClick={() => decide.mutate(decision)}
          >
            {t(`giveBack.${decision}`)}
          </Button>
        ))}
      </Flex>
    </Card>
  );
}
