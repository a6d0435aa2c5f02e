import { Button, Dropdown, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { ValueTag } from '../labels/labels';
import { useOptions } from '../labels/options';
import { useAppearance } from '../theme/appearance';
import { useSay } from '../shell/say';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { ItemGround } from './item-ground';
import type { Item } from './use-items';

const TAKEN_UP_AS = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7-suspected'] as const;

/** Categories that the decision beside them says already. */
const SAID_BY_DECISION = new Set(['NONE', 'SR']);

/** One item: what it says, what the rules made of it, and a person's word on it in one action. */
export function ItemCard({ item }: { item: Item }) {
  const { t } = useTranslation();
  const { drill } = useAppearance();
  const [open, setOpen] = useState(false);
  return (
    <article aria-label={item.title || item.body.slice(0, 40)} style={{ padding: '6px 0' }}>
      <Flex gap={8} wrap align="baseline">
        {item.title !== '' && <strong>{item.title}</strong>}
        {item.drill && (
          <Tag style={{ background: drill.ground, color: drill.text, borderColor: drill.text }}>
            {t('incident.drill')}
          </Tag>
        )}
        {item.decision !== null && <Tag>{t(`triage.trial.decision.${item.decision}` as never)}</Tag>}
        {item.category !== null && !SAID_BY_DECISION.has(item.category) && (
          <ValueTag group="category" value={item.category} />
        )}
      </Flex>
      {open ? <ItemGround item={item} /> : <p className="item-text">{item.body}</p>}
      <Flex gap={8} wrap align="center" justify="space-between">
        <Typography.Text type="secondary" style={{ overflowWrap: 'anywhere' }}>
          {item.sourceName} · <Instant at={item.publishedAt ?? item.receivedAt} />{' '}
          <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'items.less' : 'items.why')}
          </Button>
          {item.url !== null && (
            <a href={item.url} target="_blank" rel="noreferrer noopener">
              {t('incident.original')}
            </a>
          )}
        </Typography.Text>
        <Word item={item} />
      </Flex>
    </article>
  );
}

/** The incident that it belongs to, or what a person said, or the buttons to say it. */
function Word({ item }: { item: Item }) {
  const { t } = useTranslation();
  if (item.incidentId !== null) return <Link to={`/incidents/${item.incidentId}`}>{t('items.toIncident')}</Link>;
  if (item.state === 'received') return <Typography.Text type="secondary">{t('items.waits')}</Typography.Text>;
  return (
    <Flex gap={8} wrap align="center">
      {item.judgedCategory !== null && (
        <Typography.Text type="secondary">
          {t('items.judgedAs')} <ValueTag group="category" value={item.judgedCategory} /> <Instant at={item.judgedAt} />
        </Typography.Text>
      )}
      <JudgeButtons item={item} />
    </Flex>
  );
}

function JudgeButtons({ item }: { item: Item }) {
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
      if (incident === null) say.success(t('items.kept'));
      else void navigate(`/incidents/${incident.id}`);
    }),
  );
  return (
    <>
      <Dropdown
        trigger={['click']}
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
