import { Alert, Button, Card, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodies } from '../api/reference';
import { useCommand, useProblemText } from '../shell/use-command';

const CODES = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6'] as const;
const TARGET = { minHeight: 48 };

interface Values {
  code: (typeof CODES)[number];
  legalBasis?: string;
  proposedBodyId?: string;
  note?: string;
}

/** A spokesperson gives an order back: ground, legal basis, the body that ought to have it. */
export function ReturnForm({ order }: { order: Schemas['Assignment'] }) {
  const { t } = useTranslation();
  const bodies = useBodies();
  const problemText = useProblemText();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Values>();
  const code = Form.useWatch('code', form);
  const params = { path: { id: order.id }, header: ifMatch(order.version) } as const;
  const send = useCommand(
    (values: Values) =>
      dataOf(
        api.POST('/api/v1/assignments/{id}/return', {
          params,
          body: Object.fromEntries(
            Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
          ) as unknown as Values,
        }),
      ),
    t('giveBack.sent'),
  );
  if (!open)
    return (
      <Button block size="large" style={{ ...TARGET, marginTop: 12 }} onClick={() => setOpen(true)}>
        {t('giveBack.open')}
      </Button>
    );
  return (
    <Card size="small" title={t('giveBack.title')} style={{ marginTop: 12 }}>
      <Alert type="info" showIcon title={t('giveBack.hint')} style={{ marginBottom: 12 }} />
      {send.isError && <Alert type="error" showIcon title={problemText(send.error)} style={{ marginBottom: 12 }} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => send.mutate(values)}>
        <Form.Item name="code" label={t('giveBack.code')} rules={[{ required: true, message: t('required') }]}>
          <Select size="large" options={CODES.map((value) => ({ value, label: t(`giveBack.codes.${value}`) }))} />
        </Form.Item>
        {code !== 'R5' && code !== 'R6' && (
          <>
            <Form.Item
              name="legalBasis"
              label={t('giveBack.legalBasis')}
              rules={[{ required: code === 'R3', whitespace: true, message: t('required') }]}
            >
              <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
            </Form.Item>
            <Form.Item
              name="proposedBodyId"
              label={t('giveBack.proposed')}
              rules={[{ required: code === 'R3', message: t('required') }]}
            >
              <Select
                size="large"
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                options={(bodies.data ?? [])
                  .filter(({ id }) => id !== order.bodyId)
                  .map(({ id, name }) => ({ value: id, label: name }))}
              />
            </Form.Item>
          </>
        )}
        <Form.Item name="note" label={t('giveBack.note')}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1_000} />
        </Form.Item>
        <Flex gap={12}>
          <Button size="large" style={TARGET} onClick={() => setOpen(false)}>
            {t('cancel')}
          </Button>
          <Button danger htmlType="submit" size="large" style={{ ...TARGET, flex: 1 }} loading={send.isPending}>
            {t('giveBack.send')}
          </Button>
        </Flex>
      </Form>
    </Card>
  );
}
