import { Button, Card, Descriptions, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useCommand } from '../shell/use-command';
import { useIsPhone } from '../shell/use-is-phone';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import { OwnTests } from './own-tests';

type Channel = Schemas['NotificationChannel'];

/** One channel: whom it reaches, how it does, and one's own tests of it. */
export function ChannelCard({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  // A press is one test, also when the line breaks and it is sent again.
  const test = useCommand(
    (key: string) =>
      dataOf(
        api.POST('/api/v1/notification-channels/{id}/test', {
          params: { path: { id: channel.id } },
          headers: { 'Idempotency-Key': key },
          body: {},
        }),
      ),
    t('noticeChannels.asked'),
  );
  return (
    <Card
      size="small"
      style={{ marginBottom: 12 }}
      title={<h2 style={{ fontSize: '1em', margin: 0 }}>{t(`noticeChannels.kinds.${channel.kind}`)}</h2>}
      extra={
        <Button type="primary" loading={test.isPending} onClick={() => test.mutate(newKey())}>
          {t('noticeChannels.test')}
        </Button>
      }
    >
      <Standing channel={channel} column={phone ? 1 : 2} />
      <Typography.Title level={3} style={{ fontSize: '1em', marginTop: 16 }}>
        {t('noticeChannels.tests')}
      </Typography.Title>
      <OwnTests tests={channel.tests} />
    </Card>
  );
}

function Standing({ channel, column }: { channel: Channel; column: number }) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const failed = t('noticeChannels.failed', { count: channel.failedCount });
  const items = [
    {
      key: 'reaches',
      label: t('noticeChannels.reaches'),
      children: channel.reaches.map((whom) => t(`noticeChannels.reach.${whom}`)).join(' · '),
    },
    {
      key: 'day',
      label: t('noticeChannels.day'),
      children: (
        <span>
          {t('noticeChannels.delivered', { count: channel.deliveredCount })} ·{' '}
          {channel.failedCount > 0 ? <span style={{ color: states.red }}>✕ {failed}</span> : failed}
        </span>
      ),
    },
    {
      key: 'pending',
      label: t('noticeChannels.pending'),
      children: (
        <span>
          {channel.pendingCount}
          {channel.oldestPendingAt !== null && (
            <>
              {' '}
              · {t('noticeChannels.oldest')} <Instant at={channel.oldestPendingAt} />
            </>
          )}
        </span>
      ),
    },
    {
      key: 'lastDelivered',
      label: t('noticeChannels.lastDelivered'),
      children: channel.lastDeliveredAt === null ? t('noticeChannels.never') : <Instant at={channel.lastDeliveredAt} />,
    },
    {
      key: 'lastError',
      label: t('noticeChannels.lastError'),
      children:
        channel.lastErrorAt === null ? (
          t('noticeChannels.noError')
        ) : (
          <span style={{ overflowWrap: 'anywhere' }}>
            <Instant at={channel.lastErrorAt} /> {channel.lastError}
          </span>
        ),
    },
  ];
  return <Descriptions size="small" bordered column={column} items={items} />;
}

/** A key of a call that may be sent twice. `randomUUID` is missing where the page came without TLS. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
