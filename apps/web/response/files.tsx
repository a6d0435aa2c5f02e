import { useQuery } from '@tanstack/react-query';
import { Button, Typography, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useMay } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { base64Of, type PickedFile } from './picked-file';
import { Section } from './section';

/** Files of an incident: photos of drafts and other papers, hashed when they came in. */
export function Files({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const params = { path: { id: incident.id } };
  const query = useQuery({
    queryKey: ['incident', incident.id, 'files'],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/files', { params })),
  });
  const upload = useCommand(async (file: PickedFile) =>
    dataOf(api.POST('/api/v1/incidents/{id}/files', { params, body: await base64Of(file) })),
  );
  const items = query.data?.items ?? [];
  return (
    <Section
      title={t('proof.files')}
      action={
        may('statement.draft') && (
          <Upload
            showUploadList={false}
            beforeUpload={(file) => {
              upload.mutate(file as PickedFile);
              return false;
            }}
          >
            <Button style={{ minHeight: 44 }} loading={upload.isPending}>
              {t('proof.upload')}
            </Button>
          </Upload>
        )
      }
    >
      {items.length === 0 && <Typography.Text type="secondary">{t('course.none')}</Typography.Text>}
      <ul className="rows">
        {items.map((file) => (
          <li key={file.id}>
            <a href={`/api/v1/files/${file.id}`}>{file.fileName}</a>{' '}
            <Typography.Text type="secondary">
              {Math.ceil(file.sizeBytes / 1024)} KB · {file.uploadedByName} <Instant at={file.uploadedAt} />
            </Typography.Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
