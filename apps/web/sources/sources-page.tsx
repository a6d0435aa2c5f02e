import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { DataTable } from '../shell/data-table';
import { useCommand, useProblemText } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import { AddSource } from './add-source';
import { ModeBanner, ModeSwitch } from './mode-switch';
import { OpmlButtons } from './opml-buttons';
import { useSourceError } from './source-error';

type Source = Schemas['Source'];

/** Sources and their health: a feed that dies in silence must not go unseen. */
export function SourcesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { states } = useAppearance();
  const problemText = useProblemText();
  const errorText = useSourceError();
  const [adding, setAdding] = useState(false);
  const query = useQuery({ queryKey: ['live', 'sources'], queryFn: () => dataOf(api.GET('/api/v1/sources')) });
  return (
    <div className="page">
      <ModeBanner />
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 12 }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0 }}>
          {t('sourcesPage.title')}
        </Typography.Title>
        <Flex gap={8} wrap>
          <ModeSwitch />
          <OpmlButtons />
          {may('import.run') && (
            <Link to="/sources/imports">
              <Button>{t('ingest.imports')}</Button>
            </Link>
          )}
          <Link to="/sources/standards">
            <Button>{t('ingest.standards')}</Button>
          </Link>
          {may('source.manage') && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('addSource.add')}
            </Button>
          )}
        </Flex>
      </Flex>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} style={{ marginBottom: 12 }} />}
      {adding && <AddSource rsshub={query.data?.rsshub === true} onClose={() => setAdding(false)} />}
      <DataTable<Source>
        size="small"
        rowKey="id"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={query.data?.items ?? []}
        columns={[
          {
            key: 'name',
            title: t('sourcesPage.name'),
            render: (_, source) => (
              <>
                <Link to={`/sources/${source.id}`}>
                  <strong>{source.name}</strong>
                </Link>
                <br />
                <Typography.Text type="secondary">
                  {[source.channel, source.region].filter((part) => part !== null).join(' · ')}
                </Typography.Text>
              </>
            ),
          },
          {
            key: 'state',
            title: t('sourcesPage.state'),
            render: (_, source) =>
              source.openGapCause !== null && source.failureCount === 0 ? (
                <span style={{ color: states.red }}>✕ {t(`ingest.gapCauses.${source.openGapCause as 'silence'}`)}</span>
              ) : source.failureCount > 0 ? (
                <span style={{ color: states.red }}>
                  ✕ {t('sourcesPage.failing', { count: source.failureCount })} · {errorText(source.lastErrorCode)}
                </span>
              ) : (
                <span style={{ color: source.state === 'active' ? states.green : states.grey }}>
                  {t(`sourcesPage.states.${source.state}`)} · {t(`sourcesPage.mode.${source.mode}`)}
                </span>
              ),
          },
          {
            key: 'ok',
            title: t('sourcesPage.lastOk'),
            render: (_, source) =>
              source.lastOkAt !== null ? (
                <Instant at={source.lastOkAt} />
              ) : source.url === null ? (
                '—'
              ) : (
                t('sourcesPage.never')
              ),
          },
          {
            key: 'item',
            title: t('sourcesPage.lastItem'),
            render: (_, source) =>
              source.lastItemAt === null ? t('sourcesPage.never') : <Instant at={source.lastItemAt} />,
          },
          {
            key: 'next',
            title: t('ingest.nextPoll'),
            render: (_, source) => (source.url === null ? t('ingest.notPolled') : <Instant at={source.nextPollAt} />),
          },
          { key: 'items', title: t('sourcesPage.items'), render: (_, source) => source.itemsLastDay },
          { key: 'rejected', title: t('sourcesPage.rejected'), render: (_, source) => source.rejectedLastDay },
          { key: 'actions', render: (_, source) => (may('source.manage') ? <Actions source={source} /> : null) },
        ]}
      />
    </div>
  );
}

function Actions({ source }: { source: Source }) {
  const { t } = useTranslation();
  const path = { id: source.id };
  const change = useCommand((state: 'active' | 'paused') =>
    dataOf(api.PATCH('/api/v1/sources/{id}', { params: { path, header: ifMatch(source.version) }, body: { state } })),
  );
  const poll = useCommand(() => dataOf(api.POST('/api/v1/sources/{id}/poll', { params: { path }, body: {} })));
  return (
    <Flex wrap gap={8}>
      <Button size="small" onClick={() => change.mutate(source.state === 'active' ? 'paused' : 'active')}>
        {t(source.state === 'active' ? 'sourcesPage.pause' : 'sourcesPage.resume')}
      </Button>
      {source.url !== null && (
        <Button size="small" onClick={() => poll.mutate(undefined as never)}>
          {t('sourcesPage.poll')}
        </Button>
      )}
    </Flex>
  );
}
