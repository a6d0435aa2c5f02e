import { QuestionCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Flex, Input, type InputRef, Segmented, Spin, Typography } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useShortcuts } from '../inbox/use-shortcuts';
import { useProblemText } from '../shell/use-command';
import { EnterDialog } from './enter-dialog';
import { ItemCard } from './item-card';
import { ItemKeys } from './item-keys';
import type { ItemActs } from './judge-buttons';
import { useCurrent } from './use-current';
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
  const [opened, setOpened] = useState<string | null>(null);
  const [choosing, setChoosing] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  const search = useRef<InputRef>(null);
  const acts = useRef<ItemActs | null>(null);
  const { current, row, move, choose, leave } = useCurrent(rows);
  // An open list of categories has the keys for itself.
  const unlessChoosing = (act: () => void) => () => (rows.some(({ id }) => id === choosing) ? undefined : act());
  useShortcuts({
    j: unlessChoosing(() => move(1)),
    k: unlessChoosing(() => move(-1)),
    Enter: unlessChoosing(() => setOpened(current === undefined || current.id === opened ? null : current.id)),
    c: unlessChoosing(() => acts.current !== null && setChoosing(current?.id ?? null)),
    s: unlessChoosing(() => acts.current?.request()),
    e: unlessChoosing(() => acts.current?.nothing()),
    '/': unlessChoosing(() => search.current?.focus()),
    '?': unlessChoosing(() => setHelp(true)),
  });
  return (
    <div className="page">
      <Flex justify="space-between" align="center" gap={8} wrap>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0 }}>
          {t('items.title')}
        </Typography.Title>
        <span>
          <Button onClick={() => setEntering(true)}>{t('items.enter')}</Button>
          <Button
            type="text"
            icon={<QuestionCircleOutlined />}
            onClick={() => setHelp(true)}
            aria-label={t('inbox.help')}
            title="?"
          />
        </span>
      </Flex>
      <Flex gap={12} wrap style={{ marginBlock: 12 }}>
        <Segmented<Lane>
          value={lane}
          onChange={(next) => go({ lane: next })}
          options={LANES.map((value) => ({ value, label: t(`items.lane.${value}`) }))}
        />
        <Input.Search
          ref={search}
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
          <li
            key={item.id}
            ref={item.id === current?.id ? row : null}
            aria-current={item.id === current?.id ? true : undefined}
            onClick={() => choose(item.id)}
          >
            <ItemCard
              item={item}
              open={item.id === opened}
              onOpen={(open) => setOpened(open ? item.id : null)}
              choosing={item.id === choosing}
              onChoosing={(open) => setChoosing(open ? item.id : null)}
              onJudged={() => leave(item.id)}
              acts={item.id === current?.id ? acts : undefined}
            />
          </li>
        ))}
      </ul>
      {items.hasNextPage && (
        <Button block loading={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
          {t('items.more')}
        </Button>
      )}
      {help && <ItemKeys onClose={() => setHelp(false)} />}
      {entering && <EnterDialog onClose={() => setEntering(false)} />}
    </div>
  );
}
