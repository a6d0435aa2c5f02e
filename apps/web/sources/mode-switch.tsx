import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useJurisdictions, usePlaces } from '../api/reference';
import { useMay } from '../api/session';
import { useCommand } from '../shell/use-command';
import { shortTime } from '../time/format';

export function useModes() {
  return useQuery({ queryKey: ['live', 'modes'], queryFn: () => dataOf(api.GET('/api/v1/monitoring-modes')) });
}

/** Says which places watch in emergency mode, and why; nobody must work without knowing. */
export function ModeBanner() {
  const { t } = useTranslation();
  const placeName = usePlaces();
  const modes = useModes();
  const urgent = (modes.data?.items ?? []).filter((mode) => mode.mode === 'emergency');
  if (urgent.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 12 }}
      title={t('ingest.modeBanner', { places: urgent.map((mode) => placeName(mode.jurisdiction)).join('、') })}
      description={urgent.map((mode) => (
        <div key={mode.jurisdiction}>
          {t('ingest.modeSince', { by: mode.changedBy, at: shortTime(mode.since), reason: mode.reason })}
        </div>
      ))}
    />
  );
}

interface Switch {
  jurisdiction: string;
  reason: string;
}

/** Begins or ends emergency monitoring of a place; the ledger keeps who and why. */
export function ModeSwitch() {
  const { t } = useTranslation();
  const may = useMay();
  const places = useJurisdictions();
  const modes = useModes();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Switch>();
  const place = Form.useWatch('jurisdiction', form);
  const modeOf = (code: string | undefined) =>
    modes.data?.items.find((mode) => mode.jurisdiction === code)?.mode ?? 'routine';
  const next = modeOf(place) === 'routine' ? 'emergency' : 'routine';
  const change = useCommand(
    (values: Switch) => dataOf(api.POST('/api/v1/monitoring-modes', { body: { ...values, mode: next } })),
    t('ingest.modeTo.' + next),
  );
  if (!may('source.manage')) return null;
  const required = [{ required: true, message: t('required') }];
  return (
    <>
      <Button danger={next === 'emergency'} onClick={() => setOpen(true)}>
        {t('ingest.modeSwitch')}
      </Button>
      {open && (
        <Modal
          open
          title={t(`ingest.modeTo.${next}`)}
          okText={t(`ingest.modeTo.${next}`)}
          okButtonProps={{ danger: next === 'emergency', loading: change.isPending }}
          onCancel={() => setOpen(false)}
          onOk={() => form.submit()}
        >
          <Typography.Paragraph>{t('ingest.modeHint')}</Typography.Paragraph>
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ jurisdiction: places.data?.[0]?.code }}
            onFinish={(values) => change.mutate(values, { onSuccess: () => setOpen(false) })}
          >
            <Form.Item name="jurisdiction" label={t('ingest.modePlace')} rules={required}>
              <Select options={(places.data ?? []).map(({ code, name }) => ({ value: code, label: name }))} />
            </Form.Item>
            <Form.Item name="reason" label={t('reason')} rules={required}>
              <Input.TextArea maxLength={500} rows={3} />
            </Form.Item>
          </Form>
        </Modal>
      )}
    </>
  );
}
