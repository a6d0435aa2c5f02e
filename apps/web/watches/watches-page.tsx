import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useProblemText } from '../shell/use-command';
import { Instant } from '../time/instant';
import { WatchDialog } from './watch-dialog';

type Watch = Schemas['Watch'];

/** Risk notes before policies and events, and what they have met. */
export function WatchesPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [editing, setEditing] = useState<Watch | 'new' | null>(null);
  const query = useQuery({ queryKey: ['live', 'watches'], queryFn: () => dataOf(api.GET('/api/v1/watches')) });
  const watches = query.data?.items ?? [];
  return (
    <div className="page">
      <Flex justify="space-between" align="center" gap={8} wrap style={{ marginBottom: 12 }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0 }}>
          {t('triage.watches.title')}
        </Typography.Title>
        <Button type="primary" onClick={() => setEditing('new')}>
          {t('triage.watches.add')}
        </Button>
      </Flex>
      <Typography.Paragraph type="secondary">{t('triage.watches.explain')}</Typography.Paragraph>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} />}
      {query.isSuccess && watches.length === 0 && <Empty description={t('triage.watches.none')} />}
      <ul className="rows">
        {watches.map((watch) => (
          <li key={watch.id}>
            <WatchRow watch={watch} onEdit={() => setEditing(watch)} />
          </li>
        ))}
      </ul>
      {editing !== null && <WatchDialog watch={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

function WatchRow({ watch, onEdit }: { watch: Watch; onEdit: () => void }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  return (
    <Flex vertical gap={4}>
      <Flex gap={8} wrap align="center">
        <strong>{watch.title}</strong>
        <Tag color={watch.state === 'open' ? 'blue' : 'default'}>{t(`triage.watches.${watch.state}`)}</Tag>
        <Instant at={watch.startsAt} /> – <Instant at={watch.endsAt} />
        <span>
          {t('triage.watches.hits')} {watch.hitCount}
        </span>
        <Button size="small" onClick={onEdit}>
          {t('triage.watches.edit')}
        </Button>
      </Flex>
      <span>
        {watch.words.map((word) => (
          <Tag key={word}>{word}</Tag>
        ))}
        {watch.places.join('、')}
      </span>
      {watch.risks !== '' && <span className="muted">{watch.risks}</span>}
      {watch.wording !== '' && <span>{watch.wording}</span>}
      {watch.bodyId !== null && <span className="muted">{nameOf(watch.bodyId)}</span>}
      {watch.incidents.map((incident) => (
        <Link key={incident.id} to={`/incidents/${incident.id}`}>
          {incident.number} {incident.title}
        </Link>
      ))}
    </Flex>
  );
}
