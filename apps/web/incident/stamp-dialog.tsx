import { Checkbox, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { useCommand } from '../shell/use-command';
import { officeInstant } from './as-of-bar';
import type { IncidentDetail } from './use-incident';
import { WhatIf } from './what-if';

const STAMPS = ['occurredAt', 'firstPublicAt', 'detectedAt'] as const;
const FAR_PAST_MS = 30 * 86_400_000;

interface Correction {
  stamp: (typeof STAMPS)[number];
  value: string;
  source: string;
  reason: string;
  farPastMeant?: boolean;
}

/** A corrected start stamp with its source; one sees before what it would do, and a breach that stands stays. */
export function StampDialog({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Correction>();
  const stamp = Form.useWatch('stamp', form);
  const value = Form.useWatch('value', form);
  const correct = useCommand(
    ({ value: local, farPastMeant, ...rest }: Correction) =>
      dataOf(
        api.POST('/api/v1/incidents/{id}/stamps', {
          params: { path: { id: incident.id }, header: ifMatch(incident.version) },
          body: { ...rest, value: officeInstant(local), farPastMeant: farPastMeant === true },
        }),
      ),
    t('clocks.corrected'),
  );
  const instant = value === undefined || value === '' ? null : officeInstant(value);
  const farPast = instant !== null && Date.parse(incident.detectedAt) - Date.parse(instant) > FAR_PAST_MS;
  const required = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <Modal
      open
      title={t('clocks.correct')}
      okText={t('clocks.correct')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: correct.isPending }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ stamp: 'occurredAt' }}
        onFinish={(values) => correct.mutate(values, { onSuccess: onClose })}
      >
        <Form.Item name="stamp" label={t('clocks.stamp')}>
          <Select options={STAMPS.map((name) => ({ value: name, label: t(`incident.${name}`) }))} />
        </Form.Item>
        <Form.Item name="value" label={t('clocks.value')} rules={required}>
          <Input type="datetime-local" step={1} />
        </Form.Item>
        {farPast && (
          <Form.Item name="farPastMeant" valuePropName="checked" rules={[{ required: true, message: t('required') }]}>
            <Checkbox>{t('clocks.farPast')}</Checkbox>
          </Form.Item>
        )}
        <Form.Item name="source" label={t('clocks.source')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="reason" label={t('clocks.reason')} rules={required}>
          <Input.TextArea rows={2} maxLength={1_000} />
        </Form.Item>
      </Form>
      {instant !== null && stamp !== undefined && (
        <WhatIf incidentId={incident.id} question={{ stamp, value: instant }} />
      )}
    </Modal>
  );
}
