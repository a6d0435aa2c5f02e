import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';

/** How late the engine itself was, by path, and whether somebody watches it. */
export function Punctuality() {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const about = useQuery({ queryKey: ['about'], queryFn: () => dataOf(api.GET('/api/v1/about')) });
  const drill = about.data?.demonstration === true;
  const query = useQuery({
    queryKey: ['live', 'punctuality', drill],
    queryFn: () => dataOf(api.GET('/api/v1/punctuality', { params: { query: { drill: String(drill) } as never } })),
  });
  const status = useQuery({ queryKey: ['live', 'status'], queryFn: () => dataOf(api.GET('/api/v1/status')) });
  const ms = (value: number | null) => (value === null ? '—' : `${Math.round(value)} ms`);
  return (
    <Card size="small" title={t('wall.punctuality')} style={{ marginTop: 12 }}>
      <Flex wrap gap={24} align="flex-start">
        <Table
          size="small"
          rowKey="path"
          pagination={false}
          dataSource={query.data?.items ?? []}
          locale={{ emptyText: t('wall.none') }}
          columns={[
            { dataIndex: 'path', title: t('wall.path'), render: (path: 'timer') => t(`wall.paths.${path}`) },
            { dataIndex: 'fired', title: t('wall.fired') },
            { dataIndex: 'p50Ms', title: t('wall.p50'), render: ms },
            { dataIndex: 'p99Ms', title: t('wall.p99'), render: ms },
            { dataIndex: 'maxMs', title: t('wall.max'), render: ms },
          ]}
        />
        <Typography.Text>
          {t('wall.heartbeat')} <Instant at={status.data?.heartbeatAt} />{' '}
          <span style={{ color: status.data?.ok === true ? states.green : states.red }}>
            {status.data?.ok === true ? `✓ ${t('wall.ok')}` : `✕ ${t('broken')}`}
          </span>
        </Typography.Text>
      </Flex>
    </Card>
  );
}
