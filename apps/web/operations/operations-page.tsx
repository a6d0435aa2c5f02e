import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Col, Flex, Row, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useProblemText } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import { Coded } from '../shell/coded';
import { DeadLetters } from './dead-letters';

/** Whether the installation is well: processes, queues, what waits, what was given up. */
export function OperationsPage() {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const problemText = useProblemText();
  const health = useQuery({
    queryKey: ['live', 'operations'],
    queryFn: () => dataOf(api.GET('/api/v1/operations')),
    refetchInterval: 10_000,
  });
  const data = health.data;
  return (
    <div className="page">
      <Typography.Title level={1} style={{ fontSize: '1.3em' }}>
        {t('operations.title')}
      </Typography.Title>
      {health.isError && <Alert type="error" showIcon title={problemText(health.error)} />}
      {data !== undefined && !data.watched && <Alert type="error" showIcon title={t('unwatched')} />}
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={8}>
          <Card size="small" title={t('operations.processes')}>
            <Table
              size="small"
              rowKey="process"
              pagination={false}
              loading={health.isPending}
              dataSource={data?.processes ?? []}
              columns={[
                {
                  key: 'process',
                  title: t('operations.process'),
                  render: (_, { process }) => <Coded group="parts" code={process} />,
                },
                { key: 'at', title: t('operations.heartbeat'), render: (_, row) => <Instant at={row.at} /> },
              ]}
            />
          </Card>
        </Col>
        <Col xs={24} lg={8}>
          <Card size="small" title={t('operations.queues')}>
            <Table
              size="small"
              rowKey="queue"
              pagination={false}
              loading={health.isPending}
              dataSource={data?.queues ?? []}
              columns={[
                {
                  key: 'queue',
                  title: t('operations.queue'),
                  render: (_, { queue }) => <Coded group="parts" code={queue} />,
                },
                {
                  key: 'counts',
                  title: t('operations.jobs'),
                  render: (_, { counts }) =>
                    counts === null ? (
                      <span style={{ color: states.red }}>✕ {t('operations.silent')}</span>
                    ) : (
                      Object.entries(counts)
                        .map(([state, count]) => `${t(`operations.jobStates.${state as 'waiting'}`)} ${count}`)
                        .join(' · ')
                    ),
                },
              ]}
            />
          </Card>
        </Col>
        <Col xs={24} lg={8}>
          <Card size="small" title={t('operations.waiting')}>
            <Table
              size="small"
              rowKey="what"
              pagination={false}
              loading={health.isPending}
              dataSource={data?.waiting ?? []}
              columns={[
                {
                  key: 'what',
                  title: t('operations.what'),
                  render: (_, { what }) => t(`operations.kinds.${what as 'items'}`),
                },
                { dataIndex: 'count', title: t('operations.count'), align: 'right' },
                { key: 'oldest', title: t('operations.oldest'), render: (_, row) => <Instant at={row.oldestAt} /> },
              ]}
            />
          </Card>
        </Col>
      </Row>
      {data !== undefined && (
        <Flex wrap gap="4px 16px" style={{ marginBlock: 12 }}>
          {data.checks.map(({ check, ok, found }) => (
            <span key={check} style={{ color: ok ? states.green : states.red }}>
              {ok ? '✓' : '✕'} <Coded group="checks" code={check} />
              {ok ? '' : ` (${found})`}
            </span>
          ))}
        </Flex>
      )}
      <DeadLetters />
    </div>
  );
}
