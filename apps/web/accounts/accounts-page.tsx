import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Input, Popconfirm, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { usePlaces } from '../api/reference';
import { useSession } from '../api/session';
import { useLabel } from '../labels/labels';
import { DataTable } from '../shell/data-table';
import { useCommand, useProblemText } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import { AccountDuties, ResetPassword } from './account-duties';
import { AddAccount } from './add-account';

type Account = Schemas['Account'];

/** Who may do what where; accounts are disabled, never deleted, for the ledger names them. */
export function AccountsPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { states } = useAppearance();
  const [q, setQ] = useState('');
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['live', 'accounts', q],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/accounts', {
          params: {
            query: {
              limit: 50,
              ...(q === '' ? {} : { q }),
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            } as never,
          },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <Flex wrap gap={8} align="center" style={{ marginBottom: 12 }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0, flex: '1 1 160px' }}>
          {t('accounts.title')}
        </Typography.Title>
        <Input.Search
          allowClear
          placeholder={t('accounts.username')}
          aria-label={t('accounts.username')}
          onSearch={setQ}
          style={{ width: 200 }}
        />
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('accounts.add')}
        </Button>
      </Flex>
      {query.isError && <Alert type="error" showIcon title={problemText(query.error)} />}
      <DataTable<Account>
        size="small"
        rowKey="id"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={rows}
        columns={[
          {
            key: 'name',
            title: t('accounts.displayName'),
            render: (_, account) => (
              <>
                <strong>{account.displayName}</strong>
                <br />
                <Typography.Text type="secondary">{account.username}</Typography.Text>
              </>
            ),
          },
          { key: 'duties', title: t('accounts.duties'), render: (_, account) => <Duties account={account} /> },
          {
            key: 'state',
            title: t('accounts.state'),
            render: (_, account) => (
              <span style={{ color: account.disabledAt === null ? states.green : states.grey }}>
                {t(account.disabledAt === null ? 'accounts.enabled' : 'accounts.disabled')}
              </span>
            ),
          },
          {
            key: 'last',
            title: t('accounts.lastSignIn'),
            render: (_, account) =>
              account.lastSignInAt === null ? t('accounts.never') : <Instant at={account.lastSignInAt} />,
          },
          {
            key: 'sessions',
            title: t('accounts.sessions'),
            align: 'right',
            render: (_, account) => account.openSessions,
          },
          { key: 'actions', render: (_, account) => <Actions account={account} /> },
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
      {adding && <AddAccount onClose={() => setAdding(false)} />}
    </div>
  );
}

function Duties({ account }: { account: Account }) {
  const label = useLabel();
  const placeOf = usePlaces();
  const names = new Map<string, string[]>();
  for (const duty of account.duties.filter((held) => held.validTo === null || Date.parse(held.validTo) > Date.now())) {
    const where = duty.bodyName ?? placeOf(duty.jurisdiction);
    names.set(where, [...(names.get(where) ?? []), label('duty', duty.duty)]);
  }
  return (
    <div style={{ maxWidth: 420, whiteSpace: 'normal' }}>
      {[...names].map(([where, duties]) => (
        <div key={where}>
          {duties.map((duty) => (
            <Tag key={duty} style={{ marginInlineEnd: 4 }}>
              {duty}
            </Tag>
          ))}
          <Typography.Text type="secondary">{where}</Typography.Text>
        </div>
      ))}
    </div>
  );
}

function Actions({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'duties' | 'password' | null>(null);
  const own = useSession().userId === account.id;
  const disabled = account.disabledAt !== null;
  const path = { id: account.id };
  const setState = useCommand(
    () =>
      dataOf(
        api.PUT('/api/v1/accounts/{id}/state', {
          params: { path, header: ifMatch(account.version) },
          body: { disabled: !disabled },
        }),
      ),
    t('command.done'),
  );
  const endSessions = useCommand(
    () => dataOf(api.DELETE('/api/v1/accounts/{id}/sessions', { params: { path } })),
    t('command.done'),
  );
  if (own) return null;
  return (
    <Flex wrap gap={8}>
      <Button size="small" onClick={() => setDialog('duties')}>
        {t('accounts.duties')}
      </Button>
      <Button size="small" onClick={() => setDialog('password')}>
        {t('account.reset')}
      </Button>
      {dialog === 'duties' && <AccountDuties account={account} onClose={() => setDialog(null)} />}
      {dialog === 'password' && <ResetPassword account={account} onClose={() => setDialog(null)} />}
      <Popconfirm
        title={`${t(disabled ? 'accounts.enable' : 'accounts.disable')} ${account.username}?`}
        onConfirm={() => setState.mutate(undefined as never)}
      >
        <Button size="small" loading={setState.isPending}>
          {t(disabled ? 'accounts.enable' : 'accounts.disable')}
        </Button>
      </Popconfirm>
      {account.openSessions > 0 && (
        <Button size="small" loading={endSessions.isPending} onClick={() => endSessions.mutate(undefined as never)}>
          {t('accounts.endSessions')}
        </Button>
      )}
    </Flex>
  );
}
