import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useLabel } from '../labels/labels';
import { useCommand } from '../shell/use-command';

export const GATES = ['competentBody', 'secrecy', 'approver'] as const;
export type Gate = (typeof GATES)[number];

/** The marks of each gate (政治关、政策关、文字关; secrecy, personal data), as config/response.yaml asks for them. */
const CHECKS = {
  competentBody: ['political', 'policy', 'wording'],
  secrecy: ['stateSecrets', 'personalData'],
  approver: [],
} as const;
const EXCEPTIONS = ['punitiveNotice', 'mandatoryDisclosure'] as const;

interface Passing {
  checks?: string[];
  note?: string;
  exception?: (typeof EXCEPTIONS)[number];
  exceptionReason?: string;
}

/** Passing one gate: its marks, the opinion, and the exception under which personal data stay. */
export function GateForm({ statement, gate }: { statement: Schemas['Statement']; gate: Gate }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [form] = Form.useForm<Passing>();
  const exception = Form.useWatch('exception', form);
  const params = { path: { id: statement.id }, header: ifMatch(statement.version) } as const;
  const pass = useCommand(({ checks, note, exception: code, exceptionReason }: Passing) =>
    dataOf(
      api.POST('/api/v1/statements/{id}/approve', {
        params,
        body: {
          gate,
          checks: checks ?? [],
          ...(note ? { note } : {}),
          ...(code && exceptionReason ? { privacyException: { code, reason: exceptionReason } } : {}),
        },
      }),
    ),
  );
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => pass.mutate(values)}>
      {CHECKS[gate].length > 0 && (
        <Form.Item name="checks" style={{ marginBottom: 8 }}>
          <Checkbox.Group
            style={{ display: 'flex', flexDirection: 'column', gap: 8 }}
            options={CHECKS[gate].map((value) => ({ value, label: t(`gateForm.checks.${value}`) }))}
          />
        </Form.Item>
      )}
      {gate === 'secrecy' && (
        <Form.Item name="exception" label={t('gateForm.exception')} style={{ marginBottom: 8 }}>
          <Select
            allowClear
            placeholder={t('gateForm.exceptions.none')}
            options={EXCEPTIONS.map((value) => ({ value, label: t(`gateForm.exceptions.${value}`) }))}
          />
        </Form.Item>
      )}
      {gate === 'secrecy' && exception !== undefined && (
        <Form.Item
          name="exceptionReason"
          label={t('gateForm.exceptionReason')}
          rules={[{ required: true, message: t('required') }]}
        >
          <Input maxLength={500} />
        </Form.Item>
      )}
      <Form.Item name="note" label={t('gateForm.note')} style={{ marginBottom: 8 }}>
        <Input.TextArea autoSize={{ minRows: 1 }} maxLength={1_000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block style={{ minHeight: 48 }} loading={pass.isPending}>
        {t('orders.pass', { gate: label('gate', gate) })}
      </Button>
    </Form>
  );
}
