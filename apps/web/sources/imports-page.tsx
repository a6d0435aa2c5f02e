import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Checkbox, Flex, InputNumber, Progress, Select, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { DataTable } from '../shell/data-table';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { RefusalReason } from './refusal-reason';

type Import = Schemas['Import'];

/** Spreadsheets of the hotline: upload, dry run, what the columns mean, progress, errors by row, stop and go on. */
export function ImportsPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const query = useQuery({
    queryKey: ['live', 'imports'],
    queryFn: () => dataOf(api.GET('/api/v1/imports')),
    refetchInterval: 3_000,
  });
  const rows = query.data?.items ?? [];
  return (
    <div className="page">
      <Link to="/sources">{t('ingest.back')}</Link>
      <Typography.Title level={1} style={{ fontSize: '1.3em', margin: '4px 0 12px' }}>
        {t('ingest.importTitle')}
      </Typography.Title>
      <NewImport onBegun={setChosen} />
      {query.isSuccess && rows.length === 0 && (
        <Typography.Text type="secondary">{t('ingest.importEmpty')}</Typography.Text>
      )}
      {rows.map((row) => (
        <ImportCard key={row.id} row={row} open={row.id === (chosen ?? rows[0]?.id)} onOpen={() => setChosen(row.id)} />
      ))}
    </div>
  );
}

function NewImport({ onBegun }: { onBegun: (id: string) => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const [dryRun, setDryRun] = useState(true);
  const [year, setYear] = useState<number | null>(null);
  const begin = useCommand(async (chosen: File) => {
    const answer = await dataOf(
      api.POST('/api/v1/imports', {
        params: { query: { fileName: chosen.name, dryRun: String(dryRun), ...(year === null ? {} : { year }) } },
        body: chosen as never,
        bodySerializer: (body: unknown) => body as Blob,
        headers: { 'content-type': 'application/octet-stream' },
      } as never),
    );
    setFile(undefined);
    onBegun((answer as { id: string }).id);
  });
  return (
    <Card size="small" style={{ marginBottom: 16 }}>
      <Flex gap={12} wrap align="center">
        <Upload
          accept=".csv,.xlsx"
          showUploadList={false}
          beforeUpload={(next) => {
            setFile(next);
            return false;
          }}
        >
          <Button>{file?.name ?? t('ingest.importChoose')}</Button>
        </Upload>
        <label>
          {t('ingest.importYear')} <InputNumber min={2000} max={2100} value={year} onChange={setYear} />
        </label>
        <Checkbox checked={dryRun} onChange={(event) => setDryRun(event.target.checked)}>
          {t('ingest.importDry')}
        </Checkbox>
        <Button
          type="primary"
          disabled={file === undefined}
          loading={begin.isPending}
          onClick={() => begin.mutate(file!)}
        >
          {t('ingest.importStart')}
        </Button>
      </Flex>
    </Card>
  );
}

const percentOf = (row: Import) =>
  row.state === 'done' ? 100 : row.byteTotal === 0 ? 0 : Math.floor((row.byteDone / row.byteTotal) * 100);

function ImportCard({ row, open, onOpen }: { row: Import; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const path = { id: row.id };
  const cancel = useCommand(() => dataOf(api.POST('/api/v1/imports/{id}/cancel', { params: { path }, body: {} })));
  const resume = useCommand(() => dataOf(api.POST('/api/v1/imports/{id}/resume', { params: { path }, body: {} })));
  const repeat = useCommand((dryRun: boolean) =>
    dataOf(
      api.POST('/api/v1/imports/{id}/repeat', {
        params: { path },
        body: { dryRun, ...(row.year === null ? {} : { year: row.year }) },
      }),
    ),
  );
  const counts = {
    read: row.rowCount,
    accepted: row.acceptedCount,
    duplicates: row.duplicateCount,
    rejected: row.rejectedCount,
  };
  return (
    <Card
      size="small"
      style={{ marginBottom: 12 }}
      title={
        <Button
          type="link"
          style={{ padding: 0, whiteSpace: 'normal', textAlign: 'start' }}
          aria-expanded={open}
          onClick={onOpen}
        >
          {row.fileName}
        </Button>
      }
      extra={
        <span>
          {row.dryRun && `${t('ingest.dryRun')} · `}
          {t(`ingest.importState.${row.state}`)} · <Instant at={row.createdAt} />
        </span>
      }
    >
      <Progress
        percent={percentOf(row)}
        status={row.state === 'failed' ? 'exception' : row.state === 'done' ? 'success' : 'normal'}
        aria-label={t('ingest.importProgress')}
      />
      <p>{t('ingest.importRead', counts)}</p>
      {row.error !== null && <Alert type="error" showIcon title={row.error} />}
      <Flex gap={8} wrap style={{ marginTop: 8 }}>
        {(row.state === 'running' || row.state === 'received') && (
          <Button size="small" onClick={() => cancel.mutate(undefined as never)}>
            {t('ingest.importCancel')}
          </Button>
        )}
        {(row.state === 'cancelled' || row.state === 'failed') && (
          <Button size="small" onClick={() => resume.mutate(undefined as never)}>
            {t('ingest.importResume')}
          </Button>
        )}
        {row.state === 'done' && row.dryRun && (
          <>
            <Button size="small" type="primary" onClick={() => repeat.mutate(false)}>
              {t('ingest.importRepeat')}
            </Button>
            <Button size="small" onClick={() => repeat.mutate(true)}>
              {t('ingest.importRetry')}
            </Button>
          </>
        )}
      </Flex>
      {open && <ImportDetail row={row} />}
    </Card>
  );
}

function ImportDetail({ row }: { row: Import }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['live', 'import', row.id],
    queryFn: () => dataOf(api.GET('/api/v1/imports/{id}', { params: { path: { id: row.id } } })),
  });
  const errors = query.data?.rejections ?? [];
  return (
    <>
      {row.headers?.[0] !== undefined && <Mapping row={row} header={row.headers[0]} />}
      {errors.length > 0 && (
        <>
          <Typography.Title level={2} style={{ fontSize: '1.05em', marginTop: 12 }}>
            {t('ingest.importErrors')}
          </Typography.Title>
          <DataTable
            size="small"
            rowKey="place"
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            scroll={{ x: 'max-content' }}
            dataSource={errors}
            columns={[
              { key: 'place', title: t('ingest.place'), render: (_, error) => error.place },
              {
                key: 'code',
                title: t('ingest.rejectionReason'),
                render: (_, error) => (
                  <span style={{ whiteSpace: 'normal', display: 'inline-block', maxWidth: 420 }}>
                    <RefusalReason code={error.code} message={error.message} />
                  </span>
                ),
              },
            ]}
          />
        </>
      )}
    </>
  );
}

