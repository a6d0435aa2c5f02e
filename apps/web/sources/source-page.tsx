import { useQuery } from '@tanstack/react-query';
import { Alert, Descriptions, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { DataTable } from '../shell/data-table';
import { useProblemText } from '../shell/use-command';
import { useIsPhone } from '../shell/use-is-phone';
import { fullTime } from '../time/format';
import { Instant } from '../time/instant';
import { ActivityChart } from './activity-chart';
import { ModeBanner } from './mode-switch';
import { RejectionList } from './rejection-list';
import { useSourceError } from './source-error';

/** One source: whether it is heard, what went wrong in plain words, what it brings against what it should. */
export function SourcePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const phone = useIsPhone();
  const errorText = useSourceError();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['live', 'source', id],
    queryFn: () => dataOf(api.GET('/api/v1/sources/{id}', { params: { path: { id } } })),
  });
  const source = query.data;
  return (
    <div className="page">
      <ModeBanner />
      <Link to="/sources">{t('ingest.back')}</Link>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} />}
      {source === undefined ? (
        !query.isError && <Skeleton active />
      ) : (
        <>
          <Typography.Title level={1} style={{ fontSize: '1.3em', margin: '4px 0 12px' }}>
            {source.name}
          </Typography.Title>
          {source.openGap !== null && (
            <Alert
              type="error"
              showIcon
              style={{ marginBottom: 12 }}
              title={t('ingest.openGap', {
                at: fullTime(source.openGap.startedAt),
                cause: t(`ingest.gapCauses.${source.openGap.cause}`),
              })}
            />
          )}
          <Part title={t('ingest.health')}>
            <Descriptions size="small" bordered column={phone ? 1 : 2} items={healthOf(source, t, errorText)} />
          </Part>
          <Part title={t('ingest.activity')}>
            <ActivityChart id={id} />
          </Part>
          <Part title={t('ingest.gaps')}>
            <Gaps id={id} />
          </Part>
          <Part title={t('ingest.rejections')}>
            <RejectionList id={id} />
          </Part>
        </>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section style={{ marginBottom: 20 }}>
      <Typography.Title level={2} style={{ fontSize: '1.1em' }}>
        {title}
      </Typography.Title>
      {children}
    </section>
  );
}

type Words = ReturnType<typeof useTranslation>['t'];

function healthOf(source: Schemas['SourceDetail'], t: Words, errorText: (code: string | null) => string) {
  const item = (key: string, label: string, children: ReactNode) => ({ key, label, children });
  const route = source.url?.startsWith('rsshub:') === true;
  return [
    item(
      'state',
      t('sourcesPage.state'),
      `${t(`sourcesPage.states.${source.state}`)} · ${t(`sourcesPage.mode.${source.mode}`)}`,
    ),
    item(
      'next',
      t('ingest.nextPoll'),
      source.url === null ? t('ingest.notPolled') : <Instant at={source.nextPollAt} />,
    ),
    // A source that pushes has neither polls nor an interval.
    ...(source.url === null
      ? []
      : [
          item('polled', t('ingest.lastPolled'), <Instant at={source.lastPolledAt} />),
          item('ok', t('sourcesPage.lastOk'), <Instant at={source.lastOkAt} />),
          item('interval', t('ingest.interval'), t('ingest.intervalValue', { seconds: source.intervalSeconds })),
        ]),
    item('itemAt', t('sourcesPage.lastItem'), <Instant at={source.lastItemAt} />),
    item(
      'error',
      t('ingest.lastError'),
      <span>
        {errorText(source.lastErrorCode)}
        {source.lastErrorCode !== null && (
          <Typography.Text type="secondary" style={{ display: 'block' }}>
            {t('sourcesPage.failing', { count: source.failureCount })} ·{' '}
            {source.state === 'gone' ? '' : t('ingest.retryLater')}
          </Typography.Text>
        )}
      </span>,
    ),
    item('held', t('ingest.rejections'), t('ingest.held', { count: source.held })),
    item(
      'address',
      t('ingest.address'),
      <span style={{ overflowWrap: 'anywhere' }}>
        {route ? `${t('ingest.viaRoute')} ${source.url?.slice(7)}` : (source.url ?? t('ingest.notPolled'))}
      </span>,
    ),
    ...(source.lastDefects.length === 0 ? [] : [item('defects', t('ingest.defects'), source.lastDefects.join('；'))]),
  ];
}

function Gaps({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['live', 'gaps', id],
    queryFn: () => dataOf(api.GET('/api/v1/sources/{id}/gaps', { params: { path: { id } } })),
  });
  const rows = query.data?.items ?? [];
  if (query.isSuccess && rows.length === 0)
    return <Typography.Text type="secondary">{t('ingest.noGaps')}</Typography.Text>;
  return (
    <DataTable
      size="small"
      rowKey="id"
      loading={query.isPending}
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={rows}
      columns={[
        { key: 'start', title: t('ingest.gapStart'), render: (_, gap) => <Instant at={gap.startedAt} /> },
        {
          key: 'end',
          title: t('ingest.gapEnd'),
          render: (_, gap) => (gap.endedAt === null ? t('ingest.gapOpen') : <Instant at={gap.endedAt} />),
        },
        {
          key: 'cause',
          title: t('ingest.gapCause'),
          render: (_, gap) => `${t(`ingest.gapCauses.${gap.cause}`)}${gap.detail === null ? '' : ` · ${gap.detail}`}`,
        },
        {
          key: 'expected',
          title: t('ingest.gapExpected'),
          render: (_, gap) => (gap.expected === null ? '—' : gap.expected.toFixed(1)),
        },
      ]}
    />
  );
}
