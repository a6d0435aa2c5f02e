import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

const FORMATS = ['csv', 'xlsx', 'print'] as const;

/** The same question as files, and as pages for paper in a window of their own. */
export function ExportButtons({
  address,
  question,
  formats = FORMATS,
}: {
  address: string;
  question: Readonly<Record<string, string>>;
  formats?: readonly (typeof FORMATS)[number][];
}) {
  const { t } = useTranslation();
  return (
    <>
      {formats.map((format) => (
        <Button
          key={format}
          icon={format === 'print' ? <PrinterOutlined /> : <DownloadOutlined />}
          href={`${address}?${new URLSearchParams({ ...question, format }).toString()}`}
          {...(format === 'print' ? { target: '_blank', rel: 'noopener' } : { download: true })}
        >
          {t(`reports.export.${format}`)}
        </Button>
      ))}
    </>
  );
}
