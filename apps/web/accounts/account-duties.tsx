import { Button, Flex, Form, Input, Modal, Popconfirm, Select, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import type { operations } from '../api/schema';
import { useBodies, useJurisdictions, usePlaces } from '../api/reference';
import { useLabel } from '../labels/labels';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';

type Account = Schemas['Account'];
type Held = Account['duties'][number];
type Grant = operations['postAccountsIdDuties']['requestBody']['content']['application/json'];

/** The duties of an account: what it holds and held, ended or granted one by one. */
export function AccountDuties({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const bodies = useBodies();
  const places = useJurisdictions();
  const [form] = Form.useForm<Grant>();
  const grant = useCommand(
    (body: Grant) => dataOf(api.POST('/api/v1/accounts/{id}/duties', { params: { path: { id: account.id } }, body })),
    t('command.done'),
  );
  const duties = Object.keys(t('duty', { returnObjects: true }) as object);
  return (
    <Modal open title={`${t('accounts.duties')} · ${account.displayName}`} footer={null} onCancel={onClose}>
      <Flex vertical gap={8} style={{ marginBottom: 16 }}>
        {account.duties.map((held) => (
          <HeldDuty key={held.id} account={account} held={held} />
        ))}
      </Flex>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => grant.mutate(values, { onSuccess: () => form.resetFields() })}
      >
        <Form.Item name="duty" label={t('account.grant')} rules={[{ required: true, message: t('required') }]}>
          <Select options={duties.map((value) => ({ value, label: label('duty', value) }))} />
        </Form.Item>
        <Form.Item name="bodyId" label={t('accounts.body')} extra={t('account.where')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={(bodies.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="jurisdiction" label={t('accounts.jurisdiction')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={(places.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
        <Button htmlType="submit" type="primary" loading={grant.isPending}>
          {t('account.grant')}
        </Button>
      </Form>
    </Modal>
  );
}

function HeldDuty({ account, held }: { account: Account; held: Held }) {
  const { t } = useTranslation();
  const label = useLabel();
  const placeOf = usePlaces();
  const end = useCommand(
    () =>
      dataOf(
        api.DELETE('/api/v1/accounts/{id}/duties/{dutyId}', {
          params: { path: { id: account.id, dutyId: held.id } },
        }),
      ),
    t('command.done'),
  );
  return (
    <Flex gap={8} align="center" justify="space-between">
      <span>
        <strong>{label('duty', held.duty)}</strong> {held.bodyName ?? placeOf(held.jurisdiction)}{' '}
        <Typography.Text type="secondary">
          <Instant at={held.validFrom} />
          {held.validTo !== null && (
            <>
              {' – '}
              <Instant at={held.validTo} />
            </>
          )}
        </Typography.Text>
      </span>
      {held.validTo === null && (
        <Popconfirm title={t('account.endAsk')} onConfirm={() => end.mutate(undefined as never)}>
          <Button size="small" loading={end.isPending}>
            {t('account.end')}
          </Button>
        </Popconfirm>
      )}
    </Flex>
  );
}

/** A new password; whoever works with the old one is signed out. */
export function ResetPassword({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ password: string }>();
  const reset = useCommand(
    (body: { password: string }) =>
      dataOf(
        api.PUT('/api/v1/accounts/{id}/password', {
          params: { path: { id: account.id }, header: ifMatch(account.version) },
          body,
        }),
      ),
    t('command.done'),
  );
  return (
    <Modal
      open
      title={`${t('account.reset')} · ${account.displayName}`}
      okText={t('account.reset')}
      onOk={() => form.submit()}
      onCancel={onClose}
      okButtonProps={{ loading: reset.isPending }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => reset.mutate(values, { onSuccess: onClose })}
      >
        <Form.Item
          name="password"
          label={t('account.password')}
          extra={t('account.resetHint')}
          rules={[{ required: true, message: t('required') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={1_000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
