import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { Coded } from '../shell/coded';
import { useCommand, useProblemText } from '../shell/use-command';
import { Instant } from '../time/instant';

/** What a stage had to give up; chosen ones are given back to it. */
export function DeadLetters() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState<string[]>([]);
  const query = useInfiniteQuery({
    queryKey: ['live', 'dead-letters'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/dead-letters', {
          params: { query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) } as never },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const replay = useCommand(
    (ids: string[]) => dataOf(api.POST('/api/v1/dead-letters/replay', { body: { ids } })),
    t('operations.replayed'),
  );
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card
      size="small"
      title={t('operations.deadLetters')}
      extra={
        <Button
          disabled={chosen.length === 0}
          loading={replay.isPending}
          onClick={() => replay.mutate(chosen, { onSuccess: () => setChosen([]) })}
        >
          {t('operations.replay', { count: chosen.length })}
        </Button>
      }
    >
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} />}
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        loading={query.isPending}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={t('operations.noLetters')} /> }}
        dataSource={rows}
        rowSelection={{
          selectedRowKeys: chosen,
          onChange: (keys) => setChosen(keys.map(String)),
          getCheckboxProps: (row) => ({ disabled: row.replayedAt !== null, 'aria-label': row.title ?? row.subject }),
        }}
        columns={[
          { key: 'what', title: t('operations.what'), render: (_, row) => row.title ?? row.subject },
          {
            key: 'stage',
            title: t('operations.stage'),
            render: (_, row) => <Coded group="parts" code={row.stage} />,
          },
          {
            key: 'why',
            title: t('operations.why'),
            render: (_, row) => (
              <>
                {row.code}
                <br />
                <Typography.Text type="secondary">{row.message}</Typography.Text>
              </>
            ),
          },
          { dataIndex: 'attempts', title: t('operations.attempts'), align: 'right' },
          { key: 'last', title: t('operations.last'), render: (_, row) => <Instant at={row.lastAt} /> },
          { key: 'replayed', title: t('operations.replayedAt'), render: (_, row) => <Instant at={row.replayedAt} /> },
        ]}
      />
      {query.hasNextPage && (
        <Button block onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t('loadMore')}
        </Button>
      )}
    </Card>
  );
}
