import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useCommand } from '../shell/use-command';

interface Draft {
  title?: string;
  text: string;
  url?: string;
  region?: string;
}

/** What somebody saw or was told on the telephone, typed in; triage reads it like everything else. */
export function EnterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Draft>();
  const enter = useCommand(
    ({ title, text, url, region }: Draft) =>
      dataOf(
        api.POST('/api/v1/items', {
          params: { header: {} as never },
          body: {
            title: title?.trim() ?? '',
            text,
            ...(url?.trim() ? { url: url.trim() } : {}),
            ...(region?.trim() ? { region: region.trim() } : {}),
          },
        }),
      ),
    t('items.entered'),
  );
  return (
    <Modal
      open
      title={t('items.enter')}
      okText={t('items.save')}
      confirmLoading={enter.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(draft) => enter.mutate(draft, { onSuccess: onClose })}
      >
        <Form.Item name="title" label={t('items.heading')}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item
          name="text"
          label={t('items.text')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input.TextArea rows={6} maxLength={20_000} />
        </Form.Item>
        <Form.Item name="url" label={t('items.url')} rules={[{ type: 'url', message: t('items.badUrl') }]}>
          <Input maxLength={2_000} />
        </Form.Item>
        <Form.Item name="region" label={t('items.region')}>
          <Input maxLength={60} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
