import { Checkbox, Form, Input, Modal, Select, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { CATEGORIES, useOptions } from '../labels/options';
import { useCommand } from '../shell/use-command';
import type { IncidentDetail } from './use-incident';
import { useSay } from '../shell/say';

interface Part {
  title: string;
  itemIds: string[];
  category: Schemas['Category'];
  reason: string;
}

/** Takes some messages out as an incident of their own; the start stays that of the whole. */
export function SplitDialog({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const message = useSay();
  const options = useOptions();
  const [form] = Form.useForm<Part>();
  const split = useCommand(async (part: Part) => {
    const made = await dataOf(
      api.POST('/api/v1/incidents/{id}/split', {
        params: { path: { id: incident.id }, header: ifMatch(incident.version) },
        body: part,
      }),
    );
    void message.success(t('clocks.splitDone', { number: made.partNumber }));
  });
  const required = [{ required: true, message: t('required') }];
  return (
    <Modal
      open
      width={640}
      title={t('clocks.split')}
      okText={t('clocks.split')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: split.isPending }}
    >
      <Typography.Paragraph type="secondary">{t('clocks.splitHint')}</Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ category: incident.category }}
        onFinish={(part) => split.mutate(part, { onSuccess: onClose })}
      >
        <Form.Item name="title" label={t('clocks.splitTitle')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="itemIds" label={t('clocks.splitItems')} rules={required}>
          <Checkbox.Group
            style={{ display: 'grid', gap: 6 }}
            options={incident.items.map((item) => ({ value: item.id, label: item.title || item.body.slice(0, 60) }))}
          />
        </Form.Item>
        <Form.Item name="category" label={t('decide.category')}>
          <Select options={options('category', CATEGORIES)} />
        </Form.Item>
        <Form.Item name="reason" label={t('decide.reason')} rules={required}>
          <Input.TextArea rows={2} maxLength={1_000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
