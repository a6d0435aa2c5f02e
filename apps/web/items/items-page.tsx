import { Alert, Button, Empty, Flex, Input, Segmented, Spin, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useProblemText } from '../shell/use-command';
import { EnterDialog } from './enter-dialog';
import { ItemCard } from './item-card';
import { LANES, type Lane, useItems } from './use-items';

/** What came in and is no incident: what the rules were unsure of, what they put aside, everything. A person's word counts. */
export function ItemsPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [query, setQuery] = useSearchParams();
  const [entering, setEntering] = useState(false);
  const lane: Lane = LANES.find((known) => known === query.get('lane')) ?? 'unsure';
  const words = query.get('q') ?? '';
  const items = useItems(lane, words);
  const go = (next: { lane?: Lane; q?: string }) => {
    const wanted = { lane, q: words, ...next };
    setQuery({ lane: wanted.lane, ...(wanted.q === '' ? {} : { q: wanted.q }) }, { replace: true });
  };
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <Flex justify="space-between" align="center" gap={8} wrap>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0 }}>
          {t('items.title')}
        </Typography.Title>
        <Button onClick={() => setEntering(true)}>{t('items.enter')}</Button>
      </Flex>
      <Flex gap={12} wrap style={{ marginBlock: 12 }}>
        <Segmented<Lane>
          value={lane}
          onChange={(next) => go({ lane: next })}
          options={LANES.map((value) => ({ value, label: t(`items.lane.${value}`) }))}
        />
        <Input.Search
          key={words}
          defaultValue={words}
          allowClear
          maxLength={100}
          placeholder={t('items.search')}
          aria-label={t('items.search')}
          onSearch={(q) => go({ q: q.trim() })}
          style={{ flex: '1 1 200px', maxWidth: 360 }}
        />
      </Flex>
      <Typography.Paragraph type="secondary">{t(`items.explain.${lane}`)}</Typography.Paragraph>
      {items.isError && <Alert type="error" showIcon title={problemText(items.error)} />}
      {items.isPending && <Spin />}
      {items.isSuccess && rows.length === 0 && <Empty description={t(`items.none.${words === '' ? lane : 'found'}`)} />}
      <ul className="rows">
        {rows.map((item) => (
          <li key={item.id}>
            <ItemCard item={item} />
          </li>
        ))}
      </ul>
      {items.hasNextPage && (
        <Button block loading={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
          {t('items.more')}
        </Button>
      )}
      {entering && <EnterDialog onClose={() => setEntering(false)} />}
    </div>
  );
}
