import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, InputNumber, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useCommand } from '../shell/use-command';

/** What a token may be made for: as little as the machine needs. */
const KINDS = {
  screen: ['bigScreen.read'],
  hotline: ['hotline.push'],
  reports: ['report.read'],
} as const satisfies Record<string, readonly Schemas['Session']['permissions'][number][]>;
type Kind = keyof typeof KINDS;

interface NewToken {
  name: string;
  kind: Kind;
  userId: string;
  days: number;
}

/** A token that acts for an account. Its secret, or the address of the screen that it opens, is shown once. */
export function AddToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<NewToken>();
  const [made, setMade] = useState<string | null>(null);
  const accounts = useQuery({
    queryKey: ['accounts-for-tokens'],
    queryFn: () => dataOf(api.GET('/api/v1/accounts', { params: { query: { limit: 200 } as never } })),
  });
  const add = useCommand(async ({ kind, days, ...token }: NewToken) => {
    const { secret } = await dataOf(
      api.POST('/api/v1/tokens', { body: { ...token, scopes: [...KINDS[kind]], expiresInDays: days } }),
    );
    setMade(kind === 'screen' ? `${window.location.origin}/screen#key=${secret}` : secret);
  }, t('tokens.made'));
  const required = [{ required: true, message: t('required') }];
  return (
    <Modal
      open
      title={t('tokens.add')}
      okText={t(made === null ? 'tokens.add' : 'close')}
      onCancel={onClose}
      onOk={() => (made === null ? form.submit() : onClose())}
      okButtonProps={{ loading: add.isPending }}
    >
      {made !== null ? (
        <Alert
          type="success"
          title={t('tokens.once')}
          description={
            <Typography.Text copyable code style={{ overflowWrap: 'anywhere' }}>
              {made}
            </Typography.Text>
          }
        />
      ) : (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ kind: 'screen', days: 90 }}
          onFinish={(values) => add.mutate(values)}
        >
          <Form.Item name="name" label={t('tokens.name')} rules={required}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="kind" label={t('tokens.kind')}>
            <Select
              options={(Object.keys(KINDS) as Kind[]).map((value) => ({ value, label: t(`tokens.kinds.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="userId" label={t('tokens.actsFor')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={(accounts.data?.items ?? []).map(({ id, displayName, username }) => ({
                value: id,
                label: `${displayName} (${username})`,
              }))}
            />
          </Form.Item>
          <Form.Item name="days" label={t('tokens.days')} rules={required}>
            <InputNumber min={1} max={366} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
