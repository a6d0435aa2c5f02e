import { ArrowLeftOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Collapse, Flex, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay, useSession } from '../api/session';
import { DisputePanel } from '../incident/dispute-panel';
import { type NamedFigure, useFiguresText } from '../incident/grade-ground';
import { ItemList } from '../incident/item-list';
import { StatementList } from '../incident/statement-list';
import { type IncidentDetail, useIncident } from '../incident/use-incident';
import { useLabel, ValueTag } from '../labels/labels';
import { CoursePanel } from '../response/course-panel';
import { Files } from '../response/files';
import { Colleagues } from '../presence/colleagues';
import { useBeAt } from '../presence/use-be-at';
import { FieldName } from '../shell/field-name';
import { useCommand, useProblemText } from '../shell/use-command';
import { useClockName } from '../time/clock-name';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import { EscalationAnswer } from './escalation-answer';
import { FeedbackForm } from './feedback-form';
import { ReturnForm } from './return-form';
import { StatementForm } from './statement-form';
import { StatementSteps } from './statement-steps';

const TARGET = { minHeight: 48, fontSize: '1.05em' };
const RUNNING = new Set(['armed', 'dueSoon', 'overdue']);
const UNPUBLISHED = ['draft', 'submitted', 'reviewed', 'approved', 'rejected'];

