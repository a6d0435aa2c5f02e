import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { DataTable } from '../shell/data-table';
import { useCommand, useProblemText } from '../shell/use-command';
import { Instant } from '../time/instant';

type Scores = Schemas['RoutingScores'];
/** The largest adjustments are shown; the others are in the interface. */
const SHOWN = 20;
const percent = (value: number | undefined) => (value === undefined ? '—' : `${(value * 100).toFixed(1)} %`);

/** What routing has learnt from past assignments and accepted returns: versions, what they changed, and which one is used. */
export function LearntScores() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['live', 'routing-scores'],
    queryFn: () => dataOf(api.GET('/api/v1/routing/scores')),
  });
  const learn = useCommand(() => dataOf(api.POST('/api/v1/routing/scores', { body: {} })), t('learnt.learntNow'));
  const use = useCommand(
    (version: string | null) => dataOf(api.POST('/api/v1/routing/scores/switch', { body: { version } })),
    t('learnt.switched'),
  );
  const inUse = query.data?.items.some(({ state }) => state === 'active') ?? false;
  return (
    <section style={{ marginTop: 32 }}>
      <Flex justify="space-between" align="center" gap={8} wrap style={{ marginBottom: 8 }}>
        <Typography.Title level={2} style={{ fontSize: '1.15em', margin: 0 }}>
          {t('learnt.title')}
        </Typography.Title>
        <Flex gap={8}>
          {inUse && (
            <Button loading={use.isPending} onClick={() => use.mutate(null)}>
              {t('learnt.off')}
            </Button>
          )}
          <Button loading={learn.isPending} onClick={() => learn.mutate(undefined as never)}>
            {t('learnt.learn')}
          </Button>
        </Flex>
      </Flex>
      <Typography.Paragraph type="secondary">{t('learnt.explain')}</Typography.Paragraph>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} style={{ marginBottom: 12 }} />}
      <DataTable<Scores>
        size="small"
        rowKey="version"
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: t('learnt.none') }}
        dataSource={query.data?.items ?? []}
        expandable={{ expandedRowRender: (scores) => <Adjustments scores={scores} /> }}
        columns={[
          { key: 'version', title: t('triage.models.version'), dataIndex: 'version' },
          {
            key: 'state',
            title: t('triage.models.state'),
            render: (_, { state }) => (
              <Tag color={state === 'active' ? 'success' : 'default'}>{t(`learnt.states.${state}`)}</Tag>
            ),
          },
          {
            key: 'cases',
            title: t('learnt.cases'),
            render: (_, { report }) => `${report['cases'] ?? 0} / ${report['heldBack'] ?? 0}`,
          },
          {
            key: 'top1',
            title: t('learnt.top1'),
            render: (_, { report }) => `${percent(report['leadTop1Before'])} → ${percent(report['leadTop1After'])}`,
          },
          {
            key: 'at',
            title: t('triage.models.at'),
            responsive: ['md'],
            render: (_, { createdAt, createdBy }) => (
              <>
                {createdBy} · <Instant at={createdAt} />
              </>
            ),
          },
          {
            key: 'act',
            render: (_, { state, version }) =>
              state === 'active' ? null : (
                <Button size="small" onClick={() => use.mutate(version)}>
                  {t('learnt.use')}
                </Button>
              ),
          },
        ]}
      />
    </section>
  );
}

function Adjustments({ scores }: { scores: Scores }) {
  const { t } = useTranslation();
  const largest = [...scores.adjustments].sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta)).slice(0, SHOWN);
  if (largest.length === 0) return <Typography.Text type="secondary">{t('learnt.nothing')}</Typography.Text>;
  return (
    <ul className="rows">
      {largest.map(({ word, code, delta, cases }) => (
        <li key={`${word} ${code}`}>
          <strong>{word}</strong> → {code}{' '}
          <span className="digits">{delta > 0 ? `+${delta.toFixed(2)}` : delta.toFixed(2)}</span>{' '}
          <span className="muted">{t('learnt.ofCases', { count: cases })}</span>
        </li>
      ))}
    </ul>
  );
}
