import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Input, Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { DataTable } from '../shell/data-table';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { RefusalReason } from './refusal-reason';

type Rejection = Schemas['Rejection'];

/** What was refused and is kept: why, how large, and what may be done with it. */
export function RejectionList({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['live', 'rejections', id],
    queryFn: () => dataOf(api.GET('/api/v1/sources/{id}/rejections', { params: { path: { id } } })),
  });
  const rows = query.data?.items ?? [];
  if (query.isSuccess && rows.length === 0)
    return <Typography.Text type="secondary">{t('ingest.noRejections')}</Typography.Text>;
  return (
    <DataTable<Rejection>
      size="small"
      rowKey="id"
      loading={query.isPending}
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={rows}
      columns={[
        { key: 'at', title: t('ingest.refusedAt'), render: (_, row) => <Instant at={row.lastAt ?? row.at} /> },
        {
          key: 'place',
          title: t('ingest.place'),
          render: (_, row) => `${t(`ingest.rejectionKind.${row.kind}`)} ${row.place}`,
        },
        {
          key: 'why',
          title: t('ingest.rejectionReason'),
          render: (_, row) => (
            <span style={{ whiteSpace: 'normal', display: 'inline-block', maxWidth: 420 }}>
              <RefusalReason code={row.code} message={row.message} />
            </span>
          ),
        },
        { key: 'bytes', title: t('ingest.bytes'), render: (_, row) => row.byteCount ?? '—' },
        { key: 'attempts', title: t('ingest.attempts'), render: (_, row) => row.attempts },
        { key: 'state', title: t('sourcesPage.state'), render: (_, row) => t(`ingest.rejectionState.${row.state}`) },
        { key: 'actions', render: (_, row) => <Actions row={row} /> },
      ]}
    />
  );
}

function Actions({ row }: { row: Rejection }) {
  const { t } = useTranslation();
  const may = useMay();
  const [modal, modalPlace] = Modal.useModal();
  const path = { id: row.sourceId, rejection: row.id };
  const decide = useCommand((decision: 'replay' | 'discard') =>
    dataOf(api.POST('/api/v1/sources/{id}/rejections/{rejection}/decide', { params: { path }, body: { decision } })),
  );
  const reveal = useCommand(async (reason: string) => {
    const { bytes } = await dataOf(
      api.POST('/api/v1/sources/{id}/rejections/{rejection}/reveal', { params: { path }, body: { reason } }),
    );
    const text = new TextDecoder().decode(Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0)));
    modal.info({
      width: 720,
      title: row.place,
      content: <pre style={{ whiteSpace: 'pre-wrap' }}>{text.slice(0, 20_000)}</pre>,
    });
  });
  const ask = () => {
    let reason = '';
    modal.confirm({
      title: t('ingest.showBytesReason'),
      content: <Input maxLength={500} onChange={(event) => (reason = event.target.value)} />,
      onOk: () => reveal.mutate(reason),
    });
  };
  const open = row.state === 'held';
  return (
    <Flex gap={8}>
      {modalPlace}
      {may('source.manage') && open && row.byteCount !== null && (
        <Button size="small" onClick={() => decide.mutate('replay')}>
          {t('ingest.replay')}
        </Button>
      )}
      {may('source.manage') && open && (
        <Button size="small" onClick={() => decide.mutate('discard')}>
          {t('ingest.discard')}
        </Button>
      )}
      {may('personalData.reveal') && row.byteCount !== null && (
        <Button size="small" onClick={ask}>
          {t('ingest.showBytes')}
        </Button>
      )}
    </Flex>
  );
}