/** One assignment on a phone: what, how grave, time left, who else knows, and the next step. */
export function OrderPanel({ incidentId, onBack }: { incidentId: string; onBack: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const problemText = useProblemText();
  const figuresText = useFiguresText();
  const may = useMay();
  const query = useIncident(incidentId);
  useBeAt(incidentId, 'viewing');
  if (query.isError)
    return (
      <Alert
        className="page"
        type="error"
        showIcon
        title={problemText(query.error)}
        action={<Button onClick={onBack}>{t('orders.title')}</Button>}
      />
    );
  if (query.data === undefined) return <Skeleton active className="page" />;
  const incident = query.data;
  const figures = (incident.gradeDetails.figures ?? []) as NamedFigure[];
  const order = incident.assignments.find(
    (candidate) => candidate.endedAt === null && session.bodies.includes(candidate.bodyId),
  );
  // A body returns a case once, also when it has got it again.
  const returned = incident.assignments.some(
    ({ bodyId, returnRequest }) => bodyId === order?.bodyId && returnRequest !== null,
  );
  const mayReturn = ({ state, role }: Schemas['Assignment']) =>
    may('assignment.return') && !returned && role !== 'copy' && (state === 'dispatched' || state === 'acknowledged');
  const toAnswer = incident.escalations.filter(
    (step) =>
      step.state === 'issued' && step.answeredAt === null && session.bodies.includes(step.addresseeBodyId ?? ''),
  );
  return (
    <div className="page touch" style={{ maxWidth: 720 }}>
      <Button type="text" icon={<ArrowLeftOutlined />} onClick={onBack} style={{ ...TARGET, paddingInline: 8 }}>
        {t('orders.title')}
      </Button>
      <Typography.Title level={2} style={{ fontSize: '1.4em', marginTop: 4, marginBottom: 8 }}>
        {incident.title}
      </Typography.Title>
      <Flex wrap gap={4} align="center" style={{ marginBottom: 8 }}>
        <ValueTag group="category" value={incident.category} />
        {incident.grade !== 'none' && <ValueTag group="grade" value={incident.grade} />}
        {order !== undefined && <ValueTag group="assignmentState" value={order.state} />}
        <Typography.Text type="secondary">{incident.number}</Typography.Text>
      </Flex>
      <div style={{ marginBottom: 8 }}>
        <Colleagues incidentId={incidentId} />
      </div>
      {figures.length > 0 && <p style={{ margin: '0 0 8px' }}>{figuresText(figures)}</p>}
      {order !== undefined && order.task !== '' && (
        <p style={{ margin: '0 0 8px' }}>
          <FieldName>{t('orders.task')}</FieldName>
          {order.task}
        </p>
      )}
      <Limits incident={incident} bodies={session.bodies} />
      {toAnswer.map((step) => (
        <EscalationAnswer key={step.id} step={step} />
      ))}
      {order !== undefined && <NextStep incident={incident} order={order} />}
      {order?.state === 'returnRequested' && (
        <Alert type="info" showIcon title={t('giveBack.waiting')} style={{ marginTop: 12 }} />
      )}
      {order !== undefined && mayReturn(order) && <ReturnForm order={order} />}
      <DisputePanel incident={incident} />
      <Collapse
        style={{ marginTop: 16 }}
        defaultActiveKey={order?.state === 'dispatched' ? ['items'] : []}
        items={[
          {
            key: 'items',
            label: `${t('incident.items')} ${incident.items.length}`,
            children: <ItemList incident={incident} />,
          },
          { key: 'others', label: t('orderWords.others'), children: <Others incident={incident} /> },
          { key: 'course', label: t('course.tab'), children: <CoursePanel incident={incident} /> },
          { key: 'files', label: t('proof.files'), children: <Files incident={incident} /> },
          {
            key: 'statements',
            label: `${t('incident.statements')} ${incident.statements.length}`,
            children: <StatementList incident={incident} />,
          },
        ]}
      />
    </div>
  );
}

/** The limits that run against this body, the next one large. */
function Limits({ incident, bodies }: { incident: IncidentDetail; bodies: string[] }) {
  const { t } = useTranslation();
  const clockName = useClockName();
  const clocks = incident.clocks
    .filter((clock) => RUNNING.has(clock.state) && (clock.bodyId === null || bodies.includes(clock.bodyId)))
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
  return (
    <Card size="small">
      {clocks.length === 0 && <Typography.Text type="secondary">{t('orderWords.noLimits')}</Typography.Text>}
      <ul className="rows">
        {clocks.map((clock, index) => (
          <li
            key={clock.id}
            style={{ display: 'flex', justifyContent: 'space-between', gap: 12, alignItems: 'baseline' }}
          >
            <span style={{ minWidth: 0 }}>{clockName(clock)}</span>
            <Countdown dueAt={clock.dueAt} startedAt={clock.startedAt} large={index === 0} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function NextStep({ incident, order }: { incident: IncidentDetail; order: Schemas['Assignment'] }) {
  const { t } = useTranslation();
  const may = useMay();
  const params = { path: { id: order.id }, header: ifMatch(order.version) } as const;
  const acknowledge = useCommand(
    () => dataOf(api.POST('/api/v1/assignments/{id}/acknowledge', { params, body: {} })),
    t('orderWords.acknowledged'),
  );
  if (order.state === 'dispatched' && may('assignment.acknowledge'))
    return (
      <Button
        type="primary"
        block
        size="large"
        style={{ ...TARGET, marginTop: 12, height: 56 }}
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate(undefined as never)}
      >
        {t('orders.acknowledge')}
      </Button>
    );
  if (order.role === 'copy') return null;
  const drafting = incident.statements.some((statement) => UNPUBLISHED.includes(statement.state));
  return (
    <Flex vertical gap={12} style={{ marginTop: 12 }}>
      {order.role === 'lead' &&
        incident.statements.map((statement) => (
          <StatementSteps
            key={statement.id}
            statement={statement}
            evidence={incident.evidence.filter(({ statementId }) => statementId === statement.id)}
          />
        ))}
      {order.state === 'acknowledged' && may('assignment.verify') && <FeedbackForm order={order} kind="verify" />}
      {order.state === 'verified' && may('assignment.report') && <FeedbackForm order={order} kind="report" />}
      {order.role === 'lead' && !drafting && may('statement.draft') && (
        <StatementForm incident={incident} bodyId={order.bodyId} />
      )}
    </Flex>
  );
}

function Others({ incident }: { incident: IncidentDetail }) {
  const label = useLabel();
  const nameOf = useBodyName();
  return (
    <ul className="rows">
      {incident.assignments.map((order) => (
        <li key={order.id}>
          {label('role', order.role)} <strong>{nameOf(order.bodyId)}</strong>{' '}
          <ValueTag group="assignmentState" value={order.state} />{' '}
          <Instant at={order.acknowledgedAt ?? order.dispatchedAt} />
        </li>
      ))}
    </ul>
  );
}
