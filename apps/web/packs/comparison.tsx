import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Select, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useLabel } from '../labels/labels';
import { useProblemText } from '../shell/use-command';
import { WideTable } from '../shell/wide-table';
import { type Aspect, compareRules, type Rule, type RuleDifference } from './compare-rules';
import { useRuleWords } from './rule-words';

type Pack = Schemas['PolicyPack'];
const COLOURS = { added: 'green', removed: 'red', changed: 'orange' } as const;

/** The rules of the pack in force beside those of one of its earlier versions, or of another pack. */
export function Comparison({ pack, others }: { pack: Pack; others: { id: string; label: string }[] }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState<string | null>(null);
  const [otherId, otherVersion] = chosen?.split(' ') ?? [];
  const other = useQuery({
    queryKey: ['packs', otherId],
    enabled: otherId !== undefined,
    queryFn: () => dataOf(api.GET('/api/v1/policy-packs/rules', { params: { query: { pack: otherId! } } })),
  });
  const newest = pack.versions.at(-1)!;
  const before =
    other.data?.versions.find(({ version }) => version === otherVersion) ??
    (otherVersion === '' ? other.data?.versions.at(-1) : undefined);
  return (
    <section aria-label={t('packs.compare')} style={{ marginTop: 16 }}>
      <Flex wrap align="center" gap={8}>
        <strong>{t('packs.compare')}</strong>
        <Select
          aria-label={t('packs.compareWith')}
          placeholder={t('packs.compareWith')}
          allowClear
          style={{ minWidth: 260 }}
          value={chosen}
          onChange={(value: string | undefined) => setChosen(value ?? null)}
          options={[
            ...pack.versions.slice(0, -1).map(({ version }) => ({ value: `${pack.id} ${version}`, label: version })),
            ...others.map(({ id, label }) => ({ value: `${id} `, label })),
          ]}
        />
        {before !== undefined && (
          <Typography.Text type="secondary">
            {before.version} → {newest.version}
          </Typography.Text>
        )}
      </Flex>
      {other.isError && <Alert type="error" showIcon title={problemText(other.error)} style={{ marginTop: 8 }} />}
      {before !== undefined && <Differences differences={compareRules(before.rules, newest.rules)} />}
    </section>
  );
}

function Differences({ differences }: { differences: RuleDifference[] }) {
  const { t } = useTranslation();
  const aspectOf = useAspects();
  if (differences.length === 0)
    return <Alert type="success" showIcon title={t('packs.same')} style={{ marginTop: 8 }} />;
  return (
    <WideTable<RuleDifference>
      label={t('packs.compare')}
      size="small"
      rowKey="id"
      pagination={false}
      style={{ marginTop: 8 }}
      dataSource={differences}
      columns={[
        {
          key: 'act',
          title: t('packs.act'),
          render: (_, { id, label }) => (
            <>
              {label}
              <div className="muted">{id}</div>
            </>
          ),
        },
        {
          key: 'change',
          title: t('packs.change'),
          render: (_, { change }) => <Tag color={COLOURS[change]}>{t(`packs.changes.${change}`)}</Tag>,
        },
        {
          key: 'what',
          title: t('packs.what'),
          render: (_, { before, after, aspects }) =>
            before === null || after === null
              ? aspectOf('limit', (after ?? before)!)
              : aspects.map((aspect) => (
                  <div key={aspect}>
                    {t(`packs.${aspect}`)} {aspectOf(aspect, before)} → <strong>{aspectOf(aspect, after)}</strong>
                  </div>
                )),
        },
      ]}
    />
  );
}

function useAspects(): (aspect: Aspect, rule: Rule) => string {
  const words = useRuleWords();
  const label = useLabel();
  return (aspect, rule) => {
    if (aspect === 'force') return label('force', rule.force);
    if (aspect === 'basis') return `${rule.document} ${rule.article}`;
    return words[aspect](rule) || '—';
  };
}
