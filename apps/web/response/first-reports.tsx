import { Flex, Form, Input, Select, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { FormDialog, useRequired } from './form-dialog';
import { Section } from './section';

type Channel = 'telephone' | 'fax' | 'document' | 'system';
const CHANNELS: Channel[] = ['telephone', 'fax', 'document', 'system'];

/** The report to Party committee and government (第一时间报告): what was sent to whom, and who took it. */
export function FirstReports({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useRequired();
  const file = useCommand((values: { channel: Channel; recipients: string; text: string }) =>
    dataOf(
      api.POST('/api/v1/incidents/{id}/first-reports', {
        params: { path: { id: incident.id } },
        body: {
          channel: values.channel,
          text: values.text,
          recipients: values.recipients
            .split('\n')
            .map((office) => office.trim())
            .filter((office) => office !== '')
            .map((office) => ({ office })),
        },
      }),
    ),
  );
  return (
    <Section
      title={t('firstReport.title')}
      action={
        may('firstReport.file') && (
          <FormDialog<{ channel: Channel; recipients: string; text: string }>
            label={t('firstReport.file')}
            initial={{ channel: 'telephone', recipients: '' }}
            onSubmit={(values) => file.mutateAsync(values)}
          >
            <Form.Item name="channel" label={t('firstReport.channel')} rules={required}>
              <Select options={CHANNELS.map((value) => ({ value, label: t(`firstReport.channels.${value}`) }))} />
            </Form.Item>
            <Form.Item
              name="recipients"
              label={t('firstReport.recipients')}
              extra={t('firstReport.recipientsHint')}
              rules={required}
            >
              <Input.TextArea rows={2} maxLength={1_000} />
            </Form.Item>
            <Form.Item name="text" label={t('firstReport.text')} rules={required}>
              <Input.TextArea rows={4} maxLength={5_000} />
            </Form.Item>
          </FormDialog>
        )
      }
    >
      {incident.firstReports.length === 0 && <Typography.Text type="secondary">{t('course.none')}</Typography.Text>}
      <ul className="rows">
        {incident.firstReports.map((report) => (
          <li key={report.id}>
            <Report report={report} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Report({ report }: { report: Schemas['FirstReport'] }) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useRequired();
  const receive = useCommand((values: { receivedBy: string }) =>
    dataOf(api.POST('/api/v1/first-reports/{id}/receipt', { params: { path: { id: report.id } }, body: values })),
  );
  return (
    <Flex vertical gap={4}>
      <Flex wrap gap={8} align="center">
        <Tag>{t(`firstReport.channels.${report.channel as Channel}`)}</Tag>
        <strong>{report.recipients.map(({ office }) => office).join('、')}</strong>
        <Instant at={report.sentAt} />
        {report.receivedAt === null ? (
          <Typography.Text type="warning">{t('firstReport.sent')}</Typography.Text>
        ) : (
          <Typography.Text type="success">
            {t('firstReport.received', { name: report.receivedBy })} <Instant at={report.receivedAt} />
          </Typography.Text>
        )}
      </Flex>
      <span>{report.text}</span>
      {report.receivedAt === null && may('firstReport.receive') && (
        <div>
          <FormDialog<{ receivedBy: string }>
            label={t('firstReport.receive')}
            onSubmit={(values) => receive.mutateAsync(values)}
          >
            <Form.Item name="receivedBy" label={t('firstReport.receivedBy')} rules={required}>
              <Input maxLength={120} />
            </Form.Item>
          </FormDialog>
        </div>
      )}
    </Flex>
  );
}
