import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { ValueTag } from '../labels/labels';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { FormDialog, useRequired } from './form-dialog';

/** One proof: where it stands, what it proved, whether its page is still there, and the second person for what was entered by hand. */
export function EvidenceRow({ evidence }: { evidence: Schemas['Evidence'] }) {
  const { t } = useTranslation();
  const may = useMay();
  const byHand = evidence.url === null;
  return (
    <Flex vertical gap={4} style={{ marginTop: 6 }}>
      <Flex wrap gap={8} align="baseline">
        <ValueTag group="evidenceState" value={evidence.state} />
        {evidence.kind === 'acknowledgement' && <Tag color="warning">{t('proof.acknowledgement')}</Tag>}
        {evidence.url !== null && (
          <a href={evidence.url} target="_blank" rel="noreferrer noopener" style={{ overflowWrap: 'anywhere' }}>
            {evidence.url}
          </a>
        )}
        {byHand && <span>{String(evidence.attachment?.['fileName'] ?? evidence.title ?? '')}</span>}
        <Typography.Text type="secondary">
          {evidence.publishedAt !== null && <Instant at={evidence.publishedAt} />}{' '}
          {evidence.sha256 !== null && `SHA-256 ${evidence.sha256.slice(0, 12)}…`} {evidence.refusal?.reason ?? ''}
        </Typography.Text>
        {evidence.sha256 !== null && (
          <Button size="small" type="link" href={`/api/v1/evidence/${evidence.id}/snapshot`}>
            {t('proof.snapshot')}
          </Button>
        )}
      </Flex>
      {(evidence.state === 'gone' || evidence.state === 'altered') && (
        <Alert type="warning" showIcon title={t(`proof.${evidence.state}`)} />
      )}
      {!byHand && evidence.capturedAt !== null && <Checks evidence={evidence} />}
      {byHand && evidence.state === 'pending' && may('evidence.second') && <Second evidence={evidence} />}
    </Flex>
  );
}

/** The later looks at a page, when somebody asks for them. */
function Checks({ evidence }: { evidence: Schemas['Evidence'] }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['incident', evidence.incidentId, 'checks', evidence.id, evidence.version],
    queryFn: () => dataOf(api.GET('/api/v1/evidence/{id}/checks', { params: { path: { id: evidence.id } } })),
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <details>
      <summary>
        {t('proof.checks')} {items.length}
      </summary>
      {items.map((check) => (
        <div key={check.id}>
          <Instant at={check.checkedAt} /> {t(`proof.results.${check.result}`)}
        </div>
      ))}
    </details>
  );
}

function Second({ evidence }: { evidence: Schemas['Evidence'] }) {
  const { t } = useTranslation();
  const required = useRequired();
  const params = { path: { id: evidence.id }, header: ifMatch(evidence.version) } as const;
  const judge = useCommand((body: { decision: 'confirm' | 'refuse'; reason: string }) =>
    dataOf(api.POST('/api/v1/evidence/{id}/second', { params, body })),
  );
  return (
    <Flex wrap gap={8} align="center">
      <Typography.Text type="warning">{t('proof.waits')}</Typography.Text>
      {(['confirm', 'refuse'] as const).map((decision) => (
        <FormDialog<{ reason: string }>
          key={decision}
          label={t(`proof.${decision}`)}
          primary={decision === 'confirm'}
          onSubmit={({ reason }) => judge.mutateAsync({ decision, reason })}
        >
          <Form.Item name="reason" label={t('course.note')} rules={required}>
            <Input.TextArea rows={2} maxLength={1_000} />
          </Form.Item>
        </FormDialog>
      ))}
    </Flex>
  );
}
