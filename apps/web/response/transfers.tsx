import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Select, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { FormDialog, useRequired } from './form-dialog';
import { Section } from './section';

export function useTransfers(incidentId: string, enabled = true) {
  return useQuery({
    queryKey: ['incident', incidentId, 'transfers'],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/transfers', { params: { path: { id: incidentId } } })),
    enabled,
  });
}

/** Hand-overs of suspected illegality: the package, the letter, the receipt (D6). */
export function Transfers({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useRequired();
  const list = useTransfers(incident.id);
  const make = useCommand((body: { addressee: string; reason: string }) =>
    dataOf(api.POST('/api/v1/incidents/{id}/transfers', { params: { path: { id: incident.id } }, body })),
  );
  return (
    <Section
      title={t('transfer.title')}
      action={
        may('disposition.decide') && (
          <FormDialog<{ addressee: string; reason: string }>
            label={t('transfer.make')}
            onSubmit={(values) => make.mutateAsync(values)}
          >
            <Typography.Paragraph type="secondary">{t('transfer.hint')}</Typography.Paragraph>
            <Form.Item name="addressee" label={t('transfer.addressee')} rules={required}>
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item name="reason" label={t('transfer.reason')} rules={required}>
              <Input.TextArea rows={2} maxLength={1_000} />
            </Form.Item>
          </FormDialog>
        )
      }
    >
      {(list.data?.items ?? []).length === 0 && <Typography.Text type="secondary">{t('course.none')}</Typography.Text>}
      <ul className="rows">
        {(list.data?.items ?? []).map((transfer) => (
          <li key={transfer.id}>
            <Transfer transfer={transfer} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface Receipt {
  result: 'accepted' | 'noIllegality';
  reference: string;
  by: string;
  note?: string;
}

function Transfer({ transfer }: { transfer: Schemas['Transfer'] }) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useRequired();
  const receive = useCommand((body: Receipt) =>
    dataOf(
      api.POST('/api/v1/transfers/{id}/receipt', {
        params: { path: { id: transfer.id } },
        body: { ...body, note: body.note ?? '' },
      }),
    ),
  );
  const { receipt } = transfer;
  return (
    <Flex vertical gap={6}>
      <Flex wrap gap={8} align="center">
        <strong>{transfer.number}</strong> {transfer.addressee} <Instant at={transfer.madeAt} />
        {receipt === null ? (
          <Tag color="warning">{t('transfer.waiting')}</Tag>
        ) : (
          <Tag color="success">
            {t(`transfer.results.${receipt.result}`)} {receipt.reference}
          </Tag>
        )}
      </Flex>
      <Typography.Text type="secondary" style={{ overflowWrap: 'anywhere' }}>
        {transfer.reason} · SHA-256 {transfer.sha256.slice(0, 16)}…
      </Typography.Text>
      <Flex wrap gap={8}>
        <Button href={`/api/v1/transfers/${transfer.id}/package`} style={{ minHeight: 44 }}>
          {t('transfer.package')}
        </Button>
        <Button href={`/api/v1/transfers/${transfer.id}/sheet`} target="_blank" style={{ minHeight: 44 }}>
          {t('transfer.sheet')}
        </Button>
        {receipt === null && may('disposition.decide') && (
          <FormDialog<Receipt>
            label={t('transfer.receipt')}
            initial={{ result: 'accepted' }}
            onSubmit={(values) => receive.mutateAsync(values)}
          >
            <Form.Item name="result" label={t('transfer.result')} rules={required}>
              <Select
                options={(['accepted', 'noIllegality'] as const).map((value) => ({
                  value,
                  label: t(`transfer.results.${value}`),
                }))}
              />
            </Form.Item>
            <Form.Item name="reference" label={t('transfer.reference')} rules={required}>
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item name="by" label={t('transfer.by')} rules={required}>
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item name="note" label={t('course.note')}>
              <Input.TextArea rows={2} maxLength={1_000} />
            </Form.Item>
          </FormDialog>
        )}
      </Flex>
    </Flex>
  );
}
