import { Button, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useJurisdictions } from '../api/reference';
import { useMay } from '../api/session';
import { useCommand } from '../shell/use-command';
import { useSay } from '../shell/say';

/** Lists of feeds in and out. */
export function OpmlButtons() {
  const { t } = useTranslation();
  const may = useMay();
  const message = useSay();
  const places = useJurisdictions();
  const take = useCommand(async (file: File) => {
    const answer = await dataOf(
      api.POST('/api/v1/sources/opml', {
        params: { query: { jurisdiction: places.data?.[0]?.code ?? '' } },
        body: file as never,
        bodySerializer: (body: unknown) => body as Blob,
        headers: { 'content-type': 'text/x-opml' },
      } as never),
    );
    const { read, added, known } = answer as { read: number; added: number; known: number };
    void message.success(t('ingest.opmlDone', { read, added, known }));
  });
  return (
    <>
      <Button href="/api/v1/sources/opml">{t('ingest.opmlExport')}</Button>
      {may('source.manage') && (
        <Upload
          accept=".opml,.xml"
          showUploadList={false}
          beforeUpload={(file) => {
            take.mutate(file);
            return false;
          }}
        >
          <Button loading={take.isPending}>{t('ingest.opmlImport')}</Button>
        </Upload>
      )}
    </>
  );
}
