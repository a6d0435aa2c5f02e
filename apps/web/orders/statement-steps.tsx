import { Alert, Button, Card, Flex, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { ReasonDialog } from '../inbox/reason-dialog';
import { useLabel, ValueTag } from '../labels/labels';
import { DraftEditor } from '../response/draft-editor';
import { EvidenceRow } from '../response/evidence-row';
import { FileEvidence } from '../response/file-evidence';
import { GATES, GateForm } from '../response/gate-form';
import { GuardPanel } from '../response/guard-panel';
import { useCommand } from '../shell/use-command';
import { StatementContent } from './statement-content';

const WRITTEN = new Set(['draft', 'rejected']);
const OUT = new Set(['published', 'corrected']);

/** What a statement needs next: a gate to be passed, or the address at which it was published; then what proves it. */
export function StatementSteps({
  statement,
  evidence,
}: {
  statement: Schemas['Statement'];
  evidence: Schemas['Evidence'][];
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const may = useMay();
  const params = { path: { id: statement.id }, header: ifMatch(statement.version) } as const;
  const gate = GATES.find((candidate) => statement.gates[candidate] === undefined);
  const submit = useCommand(() => dataOf(api.POST('/api/v1/statements/{id}/submit', { params, body: {} })));
  const sendBack = useCommand((reason: string) =>
    dataOf(api.POST('/api/v1/statements/{id}/reject', { params, body: { reason } })),
  );
  const withdraw = useCommand((reason: string) =>
    dataOf(api.POST('/api/v1/statements/{id}/withdraw', { params, body: { reason } })),
  );
  const [asking, setAsking] = useState<'sendBack' | 'withdraw' | null>(null);
  const publish = useCommand(({ url }: { url: string }) =>
    dataOf(api.POST('/api/v1/statements/{id}/publish', { params, body: { url } })),
  );
  if (statement.state === 'withdrawn') return null;
  const big = { minHeight: 48 };
  const waiting = statement.state === 'submitted' || statement.state === 'reviewed';
  const mayPass = gate === 'approver' ? may('statement.approve') : may('statement.review');
  return (
    <Card
      size="small"
      title={
        <Flex gap={8} align="center">
          <span style={{ whiteSpace: 'normal' }}>{statement.title}</span>
          <ValueTag group="statementState" value={statement.state} />
        </Flex>
      }
    >
      {!WRITTEN.has(statement.state) && !OUT.has(statement.state) && <StatementContent statement={statement} />}
      <Proofs evidence={evidence} />
      {WRITTEN.has(statement.state) && may('statement.draft') && <DraftEditor statement={statement} />}
      {statement.state === 'draft' && may('statement.draft') && (
        <Button
          type="primary"
          block
          style={{ ...big, marginTop: 8 }}
          loading={submit.isPending}
          onClick={() => submit.mutate(undefined as never)}
        >
          {t('orders.submit')}
        </Button>
      )}
      {waiting && gate !== undefined && !mayPass && (
        <Typography.Text type="secondary">{t('orderWords.waitingGate', { gate: label('gate', gate) })}</Typography.Text>
      )}
      {waiting && gate !== undefined && mayPass && (
        <Flex vertical gap={8}>
          <GuardPanel statement={statement} />
          <GateForm statement={statement} gate={gate} />
          <Button block style={big} loading={sendBack.isPending} onClick={() => setAsking('sendBack')}>
            {t('orders.sendBack')}
          </Button>
        </Flex>
      )}
      {statement.state === 'approved' && may('statement.publish') && (
        <Form layout="vertical" requiredMark={false} onFinish={(values: { url: string }) => publish.mutate(values)}>
          <Form.Item
            name="url"
            label={t('orders.url')}
            extra={t('orders.publishHint')}
            rules={[{ required: true, type: 'url', message: t('required') }]}
          >
            <Input inputMode="url" placeholder="https://" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block style={big} loading={publish.isPending}>
            {t('orders.publish')}
          </Button>
          <div style={{ marginTop: 8 }}>
            <FileEvidence statement={statement} />
          </div>
        </Form>
      )}
      {/* What is public is corrected, never taken back (NT19 Art.7). */}
      {!OUT.has(statement.state) && may('statement.draft') && (
        <Button
          type="text"
          block
          style={{ marginTop: 8 }}
          loading={withdraw.isPending}
          onClick={() => setAsking('withdraw')}
        >
          {t('orderWords.withdraw')}
        </Button>
      )}
      <ReasonDialog
        open={asking !== null}
        title={t(asking === 'withdraw' ? 'orderWords.withdrawReason' : 'orderWords.rejectReason')}
        action={t(asking === 'withdraw' ? 'orderWords.withdraw' : 'orders.sendBack')}
        onCancel={() => setAsking(null)}
        onReason={(reason) => {
          (asking === 'withdraw' ? withdraw : sendBack).mutate(reason);
          setAsking(null);
        }}
      />
    </Card>
  );
}

/** What was filed for the statement: still being looked at, proven, or refused with the reason. */
function Proofs({ evidence }: { evidence: Schemas['Evidence'][] }) {
  const { t } = useTranslation();
  if (evidence.length === 0) return null;
  const fetching = evidence.some(({ state, url }) => state === 'pending' && url !== null);
  return (
    <section aria-label={t('proof.title')} style={{ marginBottom: 12 }}>
      {fetching && <Alert type="info" showIcon title={t('orderWords.waitingEvidence')} />}
      {evidence.map((proof) => (
        <EvidenceRow key={proof.id} evidence={proof} />
      ))}
    </section>
  );
}
