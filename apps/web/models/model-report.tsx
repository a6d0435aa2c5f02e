import { Alert, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useLabel } from '../labels/labels';
import { FieldName } from '../shell/field-name';
import { WideTable } from '../shell/wide-table';

type Scores = Schemas['CategoryScores'];

/** The report of a training beside the shipped and the running version, on the same texts. */
export function ModelReport({ model }: { model: Schemas['ModelVersion'] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { candidate, shipped, running, folds = 5 } = model.report;
  if (candidate == null) return <Alert type="info" showIcon title={t('triage.models.tooFew')} />;
  const columns: [string, Scores | null | undefined][] = [
    [t('triage.models.candidate', { folds }), candidate],
    [t('triage.models.shippedColumn'), shipped],
    ...(running == null ? [] : [[t('triage.models.runningColumn'), running] as [string, Scores]]),
  ];
  const figure = (value: number | undefined) => (value === undefined ? '—' : value.toFixed(3));
  const rows = [
    { key: 'macroF1', name: t('triage.models.macroF1'), of: (scores: Scores) => figure(scores.macroF1) },
    { key: 'accuracy', name: t('triage.models.accuracy'), of: (scores: Scores) => figure(scores.accuracy) },
    { key: 'rows', name: t('triage.models.rows'), of: (scores: Scores) => String(scores.rows) },
    ...Object.keys(candidate.classes).map((name) => ({
      key: name,
      name: `${label('category', name)} F1（${t('triage.models.precision')} / ${t('triage.models.recall')}）`,
      of: (scores: Scores) => {
        const found = scores.classes[name];
        return `${figure(found?.f1)}（${figure(found?.precision)} / ${figure(found?.recall)}）`;
      },
    })),
  ];
  return (
    <Flex vertical gap={8}>
      <WideTable
        label={t('triage.models.measure')}
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={rows}
        columns={[
          { key: 'name', title: t('triage.models.measure'), dataIndex: 'name' },
          ...columns.map(([title, scores]) => ({
            key: title,
            title,
            render: (_: unknown, row: (typeof rows)[number]) => (scores == null ? '—' : row.of(scores)),
          })),
        ]}
      />
      {running != null && <Typography.Text type="secondary">{t('triage.models.runningHint')}</Typography.Text>}
      {candidate.confusion.length > 0 && (
        <span>
          <FieldName>{t('triage.models.confusion')}</FieldName>
          {candidate.confusion
            .slice(0, 12)
            .map(({ from, to, count }) => `${label('category', from)} → ${label('category', to)} ${count}`)
            .join('；')}
        </span>
      )}
    </Flex>
  );
}
