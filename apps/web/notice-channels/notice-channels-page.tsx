import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useProblemText } from '../shell/use-command';
import { ChannelCard } from './channel-card';

const QUIET_MS = 15_000;
/** While a test is on its way. */
const WATCHING_MS = 1_000;

/** How notices reach people: each channel with what waits and what arrived, and a button to try it. */
export function NoticeChannelsPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ['live', 'notification-channels'],
    queryFn: () => dataOf(api.GET('/api/v1/notification-channels')),
    refetchInterval: ({ state }) => (isWatched(state.data?.items) ? WATCHING_MS : QUIET_MS),
  });
  return (
    <div className="page" style={{ maxWidth: 900 }}>
      <Typography.Title level={1} style={{ fontSize: '1.3em', marginTop: 0 }}>
        {t('noticeChannels.title')}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{t('noticeChannels.hint')}</Typography.Paragraph>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} />}
      {query.isPending && <Skeleton active />}
      {query.data?.items.map((channel) => (
        <ChannelCard key={channel.id} channel={channel} />
      ))}
    </div>
  );
}

/** Only a test that was not refused yet: one that is tried again after an hour needs no look every second. */
const isWatched = (items: { tests: { state: string; attempts: number; error: string | null }[] }[] = []): boolean =>
  items.some(({ tests }) => tests.some(({ state, error }) => state === 'pending' && error === null));
