import { Button, Dropdown } from 'antd';
import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useOptions } from '../labels/options';
import { useSay } from '../shell/say';
import { useCommand } from '../shell/use-command';
import type { Item } from './use-items';

const TAKEN_UP_AS = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7-suspected'] as const;

/** What the keys of the page do with the item that they are about. */
export interface ItemActs {
  request: () => void;
  nothing: () => void;
}

interface JudgeButtonsProps {
  item: Item;
  /** The list of categories to take it up as is open. */
  choosing: boolean;
  onChoosing: (open: boolean) => void;
  onJudged: () => void;
  /** Of the item that the keys are about. */
  acts?: RefObject<ItemActs | null> | undefined;
}

/** A person's word on an item: it is a case of a category, a service request, or nothing to answer. */
export function JudgeButtons({ item, choosing, onChoosing, onJudged, acts }: JudgeButtonsProps) {
  const { t } = useTranslation();
  const say = useSay();
  const navigate = useNavigate();
  const options = useOptions();
  const judge = useCommand((category: Schemas['Category']) =>
    dataOf(
      api.POST('/api/v1/items/{id}/judgement', {
        params: { path: { id: item.id }, header: {} as never },
        body: { category },
      }),
    ).then(({ incident }) => {
      if (incident !== null) return void navigate(`/incidents/${incident.id}`);
      say.success(t('items.kept'));
      onJudged();
    }),
  );
  useEffect(() => {
    if (acts === undefined) return undefined;
    const once = (category: Schemas['Category']) => () => {
      // A key that is held down speaks once.
      if (!judge.isPending && !judge.isSuccess) judge.mutate(category);
    };
    const own: ItemActs = { request: once('SR'), nothing: once('NONE') };
    acts.current = own;
    return () => {
      if (acts.current === own) acts.current = null;
    };
  });
  return (
    <>
      <Dropdown
        trigger={['click']}
        autoFocus
        open={choosing}
        onOpenChange={onChoosing}
        menu={{
          items: options('category', TAKEN_UP_AS).map(({ value, label }) => ({ key: value, label })),
          onClick: ({ key }) => judge.mutate(key as Schemas['Category']),
        }}
      >
        <Button loading={judge.isPending}>{t('items.takeUp')}</Button>
      </Dropdown>
      <Button disabled={judge.isPending} onClick={() => judge.mutate('SR')}>
        {t('items.asRequest')}
      </Button>
      <Button disabled={judge.isPending} onClick={() => judge.mutate('NONE')}>
        {t('items.nothing')}
      </Button>
    </>
  );
}
