import { Checkbox, Flex, Form, Input, Select, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { useMay } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { useCommand } from '../shell/use-command';
import { FormDialog, useRequired } from './form-dialog';
import { Section } from './section';
import { Transfers, useTransfers } from './transfers';

export const KINDS = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6'] as const;
type Kind = (typeof KINDS)[number];
interface Evidence {
  statementIds: string[];
  result?: 'adopted' | 'partly' | 'not';
  reason?: string;
  solutionDate?: string;
  transferId?: string;
  by?: string;
  finding?: string;
}

/** How the incident is disposed of (D1–D6), each kind with its own closing evidence. */
export function Dispositions({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useRequired();
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const decide = useCommand((body: { kinds: Kind[]; reason: string }) =>
    dataOf(api.POST('/api/v1/incidents/{id}/dispose', { params, body })),
  );
  const open = ['confirmed', 'assigned', 'responded', 'rectified'].includes(incident.state);
  return (
    <>
      <Section
        title={t('dispose.title')}
        action={
          may('disposition.decide') &&
          open && (
            <FormDialog<{ kinds: Kind[]; reason: string }>
              label={t('dispose.decide')}
              initial={{ kinds: incident.dispositions.map(({ kind }) => kind) }}
              onSubmit={(values) => decide.mutateAsync(values)}
            >
              <Form.Item name="kinds" label={t('dispose.title')} rules={required}>
                <Checkbox.Group
                  style={{ display: 'flex', flexDirection: 'column', gap: 8 }}
                  options={KINDS.map((value) => ({ value, label: t(`dispose.kinds.${value}`) }))}
                />
              </Form.Item>
              <Form.Item name="reason" label={t('course.reason')} rules={required}>
                <Input.TextArea rows={2} maxLength={1_000} />
              </Form.Item>
            </FormDialog>
          )
        }
      >
        {incident.dispositions.length === 0 && <Typography.Text type="secondary">{t('course.none')}</Typography.Text>}
        <ul className="rows">
          {incident.dispositions.map(({ id, kind, state }) => (
            <li key={id}>
              <Flex wrap gap={8} align="center" justify="space-between">
                <span style={{ flex: '1 1 220px' }}>
                  <strong>{t(`dispose.kinds.${kind}`)}</strong>{' '}
                  <Tag>
                    {state === 'satisfied' ? '✓ ' : ''}
                    {t(state === 'satisfied' ? 'dispose.satisfied' : 'dispose.open')}
                  </Tag>
                  <br />
                  <Typography.Text type="secondary">{t(`dispose.needs.${kind}`)}</Typography.Text>
                </span>
                {state === 'open' && open && may('disposition.decide') && (
                  <EvidenceForm incident={incident} kind={kind} />
                )}
              </Flex>
            </li>
          ))}
        </ul>
      </Section>
      {incident.dispositions.some(({ kind }) => kind === 'D6') && <Transfers incident={incident} />}
    </>
  );
}

function EvidenceForm({ incident, kind }: { incident: IncidentDetail; kind: Kind }) {
  const { t } = useTranslation();
  const required = useRequired();
  const transfers = useTransfers(incident.id, kind === 'D6');
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const published = incident.statements.filter(({ state }) => state === 'published' || state === 'corrected');
  const file = useCommand((values: Evidence) =>
    dataOf(
      api.POST('/api/v1/incidents/{id}/disposition-evidence', {
        params,
        body: { kind, evidence: evidenceOf(kind, values) },
      }),
    ),
  );
  return (
    <FormDialog<Evidence>
      label={t('dispose.file')}
      primary
      initial={{ statementIds: published.map(({ id }) => id) }}
      onSubmit={(values) => file.mutateAsync(values)}
    >
      <Form.Item name="statementIds" label={t('dispose.statements')} rules={required}>
        <Select
          mode="multiple"
          options={published.map(({ id, title, number }) => ({ value: id, label: `${title} ${number}` }))}
        />
      </Form.Item>
      {kind === 'D1' && (
        <>
          <Form.Item name="result" label={t('dispose.adoption')} rules={required}>
            <Select
              options={(['adopted', 'partly', 'not'] as const).map((value) => ({
                value,
                label: t(`dispose.adoptions.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="reason" label={t('dispose.adoptionReason')}>
            <Input.TextArea rows={2} maxLength={1_000} />
          </Form.Item>
        </>
      )}
      {kind === 'D2' && (
        <Form.Item name="solutionDate" label={t('dispose.solutionDate')} rules={required}>
          <Input type="date" />
        </Form.Item>
      )}
      {kind === 'D6' && (
        <>
          <Form.Item name="transferId" label={t('dispose.transfer')}>
            <Select
              allowClear
              options={(transfers.data?.items ?? []).map(({ id, number, addressee }) => ({
                value: id,
                label: `${number} ${addressee}`,
              }))}
            />
          </Form.Item>
          <Form.Item name="by" label={t('dispose.noIllegalityBy')}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name="finding" label={t('dispose.noIllegalityFinding')}>
            <Input.TextArea rows={2} maxLength={1_000} />
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}

/** What each kind asks for, and nothing else. */
function evidenceOf(kind: Kind, values: Evidence) {
  const { statementIds, result, reason, solutionDate, transferId, by, finding } = values;
  if (kind === 'D1' && result !== undefined)
    return { statementIds, adoption: { result, ...(reason ? { reason } : {}) } };
  if (kind === 'D2' && solutionDate) return { statementIds, solutionDate };
  if (kind !== 'D6') return { statementIds };
  return {
    statementIds,
    ...(transferId ? { transferId } : {}),
    ...(by && finding ? { noIllegality: { by, finding } } : {}),
  };
}
