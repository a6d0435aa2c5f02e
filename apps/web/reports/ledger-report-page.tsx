import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { usePlaces } from '../api/reference';
import { useLabel, ValueTag } from '../labels/labels';
import { DataTable } from '../shell/data-table';
import { useProblemText } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import { useServerClock } from '../time/server-clock';
import { ExportButtons } from './export-buttons';
import { jsonOf } from './json-of';
import { officeDay } from './period-picker';
import './reports.css';

const LEDGER = '/api/v1/reports/ledger';

/** The case ledger (台账) of a span of days: one row an incident and body, all of it as a file. */
export function LedgerReportPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const label = useLabel();
  const placeOf = usePlaces();
  const { states } = useAppearance();
  const { now } = useServerClock();
  const [search, setSearch] = useSearchParams();
  const today = officeDay(now === 0 ? Date.now() : now);
  const span = { from: search.get('from') ?? `${today.slice(0, 8)}01`, to: search.get('to') ?? today };
  const query = useInfiniteQuery({
    queryKey: ['live', 'case-ledger', span],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      jsonOf(
        LEDGER,
        dataOf(
          api.GET(LEDGER, {
            params: { query: { ...span, limit: 50, ...(cursor === undefined ? {} : { cursor }) } as never },
          }),
        ),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const at = (key: 'dispatchedAt' | 'acknowledgedAt' | 'releasedAt' | 'respondedAt') => ({
    key,
    title: t(`reports.ledgerColumns.${key}`),
    render: (_: unknown, row: Schemas['LedgerReportRow']) => <Instant at={row[key]} />,
  });
  return (
    <div className="page">
      <Typography.Title level={4} style={{ margin: 0 }}>
        <Link to="/reports">{t('reports.title')}</Link> / {t('reports.items.ledger')}
      </Typography.Title>
      <div className="report-bar">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            {t(`reports.${end}`)}
            <input
              className="report-input"
              type="date"
              max={today}
              value={span[end]}
              onChange={({ target }) => target.value !== '' && setSearch({ ...span, [end]: target.value })}
            />
          </label>
        ))}
        <ExportButtons address="/api/v1/reports/ledger" question={span} />
      </div>
      {query.error !== null && <Alert type="error" showIcon title={problemText(query.error)} />}
      <DataTable<Schemas['LedgerReportRow']>
        size="small"
        rowKey={(row) => `${row.incidentId} ${row.assignmentId}`}
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('reports.empty') }}
        dataSource={query.data?.pages.flatMap((page) => page.items) ?? []}
        columns={[
          { key: 'number', title: t('reports.columns.number'), render: (_, row) => row.number },
          {
            key: 'title',
            title: t('reports.columns.title'),
            render: (_, row) => (
              <Link to={`/incidents/${row.incidentId}`} className="report-text" style={{ maxWidth: '24em', display: 'inline-block' }}>
                {row.title}
              </Link>
            ), // prettier-ignore
          },
          {
            key: 'category',
            title: t('reports.columns.category'),
            render: (_, row) => label('category', row.category),
          },
          { key: 'grade', title: t('reports.columns.grade'), render: (_, row) => label('grade', row.grade) },
          { key: 'place', title: t('reports.place'), render: (_, row) => placeOf(row.jurisdiction.slice(0, 6)) },
          { key: 'body', title: t('reports.body'), render: (_, row) => row.bodyName ?? '—' },
          { key: 'responsible', title: t('reports.ledger.responsible'), render: (_, row) => row.responsible ?? '—' },
          at('dispatchedAt'),
          at('acknowledgedAt'),
          at('releasedAt'),
          at('respondedAt'),
          {
            key: 'late',
            title: t('reports.ledger.late'),
            align: 'right',
            render: (_, row) =>
              row.overdueCount > 0 ? <strong style={{ color: states.red }}>✕ {row.overdueCount}</strong> : '—',
          },
          { key: 'steps', title: `${t('reports.columns.reminders')}/${t('reports.columns.supervisions')}`, align: 'right', render: (_, row) => `${row.reminders}/${row.supervisions}` }, // prettier-ignore
          { key: 'state', title: t('reports.state'), render: (_, row) => <ValueTag group="incidentState" value={row.state} /> }, // prettier-ignore
        ]}
      />
      {query.hasNextPage && (
        <Button block onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t('reports.ledger.more')}
        </Button>
      )}
    </div>
  );
}
