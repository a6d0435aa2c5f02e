import { Button, Card, Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { useLabel } from '../labels/labels';
import { useCommand } from '../shell/use-command';
import { Countdown } from '../time/countdown';

/** An urging or a supervision that this body must answer, with its own deadline. */
export function EscalationAnswer({ step }: { step: Schemas['Escalation'] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const may = useMay();
  const params = { path: { id: step.id }, header: ifMatch(step.version) } as const;
  const answer = useCommand(
    (text: string) => dataOf(api.POST('/api/v1/escalations/{id}/answer', { params, body: { text } })),
    t('orderWords.answered'),
  );
  return (
    <Card
      size="small"
      style={{ marginTop: 12 }}
      title={
        <Flex wrap justify="space-between" gap={8}>
          <span style={{ whiteSpace: 'normal' }}>
            {t('orderWords.escalationOpen', { step: label('step', step.step) })} {step.number}
          </span>
          {step.deadline !== null && <Countdown dueAt={step.deadline} startedAt={step.issuedAt} />}
        </Flex>
      }
    >
      {may('escalation.answer') && (
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={(values: { answer: string }) => answer.mutate(values.answer)}
        >
          <Form.Item
            name="answer"
            label={t('orderWords.answerText')}
            rules={[{ required: true, whitespace: true, message: t('required') }]}
          >
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2_000} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block style={{ minHeight: 48 }} loading={answer.isPending}>
            {t('orderWords.answer')}
          </Button>
        </Form>
      )}
    </Card>
  );
}
