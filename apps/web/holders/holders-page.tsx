import { useQuery } from '@tanstack/react-query';
import { Alert, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodyName } from '../api/reference';
import { DataTable } from '../shell/data-table';
import { useProblemText } from '../shell/use-command';

/** By body: minutes that it held cases, hand-overs, returns and how many of them were upheld. */
export function HoldersPage() {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['live', 'holders'],
    queryFn: () => dataOf(api.GET('/api/v1/reports/holders', { params: { query: {} as never } })),
  });
  const number = (key: 'cases' | 'returns' | 'returnsUpheld' | 'pingPong', title: string) =>
    ({
      key,
      title,
      align: 'right',
      dataIndex: key,
      sorter: (a: Record<typeof key, number>, b: Record<typeof key, number>) => a[key] - b[key],
    }) as const;
  return (
    <div className="page">
      <Typography.Title level={1} style={{ fontSize: '1.3em', marginBottom: 4 }}>
        {t('holders.page')}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{t('holders.pageHint')}</Typography.Paragraph>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} />}
      <DataTable
        size="small"
        rowKey="bodyId"
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: t('reports.empty') }}
        scroll={{ x: 'max-content' }}
        dataSource={query.data?.items ?? []}
        columns={[
          { key: 'body', title: t('holders.body'), render: (_, row) => nameOf(row.bodyId) },
          number('cases', t('holders.cases')),
          {
            key: 'minutes',
            title: t('holders.minutes'),
            align: 'right',
            render: (_, row) => Math.round(row.minutes),
            sorter: (a, b) => a.minutes - b.minutes,
          },
          {
            key: 'share',
            title: t('holders.share'),
            align: 'right',
            render: (_, row) => Math.round(row.minutes / Math.max(1, row.cases)),
          },
          number('returns', t('holders.returns')),
          number('returnsUpheld', t('holders.upheld')),
          number('pingPong', t('holders.handOvers')),
        ]}
      />
    </div>
  );
}
