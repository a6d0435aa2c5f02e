import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Alert, Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useLabel } from '../labels/labels';
import { DataTable } from '../shell/data-table';
import { fullTime } from '../time/format';

/** The sealed ledger, newest first, and a check of its chain. */
export function LedgerPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const query = useInfiniteQuery({
    queryKey: ['live', 'ledger'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/ledger', {
          params: { query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) } as never },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const verify = useMutation({ mutationFn: () => dataOf(api.GET('/api/v1/ledger/verify')) });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <Flex justify="space-between" align="center" style={{ marginBottom: 12 }}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('ledgerPage.title')}
        </Typography.Title>
        <Button onClick={() => verify.mutate()} loading={verify.isPending}>
          {t('ledgerPage.verify')}
        </Button>
      </Flex>
      {verify.data !== undefined && (
        <Alert
          showIcon
          style={{ marginBottom: 12 }}
          type={verify.data.ok ? 'success' : 'error'}
          title={
            verify.data.ok
              ? t('ledgerPage.holds', { checked: verify.data.checked })
              : t('ledgerPage.broken', { seq: verify.data.firstBreak })
          }
        />
      )}
      <DataTable<Schemas['LedgerEntry']>
        size="small"
        rowKey="id"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={rows}
        columns={[
          { key: 'seq', title: t('ledgerPage.seq'), render: (_, row) => row.seq },
          {
            key: 'at',
            title: t('ledgerPage.at'),
            render: (_, row) => <span className="digits">{fullTime(row.at)}</span>,
          },
          {
            key: 'type',
            title: t('ledgerPage.what'),
            render: (_, row) =>
              row.incidentId === null ? (
                label('event', row.type)
              ) : (
                <Link to={`/incidents/${row.incidentId}`}>{label('event', row.type)}</Link>
              ),
          },
          {
            key: 'who',
            title: t('ledgerPage.who'),
            render: (_, row) => (row.actorKind === 'system' ? label('process', row.actorName) : row.actorName),
          },
          { key: 'why', title: t('ledgerPage.why'), render: (_, row) => row.reason ?? row.rule ?? '' },
          {
            key: 'hash',
            title: 'SHA-256',
            render: (_, row) => (
              <Typography.Text type="secondary" className="digits">
                {row.hash.slice(0, 12)}…
              </Typography.Text>
            ),
          },
        ]}
      />
      {query.hasNextPage && (
        <Button
          block
          onClick={() => void query.fetchNextPage()}
          loading={query.isFetchingNextPage}
          style={{ marginTop: 8 }}
        >
          {t('loadMore')}
        </Button>
      )}
    </div>
  );
}
