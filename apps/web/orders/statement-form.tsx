import { Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useSession } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { bodyOf, DraftFields, type DraftValues, type StatementKind } from '../response/draft-fields';
import { useBeAt } from '../presence/use-be-at';
import { useCommand } from '../shell/use-command';

const kindFor = (category: string): StatementKind => {
  if (category === 'C5') return 'majorEmergencyRelease';
  return category.startsWith('C7') ? 'rumourClarification' : 'responseToDoubts';
};

/** A new draft with the three elements that a response explains: cause, solution, constraints (YW18 二(四)). */
export function StatementForm({ incident, bodyId }: { incident: IncidentDetail; bodyId: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const [begun, setBegun] = useState(false);
  useBeAt(incident.id, begun ? 'drafting' : null);
  const [open, setOpen] = useState(false);
  const create = useCommand(
    ({ voiceOrder, ...values }: DraftValues & { voiceOrder?: string }) =>
      dataOf(
        api.POST('/api/v1/incidents/{id}/statements', {
          params: { path: { id: incident.id } },
          body: { bodyId, kind: values.kind, ...bodyOf(values), ...(voiceOrder ? { voiceOrder } : {}) },
        }),
      ),
    t('draft.saved'),
  );
  if (!open)
    return (
      <Button block size="large" style={{ minHeight: 48 }} onClick={() => setOpen(true)}>
        {t('orders.draft')}
      </Button>
    );
  return (
    <Card size="small" title={t('orders.draft')}>
      <Form<DraftValues & { voiceOrder?: string }>
        layout="vertical"
        requiredMark={false}
        initialValues={{
          kind: kindFor(incident.category),
          competentBodyId: bodyId,
          speaker: { name: session.displayName, post: '新闻发言人', rank: '新闻发言人' },
        }}
        onValuesChange={() => setBegun(true)}
        onFinish={(values) => create.mutate(values)}
      >
        {incident.leadBodyId !== null && incident.leadBodyId !== bodyId && (
          <Form.Item
            name="voiceOrder"
            label={t('draft.voiceOrder')}
            extra={t('draft.voiceHint')}
            rules={[{ required: true, whitespace: true, message: t('required') }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        )}
        <DraftFields disabled={false} isNew />
        <Button
          type="primary"
          htmlType="submit"
          block
          size="large"
          style={{ minHeight: 48 }}
          loading={create.isPending}
        >
          {t('draft.create')}
        </Button>
      </Form>
    </Card>
  );
}
