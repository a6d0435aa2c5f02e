import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodies } from '../api/reference';
import { useSession } from '../api/session';
import { useCommand } from '../shell/use-command';

const PRESETS = ['analyst', 'spokesperson', 'supervisor', 'administrator', 'auditor'] as const;

interface NewAccount {
  username: string;
  displayName: string;
  password: string;
  preset: (typeof PRESETS)[number];
  bodyId?: string;
}

/** A new account with the duties of a kind; those of a spokesperson are held in a body. */
export function AddAccount({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const bodies = useBodies();
  const { jurisdictions } = useSession();
  const [form] = Form.useForm<NewAccount>();
  const preset = Form.useWatch('preset', form);
  const add = useCommand(
    ({ bodyId, preset: name, ...account }: NewAccount) =>
      dataOf(
        api.POST('/api/v1/accounts', {
          body: {
            ...account,
            preset: {
              name,
              ...(name === 'spokesperson'
                ? { bodyId: bodyId! }
                : jurisdictions[0] === undefined
                  ? {}
                  : { jurisdiction: jurisdictions[0] }),
            },
          },
        }),
      ),
    t('accounts.created'),
  );
  const required = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <Modal
      open
      title={t('accounts.add')}
      okText={t('accounts.add')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: add.isPending }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        initialValues={{ preset: 'spokesperson' }}
        onFinish={(values) => add.mutate(values, { onSuccess: onClose })}
      >
        <Form.Item name="username" label={t('accounts.username')} rules={required}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="displayName" label={t('accounts.displayName')} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="password" label={t('accounts.password')} rules={required}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="preset" label={t('accounts.preset')}>
          <Select options={PRESETS.map((value) => ({ value, label: t(`accounts.presets.${value}`) }))} />
        </Form.Item>
        {preset === 'spokesperson' && (
          <Form.Item name="bodyId" label={t('accounts.body')} rules={[{ required: true, message: t('required') }]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={(bodies.data ?? []).map((body) => ({ value: body.id, label: body.name }))}
            />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
