import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, dataOf } from '../api/client';
import { usePlaces } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { DataTable } from '../shell/data-table';
import { useProblemText } from '../shell/use-command';
import { Instant } from '../time/instant';
import { useReportWords } from './use-words';
import './reports.css';

const PAGE = 50;

/** The rows behind a number: exactly what it counts. */
export function RowsPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const placeOf = usePlaces();
  const navigate = useNavigate();
  const { figureOf } = useReportWords();
  const [search, setSearch] = useSearchParams();
  const asked = Object.fromEntries(search);
  const offset = Number(asked['offset'] ?? 0);
  const query = useQuery({
    queryKey: ['report-rows', asked],
    queryFn: () => dataOf(api.GET('/api/v1/reports/rows', { params: { query: { limit: PAGE, ...asked } as never } })),
    placeholderData: keepPreviousData,
  });
  const data = query.data;
  const figure = figureOf(asked['figure'] ?? 'total.detected');
  return (
    <div className="page">
      <div className="report-bar">
        <Button onClick={() => void navigate(-1)}>{t('reports.back')}</Button>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('reports.rowsOf', { figure, total: data?.total ?? '…' })}
        </Typography.Title>
        <Typography.Text type="secondary">
          {data === undefined ? '' : t('reports.period', { name: data.period.name })} · {t('reports.rowsHint')}
        </Typography.Text>
      </div>
      {query.error !== null && <Alert type="error" showIcon title={problemText(query.error)} />}
      <DataTable
        size="small"
        rowKey={(row) => `${row.incidentId} ${row.itemId} ${row.subject} ${row.at}`}
        loading={query.isFetching}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('reports.empty') }}
        dataSource={data?.items ?? []}
        pagination={{
          current: offset / PAGE + 1,
          pageSize: PAGE,
          total: Math.min(data?.total ?? 0, 10_000 + PAGE),
          showSizeChanger: false,
          onChange: (page) => setSearch({ ...asked, offset: String((page - 1) * PAGE) }),
        }}
        columns={[
          {
            key: 'title',
            title: t('reports.incident'),
            render: (_, row) =>
              row.incidentId === null ? (
                row.title
              ) : (
                <Link to={`/incidents/${row.incidentId}`} className="report-text">
                  {row.title}
                </Link>
              ),
          },
          { key: 'number', title: t('reports.columns.number'), render: (_, row) => row.number ?? '—' },
          { key: 'subject', title: t('reports.counted'), render: (_, row) => (row.subject === '' ? '—' : row.subject) },
          { key: 'at', title: t('reports.at'), render: (_, row) => <Instant at={row.at} /> },
          {
            key: 'place',
            title: t('reports.place'),
            render: (_, row) => (row.jurisdiction === null ? '—' : placeOf(row.jurisdiction.slice(0, 6))),
          },
          { key: 'body', title: t('reports.body'), render: (_, row) => row.bodyName ?? '—' },
          {
            key: 'state',
            title: t('reports.state'),
            render: (_, row) => (row.state === null ? '—' : <ValueTag group="incidentState" value={row.state} />),
          },
        ]}
      />
    </div>
  );
}
