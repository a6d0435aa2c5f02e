import { Button, Card, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useCommand } from '../shell/use-command';

/** Verification (facts and their source) or handling (measures and result). */
export function FeedbackForm({ order, kind }: { order: Schemas['Assignment']; kind: 'verify' | 'report' }) {
  const { t } = useTranslation();
  const params = { path: { id: order.id }, header: ifMatch(order.version) } as const;
  const send = useCommand((body: Record<string, string>) =>
    kind === 'verify'
      ? dataOf(
          api.POST('/api/v1/assignments/{id}/verify', { params, body: body as { facts: string; factSource: string } }),
        )
      : dataOf(
          api.POST('/api/v1/assignments/{id}/report', { params, body: body as { measures: string; result: string } }),
        ),
  );
  const fields = kind === 'verify' ? (['facts', 'factSource'] as const) : (['measures', 'result'] as const);
  return (
    <Card size="small" title={t(`orders.${kind}`)}>
      <Form layout="vertical" requiredMark={false} onFinish={(body: Record<string, string>) => send.mutate(body)}>
        {fields.map((field) => (
          <Form.Item
            key={field}
            name={field}
            label={t(`orders.${field}`)}
            rules={[{ required: true, whitespace: true, message: t('required') }]}
          >
            <Input.TextArea autoSize={{ minRows: field === 'factSource' ? 1 : 3 }} maxLength={5_000} />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" block size="large" style={{ minHeight: 48 }} loading={send.isPending}>
          {t(`orders.${kind}`)}
        </Button>
      </Form>
    </Card>
  );
}
