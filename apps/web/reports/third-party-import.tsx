import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Input, Table, Typography } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useCommand } from '../shell/use-command';

type Outcome = Schemas['ThirdPartyImport'];
const PERIOD = /^20\d\d([Qq][1-4])?$/;

/** A table of a third party: a trial that names row and column of each fault, then, faultless, the taking in. */
export function ThirdPartyImport() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const [evaluator, setEvaluator] = useState('');
  const [period, setPeriod] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const run = useCommand(async ({ chosen, apply }: { chosen: File; apply: boolean }) => {
    const bytes = await chosen.arrayBuffer();
    setOutcome(
      await dataOf(
        api.POST('/api/v1/reports/third-party', {
          params: { query: { evaluator, period, apply: String(apply) } as never },
          headers: { 'content-type': 'application/octet-stream' },
          body: bytes as never,
          bodySerializer: (body) => body as unknown as BodyInit,
        }),
      ),
    );
    if (apply) await queries.invalidateQueries({ queryKey: ['live', 'third-party'] });
  });
  const ready = evaluator.trim() !== '' && PERIOD.test(period);
  const choose = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setFile(chosen);
    setOutcome(null);
    run.mutate({ chosen, apply: false });
  };
  return (
    <Card size="small" style={{ margin: '12px 0' }}>
      <Typography.Paragraph type="secondary">{t('reports.third.hint')}</Typography.Paragraph>
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
      <Flex gap={8} wrap align="center">
        <Input
          aria-label={t('reports.third.evaluator')}
          placeholder={t('reports.third.evaluator')}
          maxLength={100}
          style={{ width: 220 }}
          value={evaluator}
          onChange={(event) => {
            setEvaluator(event.target.value);
            setOutcome(null);
          }}
        />
        <Input
          aria-label={t('reports.third.period')}
          placeholder={t('reports.third.period')}
          maxLength={6}
          style={{ width: 200 }}
          value={period}
          onChange={(event) => {
            setPeriod(event.target.value);
            setOutcome(null);
          }}
        />
        <Button disabled={!ready} loading={run.isPending} onClick={() => input.current?.click()}>
          {t('reports.third.file')}
        </Button>
        {file !== null && <Typography.Text>{file.name}</Typography.Text>}
        {file !== null && outcome !== null && !outcome.applied && outcome.faultCount === 0 && outcome.values > 0 && (
          <Button type="primary" loading={run.isPending} onClick={() => run.mutate({ chosen: file, apply: true })}>
            {t('reports.third.apply')}
          </Button>
        )}
      </Flex>
      {outcome !== null && <Told outcome={outcome} />}
    </Card>
  );
}

function Told({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const { applied, faultCount, faults, replaced, values } = outcome;
  return (
    <>
      <Alert
        type={faultCount > 0 ? 'error' : applied ? 'success' : 'info'}
        showIcon
        style={{ marginTop: 12 }}
        title={
          applied
            ? t('reports.third.applied', { count: values, replaced })
            : t('reports.third.tried', { count: values, faults: faultCount })
        }
      />
      {faults.length > 0 && (
        <Table
          size="small"
          pagination={false}
          style={{ marginTop: 8 }}
          scroll={{ x: 'max-content', y: 320 }}
          rowKey={(fault) => `${fault.sheet} ${fault.row} ${fault.column} ${fault.code}`}
          dataSource={faults}
          columns={[
            {
              key: 'row',
              title: t('reports.third.row'),
              render: (_, fault) => (fault.sheet === '' ? fault.row : `${fault.sheet}!${fault.row}`),
            },
            { key: 'column', title: t('reports.third.column'), dataIndex: 'column' },
            {
              key: 'fault',
              title: t('reports.third.fault'),
              render: (_, fault) => t(`reports.third.faults.${fault.code as 'TWICE'}`),
            },
            { key: 'value', title: t('reports.third.value'), dataIndex: 'value' },
          ]}
        />
      )}
    </>
  );
}
