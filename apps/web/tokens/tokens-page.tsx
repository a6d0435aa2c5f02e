import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Flex, Popconfirm, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { DataTable } from '../shell/data-table';
import { useCommand, useProblemText } from '../shell/use-command';
import { Instant } from '../time/instant';
import { AddToken } from './add-token';

/** Tokens of machines and screens; a secret is shown once, when it is made. */
export function TokensPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['live', 'tokens'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/tokens', {
          params: { query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) } as never },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const revoke = useCommand(
    (id: string) => dataOf(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    t('tokens.revoked'),
  );
  return (
    <div className="page">
      <Flex align="center" gap={8} style={{ marginBottom: 12 }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0, flex: 1 }}>
          {t('tokens.title')}
        </Typography.Title>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('tokens.add')}
        </Button>
      </Flex>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} />}
      <DataTable
        size="small"
        rowKey="id"
        pagination={false}
        loading={query.isPending}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={t('tokens.none')} /> }}
        dataSource={query.data?.pages.flatMap((page) => page.items) ?? []}
        columns={[
          { dataIndex: 'name', title: t('tokens.name') },
          { key: 'scopes', title: t('tokens.scopes'), render: (_, token) => token.scopes.join(', ') },
          { key: 'expires', title: t('tokens.expires'), render: (_, token) => <Instant at={token.expiresAt} /> },
          { key: 'used', title: t('tokens.used'), render: (_, token) => <Instant at={token.lastUsedAt} /> },
          {
            key: 'end',
            render: (_, token) =>
              token.revokedAt === null ? (
                <Popconfirm title={t('tokens.revokeAsk')} onConfirm={() => revoke.mutate(token.id)}>
                  <Button size="small">{t('tokens.revoke')}</Button>
                </Popconfirm>
              ) : (
                t('tokens.ended')
              ),
          },
        ]}
      />
      {query.hasNextPage && (
        <Button block onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t('loadMore')}
        </Button>
      )}
      {adding && <AddToken onClose={() => setAdding(false)} />}
    </div>
  );
}
