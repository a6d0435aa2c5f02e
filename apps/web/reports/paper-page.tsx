import { useQuery } from '@tanstack/react-query';
import { Alert, Segmented, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, dataOf } from '../api/client';
import { useProblemText } from '../shell/use-command';
import { fullTime } from '../time/format';
import { ExportButtons } from './export-buttons';
import { jsonOf } from './json-of';
import { ReportNotes } from './report-notes';
import { ReportTableView } from './report-table';
import './reports.css';

const PAPERS = { flash: '/api/v1/incidents/{id}/flash', special: '/api/v1/incidents/{id}/special-report' } as const;
type Paper = keyof typeof PAPERS;

/** The flash or the special report of one incident. */
export function PaperPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [search, setSearch] = useSearchParams();
  const paper: Paper = search.get('paper') === 'special' ? 'special' : 'flash';
  const query = useQuery({
    queryKey: ['live', 'paper', id, paper],
    queryFn: () =>
      paper === 'flash'
        ? jsonOf(PAPERS.flash, dataOf(api.GET(PAPERS.flash, { params: { path: { id } } as never })))
        : jsonOf(PAPERS.special, dataOf(api.GET(PAPERS.special, { params: { path: { id } } as never }))),
  });
  return (
    <div className="page">
      <Typography.Title level={4} style={{ margin: 0 }}>
        <Link to={`/incidents/${id}`}>{t('reports.incident')}</Link> / {t(`reports.paper.${paper}`)}
      </Typography.Title>
      <div className="report-bar">
        <Segmented<Paper>
          value={paper}
          onChange={(value) => setSearch({ paper: value }, { replace: true })}
          options={(['flash', 'special'] as const).map((value) => ({ value, label: t(`reports.paper.${value}`) }))}
        />
        <ExportButtons address={PAPERS[paper].replace('{id}', id)} question={{}} />
        {query.data !== undefined && (
          <Typography.Text type="secondary">{t('reports.asOf', { time: fullTime(query.data.asOf) })}</Typography.Text>
        )}
      </div>
      {query.error !== null && <Alert type="error" showIcon title={problemText(query.error)} />}
      {query.isPending && <Skeleton active />}
      {query.data?.tables.map((table) => (
        <ReportTableView key={table.key} table={table} />
      ))}
      {query.data !== undefined && <ReportNotes document={query.data} />}
    </div>
  );
}