/** What each column was taken for, to be corrected and kept. */
function Mapping({ row, header }: { row: Import; header: NonNullable<Import['headers']>[number] }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(header.fields);
  const names = t('ingest.fields', { returnObjects: true }) as unknown as Record<string, string>;
  const options = [
    { value: '', label: t('ingest.importNoField') },
    ...Object.entries(names).map(([value, label]) => ({ value, label })),
  ];
  const save = useCommand(
    () =>
      dataOf(
        api.PUT('/api/v1/sources/{id}/mapping', {
          params: { path: { id: row.sourceId } },
          body: {
            columns: Object.fromEntries(
              header.headers.flatMap((name, place) => (fields[place] && name !== '' ? [[name, fields[place]]] : [])),
            ) as never,
          },
        }),
      ),
    t('ingest.importMappingSave'),
  );
  return (
    <section style={{ marginTop: 12 }}>
      <Typography.Title level={2} style={{ fontSize: '1.05em' }}>
        {t('ingest.importMapping')}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{t('ingest.importMappingHint')}</Typography.Paragraph>
      <Flex gap={12} wrap>
        {header.headers.map((name, place) => (
          <label key={`${place} ${name}`} style={{ width: 160 }}>
            {name}
            <Select
              style={{ width: '100%' }}
              value={fields[place] ?? ''}
              options={options}
              aria-label={name}
              onChange={(value) => setFields(fields.map((field, index) => (index === place ? value || null : field)))}
            />
          </label>
        ))}
      </Flex>
      <Button style={{ marginTop: 8 }} loading={save.isPending} onClick={() => save.mutate(undefined as never)}>
        {t('ingest.importMappingSave')}
      </Button>
    </section>
  );
}
