import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Select, Skeleton, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { useLabel } from '../labels/labels';
import { useProblemText } from '../shell/use-command';
import { WideTable } from '../shell/wide-table';
import { fullTime } from '../time/format';
import { Comparison } from './comparison';
import { Preflight } from './preflight';
import { useRuleWords } from './rule-words';

type Rule = Schemas['PackRule'];
type Version = Schemas['PolicyPack']['versions'][number];

/** A policy pack as a table: every number with the document and article that it comes from, and how sure it is. */
export function PacksPage() {
  const { t } = useTranslation();
  const may = useMay();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useQuery({ queryKey: ['packs'], queryFn: () => dataOf(api.GET('/api/v1/policy-packs')) });
  const id = chosen ?? list.data?.items.find(({ inUse }) => inUse)?.id ?? list.data?.items[0]?.id;
  const pack = useQuery({
    queryKey: ['packs', id],
    enabled: id !== undefined,
    queryFn: () => dataOf(api.GET('/api/v1/policy-packs/rules', { params: { query: { pack: id! } } })),
  });
  const failed = list.error ?? pack.error;
  return (
    <div className="page">
      <Flex wrap justify="space-between" align="center" gap={8} style={{ marginBottom: 12 }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0 }}>
          {t('packs.title')}
        </Typography.Title>
        <Select
          aria-label={t('packs.pack')}
          style={{ minWidth: 260 }}
          value={id ?? null}
          onChange={(value: string | null) => setChosen(value)}
          options={(list.data?.items ?? []).map((item) => ({
            value: item.id,
            label: [
              item.label,
              item.inUse ? t('aside', { text: t('packs.inUse') }) : '',
              item.invented ? t('aside', { text: t('packs.invented') }) : '',
            ].join(''),
          }))}
        />
      </Flex>
      {failed !== null && <Alert type="error" showIcon title={problemText(failed)} style={{ marginBottom: 12 }} />}
      {id !== undefined && may('account.manage') && <Preflight packId={id} />}
      {pack.data === undefined ? (
        <Skeleton active />
      ) : (
        <>
          {(['topics', 'channels'] as const).map((name) => {
            const list = pack.data[name];
            return list === null ? null : (
              <Typography.Paragraph key={name} style={{ marginBlock: 8 }}>
                <strong>{t(`packs.${name}`)}</strong> {list.values.join('、')}
                <Typography.Text type="secondary">
                  {' '}
                  {list.document} {list.article}
                </Typography.Text>
              </Typography.Paragraph>
            );
          })}
          <Comparison
            key={pack.data.id}
            pack={pack.data}
            others={(list.data?.items ?? []).filter((item) => item.id !== pack.data.id)}
          />
          {[...pack.data.versions].reverse().map((version) => (
            <VersionTable key={version.version} version={version} />
          ))}
        </>
      )}
    </div>
  );
}

function VersionTable({ version }: { version: Version }) {
  const { t } = useTranslation();
  const label = useLabel();
  const words = useRuleWords();
  const span = [
    version.effectiveFrom === null ? '' : t('packs.from', { at: fullTime(version.effectiveFrom).slice(0, 10) }),
    version.effectiveTo === null ? t('packs.open') : t('packs.to', { at: fullTime(version.effectiveTo).slice(0, 10) }),
  ];
  return (
    <section style={{ marginTop: 16 }}>
      <h3 className="part">
        {version.version} <Typography.Text type="secondary">{span.join(' ')}</Typography.Text>
      </h3>
      <WideTable<Rule>
        label={version.version}
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={version.rules}
        columns={[
          {
            key: 'act',
            title: t('packs.act'),
            render: (_, rule) => (
              <>
                {rule.label}
                <div className="muted">{rule.id}</div>
              </>
            ),
          },
          { key: 'force', title: t('packs.force'), render: (_, rule) => label('force', rule.force) },
          { key: 'limit', title: t('packs.limit'), render: (_, rule) => words.limit(rule) },
          { key: 'start', title: t('packs.start'), render: (_, rule) => words.start(rule) },
          { key: 'stop', title: t('packs.stop'), render: (_, rule) => words.stop(rule) },
          { key: 'owner', title: t('packs.owner'), render: (_, rule) => words.owner(rule) },
          { key: 'applies', title: t('packs.applies'), render: (_, rule) => words.applies(rule) },
          {
            key: 'basis',
            title: t('packs.basis'),
            render: (_, rule) => `${rule.document} ${rule.article}`,
          },
          {
            key: 'flag',
            title: t('packs.flag'),
            render: (_, rule) => (
              <Tag color={rule.flag === 'M' ? 'orange' : rule.flag === 'J' ? 'default' : 'blue'}>
                {t(`packs.flags.${rule.flag}`)}
              </Tag>
            ),
          },
        ]}
      />
    </section>
  );
}
