import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, dataOf } from '../api/client';
import { ExportButtons } from '../reports/export-buttons';
import { jsonOf } from '../reports/json-of';
import { PeriodPicker } from '../reports/period-picker';
import { ReportNotes } from '../reports/report-notes';
import '../reports/reports.css';
import { useProblemText } from '../shell/use-command';
import { fullTime } from '../time/format';
import { ChartCard } from './chart-card';
import './charts.css';

const DOCUMENT = '/api/v1/reports/document';

/** Charts of a month for the supervising side; each has its table and opens what it counts. */
export function ChartsPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [search, setSearch] = useSearchParams();
  const month = search.get('month');
  const asked = { report: 'charts', ...(month === null ? {} : { month }) };
  const query = useQuery({
    queryKey: ['live', 'report', asked],
    queryFn: () => jsonOf(DOCUMENT, dataOf(api.GET(DOCUMENT, { params: { query: asked as never } }))),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="page">
      <Typography.Title level={4} style={{ margin: 0 }}>
        <Link to="/reports">{t('reports.title')}</Link> / {t('reports.items.charts')}
      </Typography.Title>
      <div className="report-bar">
        <PeriodPicker kind="month" value={month} onChange={(value) => setSearch({ month: value }, { replace: true })} />
        <ExportButtons address="/api/v1/reports/document" question={asked} />
        <Typography.Text type="secondary">
          {query.data === undefined ? '' : t('reports.asOf', { time: fullTime(query.data.asOf) })} ·{' '}
          {t('reports.chart.hint')}
        </Typography.Text>
      </div>
      {query.error !== null && <Alert type="error" showIcon title={problemText(query.error)} />}
      {query.isPending && <Skeleton active />}
      <div className="chart-grid">
        {query.data?.tables.map((table) => (
          <ChartCard key={table.key} table={table} />
        ))}
      </div>
      {query.data !== undefined && <ReportNotes document={query.data} />}
    </div>
  );
}
