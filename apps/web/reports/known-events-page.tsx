import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useJurisdictions, usePlaces } from '../api/reference';
import { useMay } from '../api/session';
import { DataTable } from '../shell/data-table';
import { useCommand } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import './reports.css';

interface Entered {
  jurisdiction: string;
  title: string;
  origin: string;
  knownAt: string;
  url?: string;
  incidentNumber?: string;
}

/** Events that others knew of. Without them nobody can say what was missed. */
export function KnownEventsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const placeOf = usePlaces();
  const { states } = useAppearance();
  const [adding, setAdding] = useState(false);
  const list = useQuery({
    queryKey: ['live', 'known-events'],
    queryFn: () => dataOf(api.GET('/api/v1/known-events', { params: { query: { limit: 200 } as never } })),
  });
  return (
    <div className="page">
      <Typography.Title level={4} style={{ margin: 0 }}>
        <Link to="/reports">{t('reports.title')}</Link> / {t('reports.items.knownEvents')}
      </Typography.Title>
      <div className="report-bar">
        {may('report.freeze') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('reports.known.add')}
          </Button>
        )}
        <Typography.Text type="secondary">{t('reports.known.hint')}</Typography.Text>
      </div>
      {adding && <AddEvent onClose={() => setAdding(false)} />}
      <DataTable<Schemas['KnownEvent']>
        size="small"
        rowKey="id"
        loading={list.isPending}
        pagination={{ pageSize: 50, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('reports.empty') }}
        dataSource={list.data?.items ?? []}
        columns={[
          { key: 'title', title: t('reports.known.title'), render: (_, row) => row.title },
          { key: 'origin', title: t('reports.known.origin'), render: (_, row) => row.origin },
          { key: 'place', title: t('reports.place'), render: (_, row) => placeOf(row.jurisdiction) },
          { key: 'at', title: t('reports.known.knownAt'), render: (_, row) => <Instant at={row.knownAt} /> },
          {
            key: 'incident',
            title: t('reports.incident'),
            render: (_, row) =>
              row.incidentId === null ? '—' : <Link to={`/incidents/${row.incidentId}`}>{row.incidentNumber}</Link>,
          },
          {
            key: 'detected',
            title: t('reports.known.detectedAt'),
            render: (_, row) => <Instant at={row.detectedAt} />,
          },
          {
            key: 'missed',
            title: t('reports.state'),
            render: (_, row) => (
              <span style={{ color: row.missed ? states.red : states.green }}>
                {row.missed ? `✕ ${t('reports.known.missed')}` : `✓ ${t('reports.known.detected')}`}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}

function AddEvent({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const places = useJurisdictions();
  const [form] = Form.useForm<Entered>();
  const send = useCommand(
    ({ knownAt, url, incidentNumber, ...event }: Entered) =>
      dataOf(
        api.POST('/api/v1/known-events', {
          body: {
            // The field has no zone: it is the office's.
            events: [{ ...event, knownAt: `${knownAt}:00+08:00`, ...(url ? { url } : {}), ...(incidentNumber ? { incidentNumber } : {}) }], // prettier-ignore
          },
        }),
      ),
    t('reports.known.added'),
  );
  const required = [{ required: true, whitespace: true }];
  return (
    <Modal open title={t('reports.known.add')} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" onFinish={(event) => send.mutate(event, { onSuccess: onClose })}>
        <Form.Item name="title" label={t('reports.known.title')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="origin" label={t('reports.known.origin')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="jurisdiction" label={t('reports.place')} rules={[{ required: true }]}>
          <Select options={(places.data ?? []).map(({ code, name }) => ({ value: code, label: name }))} />
        </Form.Item>
        <Form.Item name="knownAt" label={t('reports.known.knownAt')} rules={[{ required: true }]}>
          <input type="datetime-local" className="report-input" />
        </Form.Item>
        <Form.Item name="incidentNumber" label={t('reports.known.number')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="url" label={t('reports.known.url')}>
          <Input maxLength={2_000} type="url" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
