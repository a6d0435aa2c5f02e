import { useQuery } from '@tanstack/react-query';
import { Card, Col, Empty, Flex, Row, Statistic, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { useAppearance } from '../theme/appearance';
import { Countdown } from '../time/countdown';
import { clockTime } from '../time/format';
import { useServerClock } from '../time/server-clock';
import { Proposals } from './proposals';
import { Punctuality } from './punctuality';

type Clock = Schemas['Clock'];
const HOUR_MS = 3_600_000;

/** What is overdue, what is about to be, and what the supervising side must decide. */
export function WallPage() {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const { now } = useServerClock();
  const overdue = useClocks('overdue');
  const running = useClocks('armed,dueSoon');
  const counts = useQuery({ queryKey: ['live', 'counts'], queryFn: () => dataOf(api.GET('/api/v1/incidents/counts')) });
  const late = (overdue.data?.items ?? []).filter((clock) => clock.force === 'limit');
  const soon = (running.data?.items ?? []).filter((clock) => Date.parse(clock.dueAt) - now <= HOUR_MS);
  const open = (counts.data?.items ?? [])
    .filter((item) => ['confirmed', 'assigned', 'responded', 'rectified', 'accepted'].includes(item.state))
    .reduce((sum, item) => sum + item.n, 0);
  return (
    <div className="page">
      <Row gutter={[12, 12]}>
        <Col xs={8}>
          <Card size="small">
            <Statistic
              title={t('wall.overdue')}
              value={late.length}
              styles={{ content: { color: late.length > 0 ? states.red : states.green, fontSize: 32 } }}
            />
          </Card>
        </Col>
        <Col xs={8}>
          <Card size="small">
            <Statistic
              title={t('wall.dueSoon')}
              value={soon.length}
              styles={{ content: { color: soon.length > 0 ? states.orange : states.green, fontSize: 32 } }}
            />
          </Card>
        </Col>
        <Col xs={8}>
          <Card size="small">
            <Statistic title={t('wall.open')} value={open} styles={{ content: { fontSize: 32 } }} />
          </Card>
        </Col>
      </Row>
      <Proposals />
      <Row gutter={[12, 12]} style={{ marginTop: 12 }}>
        <Col xs={24} lg={12}>
          <ClockCard title={t('wall.list')} empty={t('wall.nothingOverdue')} clocks={late} />
        </Col>
        <Col xs={24} lg={12}>
          <ClockCard title={t('wall.next')} empty={t('wall.nothingNext')} clocks={soon} />
        </Col>
      </Row>
      <Punctuality />
      <Typography.Paragraph type="secondary" style={{ marginTop: 12 }}>
        {t('dataAsOf', { time: clockTime(overdue.dataUpdatedAt) })}
      </Typography.Paragraph>
    </div>
  );
}

const useClocks = (state: string) =>
  useQuery({
    queryKey: ['live', 'clocks', state],
    queryFn: () => dataOf(api.GET('/api/v1/clocks', { params: { query: { limit: 200, state } as never } })),
  });

function ClockCard({ title, empty, clocks }: { title: string; empty: string; clocks: Clock[] }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  return (
    <Card
      size="small"
      title={
        <Flex justify="space-between">
          <span>{title}</span>
          <span className="digits">{clocks.length}</span>
        </Flex>
      }
    >
      <Table<Clock>
        size="small"
        rowKey="id"
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        dataSource={clocks}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
        columns={[
          {
            key: 'due',
            title: t('inbox.columns.due'),
            render: (_, clock) => <Countdown dueAt={clock.dueAt} startedAt={clock.startedAt} />,
          },
          {
            key: 'incident',
            title: t('inbox.columns.incident'),
            render: (_, clock) => <Link to={`/incidents/${clock.incidentId}`}>{clock.incidentTitle}</Link>,
          },
          { key: 'label', title: t('incident.clocks'), render: (_, clock) => clock.label },
          { key: 'body', title: t('inbox.columns.body'), render: (_, clock) => nameOf(clock.bodyId) },
          {
            key: 'state',
            title: t('inbox.columns.state'),
            render: (_, clock) => <ValueTag group="clockState" value={clock.state} />,
          },
        ]}
      />
    </Card>
  );
}
