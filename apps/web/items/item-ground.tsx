import { useQuery } from '@tanstack/react-query';
import { Spin, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { Highlighted } from '../incident/highlighted';
import { ReasonWords } from '../incident/reason-words';
import { reasonsOf, spansIn } from '../incident/reasons';
import { useLabel } from '../labels/labels';
import type { Item } from './use-items';

interface Analysis {
  reasons?: unknown;
  categories?: { scores?: Record<string, number>; abstained?: boolean };
  model_version?: string;
  rule_version?: string;
}

/** The whole text with the words that counted, and how near each category was. */
export function ItemGround({ item }: { item: Item }) {
  const { t } = useTranslation();
  const label = useLabel();
  const query = useQuery({
    queryKey: ['item', item.id],
    queryFn: () => dataOf(api.GET('/api/v1/items/{id}', { params: { path: { id: item.id } } })),
  });
  if (query.isPending) return <Spin />;
  const analysis = (query.data?.analysis ?? {}) as Analysis;
  const reasons = reasonsOf(analysis.reasons);
  const scores = Object.entries(analysis.categories?.scores ?? {})
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3);
  return (
    <section aria-label={t('items.why')} className="item-ground">
      <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: '6px 0' }}>
        <Highlighted text={item.body} spans={spansIn(reasons, item.title.length + 1, item.body.length, t)} />
      </p>
      <ReasonWords reasons={reasons} />
      {scores.length > 0 && (
        <div className="digits">
          <Typography.Text type="secondary">{t('items.scores')}：</Typography.Text>
          {scores.map(([category, score]) => `${label('category', category)} ${score.toFixed(2)}`).join(' · ')}
        </div>
      )}
      {analysis.model_version !== undefined && (
        <Typography.Text type="secondary">
          {t('triage.trial.versions', { model: analysis.model_version, rules: analysis.rule_version ?? '' })}
        </Typography.Text>
      )}
    </section>
  );
}
