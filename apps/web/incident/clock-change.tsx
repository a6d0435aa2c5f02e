import { Button, Flex, Form, Input, InputNumber, Modal, Segmented, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { ReasonDialog } from '../inbox/reason-dialog';
import { useCommand } from '../shell/use-command';
import { useClockName } from '../time/clock-name';
import { fullTime } from '../time/format';
import type { IncidentDetail } from './use-incident';

type Clock = Schemas['Clock'];
type Entry = IncidentDetail['timeline'][number];
const GROUNDS = ['citizenSupplement', 'courtProcedure', 'forceMajeure'] as const;
const UNITS = ['hour', 'day', 'workday'] as const;
const RUNNING = new Set(['armed', 'dueSoon']);

interface Asked {
  clockId: string;
  what: 'pause' | 'extend';
  ground: string;
  amount?: number;
  unit?: (typeof UNITS)[number];
  note?: string;
}

/** What was asked for on a clock and nobody has granted yet. */
const pendingOf = (incident: IncidentDetail, clock: Clock): Entry[] => {
  const used = new Set(incident.timeline.map(({ payload }) => payload.request));
  return incident.timeline.filter(
    (entry) => entry.type === 'clock.changeAsked' && entry.payload.clockId === clock.id && !used.has(entry.id),
  );
};

/** Asking for a pause or an extension: one button for the bodies that share a limit, of which one is chosen (public clocks never). */
export function ClockAsk({ clocks }: { clocks: Clock[] }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const askable = clocks.filter(({ scope, state }) => scope === 'inner' && RUNNING.has(state));
  if (askable.length === 0 || !(may('incident.decide') || may('assignment.report'))) return null;
  return (
    <>
      <Button type="link" size="small" style={{ paddingInline: 4 }} onClick={() => setOpen(true)}>
        {t('clocks.change')}
      </Button>
      {open && <AskDialog clocks={askable} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What was asked for on a clock of work waits for another person, who grants it; a paused clock is taken up again. */
export function ClockChange({ incident, clock }: { incident: IncidentDetail; clock: Clock }) {
  const { t } = useTranslation();
  const may = useMay();
  const nameOf = useBodyName();
  const [resuming, setResuming] = useState(false);
  const params = { path: { id: clock.id }, header: ifMatch(clock.version) } as const;
  const grant = useCommand(
    ({ what, request }: { what: string; request: string }) =>
      what === 'pause'
        ? dataOf(api.POST('/api/v1/clocks/{id}/pause', { params, body: { request } }))
        : dataOf(api.POST('/api/v1/clocks/{id}/extend', { params, body: { request } })),
    t('clocks.granted'),
  );
  const resume = useCommand(
    (reason: string) => dataOf(api.POST('/api/v1/clocks/{id}/resume', { params, body: { reason } })),
    t('clocks.resumed'),
  );
  if (clock.scope !== 'inner') return null;
  const pending = pendingOf(incident, clock);
  return (
    <>
      {clock.state === 'paused' && may('clock.pause') && (
        <Button size="small" onClick={() => setResuming(true)}>
          {t('clocks.resume')}
        </Button>
      )}
      {pending.map((entry) => (
        <Flex key={entry.id} wrap gap={8} align="center" style={{ width: '100%' }}>
          <Typography.Text type="secondary">
            {clock.bodyId !== null && `${nameOf(clock.bodyId)} · `}
            {t('clocks.pending', {
              who: entry.actorName,
              at: fullTime(entry.at),
              what: t(entry.payload.what === 'pause' ? 'clocks.pause' : 'clocks.extend'),
              ground: t(`clocks.grounds.${String(entry.payload.ground)}`, {
                defaultValue: String(entry.payload.ground),
              }),
            })}
          </Typography.Text>
          {may('clock.pause') && (
            <Button
              size="small"
              type="primary"
              loading={grant.isPending}
              onClick={() => grant.mutate({ what: String(entry.payload.what), request: entry.id })}
            >
              {t('clocks.grant')}
            </Button>
          )}
        </Flex>
      ))}
      <ReasonDialog
        open={resuming}
        title={t('clocks.resume')}
        action={t('clocks.resume')}
        onCancel={() => setResuming(false)}
        onReason={(reason) => {
          setResuming(false);
          resume.mutate(reason);
        }}
      />
    </>
  );
}

function AskDialog({ clocks, onClose }: { clocks: Clock[]; onClose: () => void }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const clockName = useClockName();
  const [form] = Form.useForm<Asked>();
  const what = Form.useWatch('what', form) ?? 'pause';
  const ask = useCommand(({ clockId, what: asked, ground, amount, unit, note }: Asked) => {
    const clock = clocks.find(({ id }) => id === clockId)!;
    return dataOf(
      api.POST('/api/v1/clocks/{id}/requests', {
        params: { path: { id: clock.id }, header: ifMatch(clock.version) },
        body: {
          change:
            asked === 'pause'
              ? { what: 'pause', ground }
              : { what: 'extend', ground, extension: { amount: amount!, unit: unit! } },
          ...(note === undefined || note === '' ? {} : { note }),
        },
      }),
    );
  }, t('clocks.asked'));
  const required = [{ required: true, message: t('required') }];
  return (
    <Modal
      open
      title={`${t('clocks.change')} · ${clockName(clocks[0]!)}`}
      okText={t('clocks.ask')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: ask.isPending }}
    >
      <Typography.Paragraph type="secondary">{t('clocks.publicNever')}</Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ clockId: clocks[0]!.id, what: 'pause', amount: 1, unit: 'workday' }}
        onFinish={(values) => ask.mutate(values, { onSuccess: onClose })}
      >
        <Form.Item name="clockId" label={t('dispute.body')} hidden={clocks.length === 1}>
          <Select
            options={clocks.map(({ id, bodyId }) => ({ value: id, label: bodyId === null ? '—' : nameOf(bodyId) }))}
          />
        </Form.Item>
        <Form.Item name="what" label={t('clocks.what')}>
          <Segmented
            options={[
              { value: 'pause', label: t('clocks.pause') },
              { value: 'extend', label: t('clocks.extend') },
            ]}
            onChange={() => form.resetFields(['ground'])}
          />
        </Form.Item>
        {what === 'pause' ? (
          <Form.Item name="ground" label={t('clocks.ground')} rules={required}>
            <Select options={GROUNDS.map((ground) => ({ value: ground, label: t(`clocks.grounds.${ground}`) }))} />
          </Form.Item>
        ) : (
          <>
            <Form.Item name="ground" label={t('clocks.extendGround')} rules={required}>
              <Input maxLength={200} />
            </Form.Item>
            <Flex gap={8}>
              <Form.Item name="amount" label={t('clocks.amount')} rules={required}>
                <InputNumber min={1} max={1_000} precision={0} />
              </Form.Item>
              <Form.Item name="unit" label=" " style={{ minWidth: 120 }}>
                <Select options={UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))} />
              </Form.Item>
            </Flex>
          </>
        )}
        <Form.Item name="note" label={t('clocks.note')}>
          <Input.TextArea rows={2} maxLength={1_000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
