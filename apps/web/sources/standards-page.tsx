import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, InputNumber, Modal, Select, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf } from '../api/client';
import { useBodies, useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { DataTable } from '../shell/data-table';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';

/** What each body watches for, version by version. */
export function StandardsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const bodyName = useBodyName();
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: ['live', 'standards'],
    queryFn: () => dataOf(api.GET('/api/v1/monitoring-standards')),
  });
  return (
    <div className="page">
      <Link to="/sources">{t('ingest.back')}</Link>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ margin: '4px 0 12px' }}>
        <Typography.Title level={1} style={{ fontSize: '1.3em', margin: 0 }}>
          {t('ingest.standards')}
        </Typography.Title>
        {may('standard.manage') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('ingest.standardAdd')}
          </Button>
        )}
      </Flex>
      {adding && <AddStandard onClose={() => setAdding(false)} />}
      <DataTable
        size="small"
        rowKey="id"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('ingest.standardEmpty') }}
        dataSource={query.data?.items ?? []}
        columns={[
          { key: 'body', title: t('ingest.standardBody'), render: (_, row) => bodyName(row.bodyId) },
          { key: 'name', title: t('ingest.standardName'), render: (_, row) => `${row.name} · v${row.version}` },
          {
            key: 'words',
            title: t('ingest.standardWordsColumn'),
            render: (_, row) => (
              <Flex gap={6} wrap style={{ maxWidth: 420 }}>
                {row.words.map((word) => (
                  <Tag key={word}>{word}</Tag>
                ))}
                {row.exclusions.map((word) => (
                  <Tag key={word} style={{ textDecoration: 'line-through' }}>
                    {word}
                  </Tag>
                ))}
              </Flex>
            ),
          },
          {
            key: 'alarm',
            title: t('ingest.standardAlarmColumn'),
            render: (_, row) =>
              row.alarmItems === null
                ? '—'
                : t('ingest.standardThreshold', { items: row.alarmItems, hours: row.alarmHours ?? 24 }),
          },
          {
            key: 'span',
            title: t('ingest.standardInForce'),
            render: (_, row) => (
              <>
                <Instant at={row.effectiveFrom} /> –{' '}
                {row.effectiveTo === null ? t('ingest.standardOngoing') : <Instant at={row.effectiveTo} />}
              </>
            ),
          },
        ]}
      />
    </div>
  );
}

interface Values {
  bodyId: string;
  name: string;
  words: string;
  exclusions?: string;
  minimumWords: number;
  alarmItems?: number | null;
  alarmHours?: number | null;
  effectiveFrom: string;
}

const lines = (text = '') =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function AddStandard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const bodies = useBodies();
  const [form] = Form.useForm<Values>();
  const add = useCommand(
    ({ words, exclusions, effectiveFrom, alarmItems, alarmHours, ...rest }: Values) =>
      dataOf(
        api.POST('/api/v1/monitoring-standards', {
          body: {
            ...rest,
            words: lines(words),
            exclusions: lines(exclusions),
            alarmItems: alarmItems ?? null,
            alarmHours: alarmHours ?? null,
            effectiveFrom: `${effectiveFrom}:00+08:00`,
          },
        }),
      ),
    t('ingest.standardAdded'),
  );
  const required = [{ required: true, message: t('required') }];
  return (
    <Modal
      open
      title={t('ingest.standardAdd')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: add.isPending }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ minimumWords: 1 }}
        onFinish={(values) => add.mutate(values, { onSuccess: onClose })}
      >
        <Form.Item name="bodyId" label={t('ingest.standardBody')} rules={required}>
          <Select
            showSearch
            optionFilterProp="label"
            options={(bodies.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t('ingest.standardName')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="words" label={t('ingest.standardWords')} rules={required}>
          <Input.TextArea rows={4} />
        </Form.Item>
        <Form.Item name="exclusions" label={t('ingest.standardExclusions')}>
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="minimumWords" label={t('ingest.standardMinimum')}>
          <InputNumber min={1} max={20} />
        </Form.Item>
        <Flex gap={12}>
          <Form.Item name="alarmItems" label={t('ingest.standardAlarm')}>
            <InputNumber min={1} max={10_000} />
          </Form.Item>
          <Form.Item name="alarmHours" label={t('ingest.standardAlarmHours')}>
            <InputNumber min={1} max={720} />
          </Form.Item>
        </Flex>
        <Form.Item name="effectiveFrom" label={t('ingest.standardFrom')} rules={required}>
          <Input type="datetime-local" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
