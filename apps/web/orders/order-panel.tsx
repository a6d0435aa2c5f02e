import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Card, Collapse, Flex, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useSession } from '../api/session';
import { ItemList } from '../incident/item-list';
import { StatementList } from '../incident/statement-list';
import { type IncidentDetail, useIncident } from '../incident/use-incident';
import { useLabel, ValueTag } from '../labels/labels';
import { useCommand } from '../shell/use-command';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import { FeedbackForm } from './feedback-form';
import { StatementForm } from './statement-form';
import { StatementSteps } from './statement-steps';

const TARGET = { minHeight: 48, fontSize: '1.05em' };
const RUNNING = new Set(['armed', 'dueSoon', 'overdue']);

/** One assignment on a phone: what, how grave, time left, who else knows, and the next step. */
export function OrderPanel({ incidentId, onBack }: { incidentId: string; onBack: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const query = useIncident(incidentId);
  if (query.data === undefined) return <Skeleton active className="page" />;
  const incident = query.data;
  const order = incident.assignments.find(
    (candidate) => candidate.endedAt === null && session.bodies.includes(candidate.bodyId),
  );
  return (
    <div className="page" style={{ maxWidth: 720 }}>
      <Button type="text" icon={<ArrowLeftOutlined />} onClick={onBack} style={TARGET}>
        {t('orders.title')}
      </Button>
      <Typography.Title level={3} style={{ marginTop: 4 }}>
        {incident.title}
      </Typography.Title>
      <Flex wrap gap={4} style={{ marginBottom: 12 }}>
        <ValueTag group="grade" value={incident.grade} />
        <ValueTag group="category" value={incident.category} />
        <ValueTag group="incidentState" value={incident.state} />
      </Flex>
      <Limits incident={incident} bodies={session.bodies} />
      {order !== undefined && <NextStep incident={incident} order={order} />}
      <Collapse
        style={{ marginTop: 16 }}
        items={[
          {
            key: 'items',
            label: `${t('incident.items')} ${incident.items.length}`,
            children: <ItemList incident={incident} />,
          },
          {
            key: 'statements',
            label: `${t('incident.statements')} ${incident.statements.length}`,
            children: <StatementList incident={incident} />,
          },
          { key: 'others', label: t('orders.others'), children: <Others incident={incident} /> },
        ]}
      />
    </div>
  );
}

function Limits({ incident, bodies }: { incident: IncidentDetail; bodies: string[] }) {
  const clocks = incident.clocks
    .filter(
      (clock) =>
        RUNNING.has(clock.state) &&
        (clock.bodyId === null || bodies.includes(clock.bodyId) || clock.scope === 'public'),
    )
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
  return (
    <Card size="small">
      <Flex vertical gap={8}>
        {clocks.map((clock) => (
          <Flex key={clock.id} justify="space-between" gap={8} align="baseline">
            <span>{clock.label}</span>
            <Countdown dueAt={clock.dueAt} startedAt={clock.startedAt} />
          </Flex>
        ))}
        {clocks.length === 0 && '—'}
      </Flex>
    </Card>
  );
}

function NextStep({ incident, order }: { incident: IncidentDetail; order: Schemas['Assignment'] }) {
  const { t } = useTranslation();
  const params = { path: { id: order.id }, header: ifMatch(order.version) } as const;
  const acknowledge = useCommand(() => dataOf(api.POST('/api/v1/assignments/{id}/acknowledge', { params, body: {} })));
  if (order.state === 'dispatched')
    return (
      <Button
        type="primary"
        block
        size="large"
        style={{ ...TARGET, marginTop: 16, height: 56 }}
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate(undefined as never)}
      >
        {t('orders.acknowledge')}
      </Button>
    );
  if (order.role === 'copy') return null;
  return (
    <Flex vertical gap={12} style={{ marginTop: 16 }}>
      {order.state === 'acknowledged' && <FeedbackForm order={order} kind="verify" />}
      {order.state === 'verified' && <FeedbackForm order={order} kind="report" />}
      {order.role === 'lead' &&
        incident.statements.map((statement) => <StatementSteps key={statement.id} statement={statement} />)}
      {order.role === 'lead' &&
        !incident.statements.some((statement) =>
          ['draft', 'submitted', 'reviewed', 'approved', 'rejected'].includes(statement.state),
        ) && <StatementForm incident={incident} bodyId={order.bodyId} />}
    </Flex>
  );
}

function Others({ incident }: { incident: IncidentDetail }) {
  const label = useLabel();
  const nameOf = useBodyName();
  return (
    <Flex vertical gap={8}>
      {incident.assignments.map((order) => (
        <span key={order.id}>
          {label('role', order.role)} <strong>{nameOf(order.bodyId)}</strong>{' '}
          <ValueTag group="assignmentState" value={order.state} /> <Instant at={order.dispatchedAt} />
        </span>
      ))}
    </Flex>
  );
}
