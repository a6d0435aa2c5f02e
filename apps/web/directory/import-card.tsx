import { Alert, Button, Card, Flex, Typography } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { DataTable } from '../shell/data-table';
import { useCommand } from '../shell/use-command';

type Outcome = Schemas['DirectoryImport'];

/** A table of bodies, people and turns: first a trial that names each faulty row, then, faultless, the writing. */
export function ImportCard() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const run = useCommand(async ({ chosen, apply }: { chosen: File; apply: boolean }) => {
    const bytes = await chosen.arrayBuffer();
    setOutcome(
      await dataOf(
        api.POST('/api/v1/directory/import', {
          params: { query: { apply: String(apply) } as never },
          headers: { 'content-type': 'application/octet-stream' },
          body: bytes as never,
          bodySerializer: (body) => body as unknown as BodyInit,
        }),
      ),
    );
  });
  const choose = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setFile(chosen);
    setOutcome(null);
    run.mutate({ chosen, apply: false });
  };
  return (
    <Card size="small" title={t('directoryPage.import')}>
      <Typography.Paragraph type="secondary">{t('directoryPage.importHint')}</Typography.Paragraph>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Flex gap={8} wrap align="center" style={{ marginBottom: 12 }}>
        <Button onClick={() => input.current?.click()} loading={run.isPending}>
          {t('directoryPage.file')}
        </Button>
        {file !== null && <Typography.Text>{file.name}</Typography.Text>}
        {file !== null && outcome !== null && !outcome.applied && outcome.faults.length === 0 && (
          <Button type="primary" onClick={() => run.mutate({ chosen: file, apply: true })} loading={run.isPending}>
            {t('directoryPage.apply')}
          </Button>
        )}
      </Flex>
      {outcome !== null && (
        <Alert
          type={outcome.faults.length > 0 ? 'error' : outcome.applied ? 'success' : 'info'}
          showIcon
          title={t(outcome.applied ? 'directoryPage.applied' : 'directoryPage.tried', {
            bodies: outcome.bodies,
            persons: outcome.persons,
            turns: outcome.turns,
          })}
          style={{ marginBottom: 12 }}
        />
      )}
      {outcome !== null && outcome.faults.length > 0 && (
        <DataTable
          size="small"
          pagination={false}
          scroll={{ x: 'max-content' }}
          rowKey={(fault) => `${fault.row} ${fault.column} ${fault.code}`}
          dataSource={outcome.faults}
          columns={[
            { key: 'row', title: t('directoryPage.row'), dataIndex: 'row', align: 'right' },
            { key: 'column', title: t('directoryPage.column'), dataIndex: 'column' },
            {
              key: 'code',
              title: t('directoryPage.fault'),
              render: (_, fault) => t(`directoryPage.faults.${fault.code as 'CYCLE'}`),
            },
            { key: 'value', title: t('directoryPage.value'), dataIndex: 'value' },
          ]}
        />
      )}
    </Card>
  );
}
