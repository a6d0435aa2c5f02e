import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Flex, Select, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { api, dataOf } from '../api/client';
import { useProblemText } from '../shell/use-command';
import { fullTime } from '../time/format';
import { ExportButtons } from './export-buttons';
import { jsonOf } from './json-of';
import { PeriodPicker, type PeriodKind } from './period-picker';
import { ReportNotes } from './report-notes';
import { ReportTableView } from './report-table';
import './reports.css';

const DOCUMENT = '/api/v1/reports/document';

/** The period that each report takes, and whether it declares how things belong to it. */
const REPORTS: Readonly<Record<string, { period?: PeriodKind; by?: true }>> = {
  daily: { period: 'date' },
  weekly: { period: 'date' },
  monthly: { period: 'month' },
  bulletin: { period: 'quarter', by: true },
  indicators: { period: 'quarter', by: true },
  overdue: {},
  nextHour: {},
  public: { period: 'month' },
};

/** One report: its period, its tables, what stands behind each number, and its files. */
export function ReportPage() {
  const { report = '' } = useParams();
  const kind = REPORTS[report];
  return kind === undefined ? <Navigate to="/reports" replace /> : <Report key={report} report={report} {...kind} />;
}

function Report({ report, period, by }: { report: string; period?: PeriodKind; by?: true }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [search, setSearch] = useSearchParams();
  const asked = { report, ...Object.fromEntries(search) };
  const query = useQuery({
    queryKey: ['live', 'report', asked],
    queryFn: () => jsonOf(DOCUMENT, dataOf(api.GET(DOCUMENT, { params: { query: asked as never } }))),
    placeholderData: keepPreviousData,
  });
  const set = (key: string, value: string) =>
    setSearch({ ...Object.fromEntries(search), [key]: value }, { replace: true });
  const document = query.data;
  return (
    <div className="page">
      <Flex justify="space-between" align="baseline" wrap gap={8}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          <Link to="/reports">{t('reports.title')}</Link> / {t(`reports.items.${report as 'daily'}`)}
        </Typography.Title>
        <Typography.Text type="secondary">
          {document?.period == null ? '' : `${t('reports.period', { name: document.period.name })} · `}
          {document === undefined ? '' : t('reports.asOf', { time: fullTime(document.asOf) })}
        </Typography.Text>
      </Flex>
      <div className="report-bar">
        {period !== undefined && (
          <PeriodPicker kind={period} value={search.get(period)} onChange={(value) => set(period, value)} />
        )}
        {by === true && (
          <Select
            aria-label={t('reports.byLabel')}
            value={search.get('by') ?? 'due'}
            onChange={(value) => set('by', value)}
            options={(['due', 'dispatched'] as const).map((value) => ({ value, label: t(`reports.by.${value}`) }))}
          />
        )}
        <ExportButtons address="/api/v1/reports/document" question={asked} />
        {report === 'bulletin' && <Link to="/reports/bulletins">{t('reports.items.bulletins')}</Link>}
      </div>
      {query.error !== null && <Alert type="error" showIcon title={problemText(query.error)} />}
      {document === undefined && query.error === null && <Skeleton active />}
      {query.error === null && document?.tables.map((table) => <ReportTableView key={table.key} table={table} />)}
      {query.error === null && document !== undefined && <ReportNotes document={document} />}
    </div>
  );
}
