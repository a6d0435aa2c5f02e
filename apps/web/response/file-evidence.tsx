import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { useCommand } from '../shell/use-command';
import { FormDialog, instantOf, useRequired } from './form-dialog';
import { base64Of, type PickedFile } from './picked-file';

const KINDS = ['paper', 'tvRadio', 'mediaInterview', 'briefing'] as const;
type Kind = (typeof KINDS)[number];
interface Filing {
  kind: Kind;
  channelId: string;
  publishedAt: string;
  copy: PickedFile;
}
const ACCEPTED = 'image/jpeg,image/png,application/pdf,audio/mpeg,video/mp4';

/** The copy of a publication that no page proves; a second person looks at it. */
export function FileEvidence({ statement }: { statement: Schemas['Statement'] }) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useRequired();
  const channels = useQuery({
    queryKey: ['channels'],
    queryFn: () => dataOf(api.GET('/api/v1/channels')),
    staleTime: 60_000,
  });
  const file = useCommand(async ({ kind, channelId, publishedAt, copy }: Filing) =>
    dataOf(
      api.POST('/api/v1/incidents/{id}/evidence', {
        params: { path: { id: statement.incidentId } },
        body: {
          statementId: statement.id,
          kind,
          channelId,
          publishedAt: instantOf(publishedAt),
          attachment: await base64Of(copy),
        },
      }),
    ),
  );
  if (!may('evidence.file')) return null;
  return (
    <FormDialog<Filing>
      label={t('proof.file')}
      initial={{ kind: 'paper' }}
      onSubmit={(values) => file.mutateAsync(values)}
    >
      {(form) => (
        <>
          <Form.Item name="kind" label={t('channelsPage.kind')} rules={required}>
            <Select
              options={KINDS.map((value) => ({ value, label: t(`proof.kinds.${value}`) }))}
              onChange={() => form.resetFields(['channelId'])}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={['kind']}>
            {({ getFieldValue }) => {
              const fitting = (channels.data?.items ?? []).filter(
                ({ kind, official }) => official && kind === getFieldValue('kind'),
              );
              return (
                <Form.Item
                  name="channelId"
                  label={t('proof.channel')}
                  rules={required}
                  extra={fitting.length === 0 ? t('proof.noChannel') : undefined}
                >
                  <Select options={fitting.map(({ id, name }) => ({ value: id, label: name }))} />
                </Form.Item>
              );
            }}
          </Form.Item>
          <Form.Item name="publishedAt" label={t('proof.publishedAt')} rules={required}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item
            name="copy"
            label={t('proof.copy')}
            rules={required}
            valuePropName="file"
            getValueFromEvent={({ file: picked }: { file: PickedFile }) => picked}
          >
            <Upload.Dragger beforeUpload={() => false} maxCount={1} accept={ACCEPTED}>
              {t('proof.choose')}
            </Upload.Dragger>
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}
