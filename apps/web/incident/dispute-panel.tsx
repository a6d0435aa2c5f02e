import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Input, Select, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodies, useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { useCommand } from '../shell/use-command';
import { Countdown } from '../time/countdown';
import { fullTime } from '../time/format';
import { Instant } from '../time/instant';
import type { IncidentDetail } from './use-incident';

/** The dispute of an incident; undefined until it is known. */
export function useDispute({ id, version }: Pick<IncidentDetail, 'id' | 'version'>) {
  const { data } = useQuery({
    queryKey: ['live', 'dispute', id, version],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/dispute', { params: { path: { id } } })),
  });
  return data?.dispute;
}

/** A dispute over who is responsible: who returned it and why, what was said, by when the government office decides. */
export function DisputePanel({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const nameOf = useBodyName();
  const dispute = useDispute(incident);
  if (dispute == null) return null;
  return (
    <Card
      size="small"
      style={{ marginBlock: 12 }}
      title={
        <Flex gap={8} align="center" wrap>
          {t('dispute.title')}
          {dispute.overdue && <Tag color="error">{t('dispute.overdue')}</Tag>}
          {dispute.next !== null && <Tag>{t('dispute.next', { step: t(`dispute.step.${dispute.next}`) })}</Tag>}
        </Flex>
      }
    >
      {dispute.open && <Alert type="warning" showIcon title={t('dispute.hint')} style={{ marginBottom: 8 }} />}
      <Flex wrap gap={16} style={{ marginBottom: 8 }}>
        <span>
          {t('dispute.coordinator')} <strong>{nameOf(dispute.coordinatorBodyId)}</strong>
        </span>
        <span>
          {t('dispute.dueAt')} <Instant at={dispute.dueAt} />{' '}
          {dispute.open && <Countdown dueAt={dispute.dueAt} startedAt={dispute.since} />}
        </span>
        {dispute.decidedAt !== null && (
          <span>
            ✓ {t('dispute.decided', { at: fullTime(dispute.decidedAt) })}
            {incident.leadBodyId !== null && (
              <>
                {t('colon')}
                <strong>{nameOf(incident.leadBodyId)}</strong>
              </>
            )}
          </span>
        )}
      </Flex>
      <h3 className="part">{t('dispute.returns')}</h3>
      <ul className="rows">
        {dispute.returns.map((given) => (
          <li key={given.assignmentId}>
            <strong>{nameOf(given.bodyId)}</strong> {t(`giveBack.codes.${given.code as 'R1'}`)}
            {given.proposedBody !== null && `；${t('giveBack.proposes', { body: nameOf(given.proposedBody) })}`}
            {given.legalBasis !== null && (
              <Typography.Text type="secondary">{t('aside', { text: given.legalBasis })}</Typography.Text>
            )}
          </li>
        ))}
      </ul>
      {dispute.steps.length > 0 && <h3 className="part">{t('dispute.steps')}</h3>}
      <ul className="rows">
        {dispute.steps.map((step) => (
          <li key={step.id}>
            <Tag>{t(`dispute.step.${step.step}`)}</Tag>
            <strong>{nameOf(step.bodyId)}</strong>
            {t('colon')}
            {step.text}{' '}
            <Typography.Text type="secondary">
              <Instant at={step.heldAt} /> {t('dispute.by', { name: step.recordedBy })}
            </Typography.Text>
          </li>
        ))}
      </ul>
      {dispute.open && may('return.decide') && <RecordStep incident={incident} dispute={dispute} />}
      {dispute.open && may('leadDecision.make') && <NameLead incident={incident} />}
    </Card>
  );
}

const useOptions = () => (useBodies().data ?? []).map(({ id, name }) => ({ value: id, label: name }));

function RecordStep({ incident, dispute }: { incident: IncidentDetail; dispute: Schemas['Dispute'] }) {
  const { t } = useTranslation();
  const options = useOptions();
  const [form] = Form.useForm<{ bodyId: string; text: string }>();
  const step = dispute.next === 'meeting' ? 'meeting' : 'opinion';
  const record = useCommand(
    (values: { bodyId: string; text: string }) =>
      dataOf(
        api.POST('/api/v1/incidents/{id}/dispute/steps', {
          params: { path: { id: incident.id } },
          body: { step, ...values },
        }),
      ),
    t('dispute.recorded'),
  );
  return (
    <Form
      form={form}
      layout="inline"
      className="no-print"
      style={{ rowGap: 8, marginTop: 12 }}
      onFinish={(values) => record.mutate(values, { onSuccess: () => form.resetFields() })}
    >
      <Form.Item name="bodyId" rules={[{ required: true, message: t('required') }]} style={{ flex: '1 1 200px' }}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
          placeholder={t(step === 'meeting' ? 'dispute.meetingBody' : 'dispute.body')}
          aria-label={t('dispute.body')}
        />
      </Form.Item>
      <Form.Item
        name="text"
        rules={[{ required: true, whitespace: true, message: t('required') }]}
        style={{ flex: '2 1 260px' }}
      >
        <Input.TextArea autoSize maxLength={2_000} placeholder={t('dispute.text')} aria-label={t('dispute.text')} />
      </Form.Item>
      <Button htmlType="submit" loading={record.isPending}>
        {t('dispute.record')}
        {t('colon')}
        {t(`dispute.step.${step}`)}
      </Button>
    </Form>
  );
}

interface Decision {
  lead: string;
  co?: string[];
  reason: string;
}

/** Only the government office names the lead, with its ground (NT19 Art.19). */
function NameLead({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const options = useOptions();
  const decide = useCommand(
    ({ lead, co = [], reason }: Decision) =>
      dataOf(
        api.POST('/api/v1/incidents/{id}/lead-decision', {
          params: { path: { id: incident.id }, header: ifMatch(incident.version) },
          body: { leadBodyId: lead, coResponders: co.map((bodyId) => ({ bodyId, task: '' })), reason },
        }),
      ),
    t('dispute.decideDone'),
  );
  return (
    <Form
      layout="vertical"
      className="no-print"
      style={{ marginTop: 12 }}
      requiredMark={false}
      onFinish={(values: Decision) => decide.mutate(values)}
    >
      <Form.Item name="lead" label={t('dispute.lead')} rules={[{ required: true, message: t('required') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
      <Form.Item name="co" label={t('dispute.co')}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('dispute.ground')}
        rules={[{ required: true, whitespace: true, message: t('required') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1_000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={decide.isPending}>
        {t('dispute.decide')}
      </Button>
    </Form>
  );
}
