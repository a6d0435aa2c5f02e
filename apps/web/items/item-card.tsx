import { Button, Flex, Tag, Typography } from 'antd';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ValueTag } from '../labels/labels';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import { ItemGround } from './item-ground';
import { type ItemActs, JudgeButtons } from './judge-buttons';
import type { Item } from './use-items';

/** Categories that the decision beside them says already. */
const SAID_BY_DECISION = new Set(['NONE', 'SR']);

interface ItemCardProps {
  item: Item;
  /** Its grounds are shown. */
  open: boolean;
  onOpen: (open: boolean) => void;
  choosing: boolean;
  onChoosing: (open: boolean) => void;
  onJudged: () => void;
  acts?: RefObject<ItemActs | null> | undefined;
}

/** One item: what it says, what the rules made of it, and a person's word on it in one action. */
export function ItemCard({ item, open, onOpen, ...word }: ItemCardProps) {
  const { t } = useTranslation();
  const { drill } = useAppearance();
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
          <Button type="link" size="small" aria-expanded={open} onClick={() => onOpen(!open)}>
            {t(open ? 'items.less' : 'items.why')}
          </Button>
          {item.url !== null && (
            <a href={item.url} target="_blank" rel="noreferrer noopener">
              {t('incident.original')}
            </a>
          )}
        </Typography.Text>
        <Word item={item} {...word} />
      </Flex>
    </article>
  );
}

/** The incident that it belongs to, or what a person said, or the buttons to say it. */
function Word({ item, ...word }: Omit<ItemCardProps, 'open' | 'onOpen'>) {
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
      <JudgeButtons item={item} {...word} />
    </Flex>
  );
}
