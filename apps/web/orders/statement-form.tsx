import { Button, Card, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useSession } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { useCommand } from '../shell/use-command';

interface Draft {
  title: string;
  body: string;
  cause: string;
  solution: string;
  constraints: string;
}

/** A draft with the three elements that a response explains: cause, solution, constraints (YW18 二(四)). */
export function StatementForm({ incident, bodyId }: { incident: IncidentDetail; bodyId: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const send = useCommand(async (draft: Draft) => {
    const kind =
      incident.category === 'C5'
        ? ('majorEmergencyRelease' as const)
        : incident.category.startsWith('C7')
          ? ('rumourClarification' as const)
          : ('responseToDoubts' as const);
    const { id } = await dataOf(
      api.POST('/api/v1/incidents/{id}/statements', {
        params: { path: { id: incident.id } },
        body: {
          bodyId,
          kind,
          title: draft.title,
          body: draft.body,
          competentBodyId: bodyId,
          speaker: { name: session.displayName, post: '新闻发言人', rank: '新闻发言人' },
          cause: { text: draft.cause },
          solution: { text: draft.solution },
          constraints: { text: draft.constraints },
        },
      }),
    );
    const { version } = await dataOf(api.GET('/api/v1/statements/{id}', { params: { path: { id } } }));
    return dataOf(
      api.POST('/api/v1/statements/{id}/submit', {
        params: { path: { id }, header: { 'If-Match': `"${version}"` } },
        body: {},
      }),
    );
  });
  const rule = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <Card size="small" title={t('orders.draft')}>
      <Form layout="vertical" requiredMark={false} onFinish={(draft: Draft) => send.mutate(draft)}>
        <Form.Item name="title" label={t('orders.statementTitle')} rules={rule}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="body" label={t('orders.statementBody')} rules={rule}>
          <Input.TextArea autoSize={{ minRows: 5 }} maxLength={20_000} />
        </Form.Item>
        {(['cause', 'solution', 'constraints'] as const).map((element) => (
          <Form.Item key={element} name={element} label={t(`orders.${element}`)} rules={rule}>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={5_000} />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" block size="large" style={{ minHeight: 48 }} loading={send.isPending}>
          {t('orders.submit')}
        </Button>
      </Form>
    </Card>
  );
}
