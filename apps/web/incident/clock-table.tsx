import { Button, Modal, Table, Timeline as Steps, Typography } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import type { IncidentDetail } from './use-incident';

type Clock = Schemas['Clock'];
const RUNNING = new Set(['armed', 'dueSoon', 'overdue']);
const ORDER = [
  'overdue',
  'dueSoon',
  'armed',
  'paused',
  'overdueAtUpgrade',
  'metLate',
  'met',
  'superseded',
  'cancelled',
  'notApplicable',
];

/** All clocks of an incident: running ones first, each with its arithmetic. */
export function ClockTable({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const [shown, setShown] = useState<string | null>(null);
  const clocks = [...incident.clocks].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.dueAt.localeCompare(b.dueAt),
  );
  return (
    <section>
      <Typography.Title level={5}>{t('incident.clocks')}</Typography.Title>
      <Table<Clock>
        size="small"
        rowKey="id"
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('incident.noClocks') }}
        dataSource={clocks}
        columns={[
          {
            key: 'label',
            title: t('incident.clocks'),
            render: (_, clock) => (
              <>
                {clock.label}
                {clock.provisional && (
                  <Typography.Text type="secondary">（{t('incident.provisional')}）</Typography.Text>
                )}
              </>
            ),
          },
          {
            key: 'state',
            title: t('inbox.columns.state'),
            render: (_, clock) => <ValueTag group="clockState" value={clock.state} />,
          },
          {
            key: 'due',
            title: t('inbox.columns.due'),
            render: (_, clock) =>
              RUNNING.has(clock.state) ? (
                <Countdown dueAt={clock.dueAt} startedAt={clock.startedAt} />
              ) : (
                <Instant at={clock.dueAt} />
              ),
          },
          { key: 'body', title: t('inbox.columns.body'), render: (_, clock) => nameOf(clock.bodyId) },
          {
            key: 'why',
            render: (_, clock) => (
              <Button type="link" size="small" onClick={() => setShown(clock.id)}>
                {t('incident.computation')}
              </Button>
            ),
          },
        ]}
      />
      {shown !== null && <Computation id={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

/** The arithmetic of one due time, step by step (时限计算单). */
function Computation({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['computation', id],
    queryFn: () => dataOf(api.GET('/api/v1/clocks/{id}/computation', { params: { path: { id } } })),
  });
  const steps = (query.data?.computation.steps ?? []) as (string | { text?: string })[];
  return (
    <Modal
      open
      onCancel={onClose}
      footer={<Button onClick={() => window.print()}>⎙</Button>}
      title={`${t('incident.computation')} · ${query.data?.label ?? ''}`}
      loading={query.isPending}
    >
      <Steps
        items={steps.map((step) => ({
          content: typeof step === 'string' ? step : (step.text ?? JSON.stringify(step)),
        }))}
        style={{ marginTop: 16 }}
      />
    </Modal>
  );
}
