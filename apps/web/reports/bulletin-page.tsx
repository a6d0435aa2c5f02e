import { useQuery } from '@tanstack/react-query';
import { Alert, Descriptions, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, dataOf } from '../api/client';
import { DataTable } from '../shell/data-table';
import { useProblemText } from '../shell/use-command';
import { fullTime } from '../time/format';
import { Standing } from './bulletins-page';
import { ExportButtons } from './export-buttons';
import { jsonOf } from './json-of';
import { Objections } from './objections';
import { ReportNotes } from './report-notes';
import { ReportTableView } from './report-table';
import './reports.css';

const BULLETIN = '/api/v1/reports/bulletins/{id}';

interface Difference {
  place: string;
  frozen?: unknown;
  now?: unknown;
}

/** A frozen bulletin: its proof, what it demands, who objects, and its tables. */
export function BulletinPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['live', 'bulletin', id],
    queryFn: () => jsonOf(BULLETIN, dataOf(api.GET(BULLETIN, { params: { path: { id } } as never }))),
  });
  if (query.error !== null) return <Alert type="error" showIcon title={problemText(query.error)} />;
  if (query.data === undefined) return <Skeleton active className="page" />;
  const bulletin = query.data;
  return (
    <div className="page">
      <Typography.Title level={4} style={{ margin: 0 }}>
        <Link to="/reports/bulletins">{t('reports.items.bulletins')}</Link> / {bulletin.number}{' '}
        <Standing bulletin={bulletin} />
      </Typography.Title>
      <div className="report-bar">
        <ExportButtons address={`/api/v1/reports/bulletins/${id}`} question={{}} />
      </div>
      {bulletin.supersededBy !== null && (
        <Alert type="warning" showIcon title={t('reports.frozen.supersededBy', { number: bulletin.supersededBy })} />
      )}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'period', label: t('reports.quarter'), children: bulletin.period },
          { key: 'at', label: t('reports.frozen.frozenAt'), children: `${fullTime(bulletin.frozenAt)} · ${bulletin.frozenByName}` }, // prettier-ignore
          { key: 'until', label: t('reports.frozen.until'), children: bulletin.objectionsUntil === null ? '—' : fullTime(bulletin.objectionsUntil) }, // prettier-ignore
          { key: 'hash', label: t('reports.frozen.hash'), children: <span className="report-text">{bulletin.sha256}</span> }, // prettier-ignore
        ]}
      />
      <Proof bulletin={bulletin} />
      {(bulletin.demands ?? []).length > 0 && (
        <section>
          <h2 className="part">{t('reports.frozen.demands')}</h2>
          <ul>
            {(bulletin.demands ?? []).map(({ id: unit, name, dueOn }) => (
              <li key={unit}>{t('reports.frozen.demand', { name, day: dueOn })}</li>
            ))}
          </ul>
        </section>
      )}
      <Objections bulletin={bulletin} />
      {bulletin.document?.tables.map((table) => (
        <ReportTableView key={table.key} table={table} />
      ))}
      {bulletin.document != null && <ReportNotes document={bulletin.document} />}
    </div>
  );
}

/** Whether the text is as it was frozen, and whether today's data give the same numbers. */
function Proof({ bulletin }: { bulletin: { hashMatches: boolean; differences: Difference[] | null } }) {
  const { t } = useTranslation();
  const { differences } = bulletin;
  const shown = (value: unknown) => (value === null || value === undefined ? '—' : JSON.stringify(value));
  return (
    <section>
      <Typography.Paragraph style={{ margin: '4px 0' }}>
        {bulletin.hashMatches ? `✓ ${t('reports.frozen.hashHolds')}` : `✕ ${t('reports.frozen.hashBroken')}`}
        {' · '}
        {differences === null
          ? t('reports.frozen.partial')
          : differences.length === 0
            ? `✓ ${t('reports.frozen.same')}`
            : t('reports.frozen.differs', { count: differences.length })}
      </Typography.Paragraph>
      {differences !== null && differences.length > 0 && (
        <DataTable
          size="small"
          rowKey="place"
          pagination={{ pageSize: 10 }}
          dataSource={differences}
          columns={[
            { dataIndex: 'place', title: t('reports.frozen.place') },
            { key: 'was', title: t('reports.frozen.was'), render: (_, row) => shown(row.frozen) },
            { key: 'now', title: t('reports.frozen.now'), render: (_, row) => shown(row.now) },
          ]}
        />
      )}
    </section>
  );
}
