import { useQuery } from '@tanstack/react-query';
import { Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { Instant } from '../time/instant';
import { ExportButtons } from './export-buttons';
import { jsonOf } from './json-of';
import { ThirdPartyImport } from './third-party-import';
import './reports.css';

const ADDRESS = '/api/v1/reports/third-party';

/** What third parties measured, with the counts behind each value; who answers for the figures takes a file in. */
export function ThirdPartyPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useQuery({
    queryKey: ['live', 'third-party'],
    queryFn: () => jsonOf(ADDRESS, dataOf(api.GET(ADDRESS, { params: { query: {} as never } }))),
  });
  return (
    <div className="page">
      <Typography.Title level={4} style={{ margin: 0 }}>
        <Link to="/reports">{t('reports.title')}</Link> / {t('reports.items.thirdParty')}
      </Typography.Title>
      {may('report.freeze') && <ThirdPartyImport />}
      <div className="report-bar">
        <ExportButtons address={ADDRESS} question={{}} />
      </div>
      <Table<Schemas['ThirdPartyValue']>
        size="small"
        rowKey="id"
        loading={list.isPending}
        pagination={{ pageSize: 50, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('reports.empty') }}
        dataSource={list.data?.items ?? []}
        columns={[
          { key: 'period', title: t('reports.third.of'), dataIndex: 'period' },
          { key: 'evaluator', title: t('reports.third.evaluator'), dataIndex: 'evaluator' },
          { key: 'body', title: t('reports.third.body'), dataIndex: 'bodyName' },
          { key: 'indicator', title: t('reports.third.indicator'), dataIndex: 'indicator' },
          {
            key: 'counts',
            title: t('reports.third.counts'),
            align: 'right',
            render: (_, row) => `${row.numerator} / ${row.denominator}`,
          },
          {
            key: 'result',
            title: t('reports.third.result'),
            align: 'right',
            render: (_, row) => `${row.result}%`,
          },
          {
            key: 'weight',
            title: t('reports.third.weight'),
            align: 'right',
            render: (_, row) => (row.weight === null ? '—' : `${row.weight}%`),
          },
          { key: 'note', title: t('reports.third.note'), dataIndex: 'note' },
          {
            key: 'place',
            title: t('reports.third.place'),
            align: 'right',
            render: (_, row) => (row.sheet === '' ? row.row : `${row.sheet}!${row.row}`),
          },
          { key: 'at', title: t('reports.third.importedAt'), render: (_, row) => <Instant at={row.importedAt} /> },
        ]}
      />
    </div>
  );
}
