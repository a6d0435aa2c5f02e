import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { ReasonDialog } from '../inbox/reason-dialog';
import { DataTable } from '../shell/data-table';
import { useCommand, useProblemText } from '../shell/use-command';
import { Instant } from '../time/instant';
import { LearntScores } from './learnt-scores';
import { ModelReport } from './model-report';

type Model = Schemas['ModelVersion'];
const TONE = { running: 'success', candidate: 'processing', retired: 'default' } as const;

/** Versions of the category model: what they were learned from, how well they do, and which one judges. */
export function ModelsPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [choosing, setChoosing] = useState<Model | null>(null);
  const query = useQuery({
    queryKey: ['live', 'models'],
    queryFn: () => dataOf(api.GET('/api/v1/models')),
    refetchInterval: 10_000,
  });
  const train = useCommand(() => dataOf(api.POST('/api/v1/models/trainings', {})), t('triage.models.asked'));
  const activate = useCommand(
    (body: { version: string; reason: string }) => dataOf(api.POST('/api/v1/models/activations', { body })),
    t('triage.models.activated'),
  );
  const runs = query.data?.runs ?? [];
  const busy = runs.some(({ state }) => state === 'asked' || state === 'running');
  return (
    <div className="page">
      <Flex justify="space-between" align="center" gap={8} wrap style={{ marginBottom: 12 }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0 }}>
          {t('triage.models.title')}
        </Typography.Title>
        <Button type="primary" loading={busy || train.isPending} onClick={() => train.mutate(undefined as never)}>
          {t('triage.models.train')}
        </Button>
      </Flex>
      <Typography.Paragraph type="secondary">{t('triage.models.explain')}</Typography.Paragraph>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} style={{ marginBottom: 12 }} />}
      <DataTable<Model>
        size="small"
        rowKey="version"
        loading={query.isPending}
        pagination={false}
        dataSource={query.data?.items ?? []}
        expandable={{
          expandedRowRender: (model) => <ModelReport model={model} />,
          rowExpandable: ({ shipped }) => !shipped,
        }}
        columns={[
          {
            key: 'version',
            title: t('triage.models.version'),
            render: (_, model) => (
              <>
                <span style={{ overflowWrap: 'anywhere' }}>{model.version}</span>
                <br />
                <Typography.Text type="secondary">
                  {model.shipped
                    ? t('triage.models.shipped')
                    : t('triage.models.own', { count: model.report.ownRows ?? 0 })}
                </Typography.Text>
              </>
            ),
          },
          {
            key: 'state',
            title: t('triage.models.state'),
            render: (_, { state }) => <Tag color={TONE[state]}>{t(`triage.models.states.${state}`)}</Tag>,
          },
          {
            key: 'f1',
            title: t('triage.models.macroF1'),
            render: (_, { report }) => report.candidate?.macroF1.toFixed(3) ?? '—',
          },
          {
            key: 'by',
            title: t('triage.models.by'),
            responsive: ['md'],
            render: (_, model) => (model.shipped ? '—' : model.createdBy),
          },
          {
            key: 'at',
            title: t('triage.models.at'),
            responsive: ['md'],
            render: (_, model) => <Instant at={model.createdAt} />,
          },
          {
            key: 'act',
            render: (_, model) =>
              model.state === 'running' ? null : (
                <Button size="small" onClick={() => setChoosing(model)}>
                  {t(model.state === 'candidate' ? 'triage.models.activate' : 'triage.models.switchBack')}
                </Button>
              ),
          },
        ]}
      />
      {runs.length > 0 && (
        <section style={{ marginTop: 16 }}>
          <Typography.Text strong>{t('triage.models.runs')}</Typography.Text>
          <ul className="rows">
            {runs.map((run) => (
              <li key={run.id}>
                {t(`triage.models.runStates.${run.state}`)} · {run.askedBy} · <Instant at={run.askedAt} />
                {run.error !== null && <div className="muted">{run.error}</div>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <LearntScores />
      <ReasonDialog
        open={choosing !== null}
        title={t('triage.models.activateReason')}
        action={t('triage.models.activate')}
        onCancel={() => setChoosing(null)}
        onReason={(reason) => {
          if (choosing !== null) activate.mutate({ version: choosing.version, reason });
          setChoosing(null);
        }}
      />
    </div>
  );
}
