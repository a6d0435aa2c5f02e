import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Document, useReportWords } from './use-words';

/** What a report leaves out, by which instant things belong to it, and the rule of every rate. */
export function ReportNotes({ document }: { document: Document }) {
  const { t } = useTranslation();
  const { word } = useReportWords();
  return (
    <section className="report-part" lang="zh-CN">
      {document.rules.length > 0 && (
        <>
          <h2 className="part">{t('reports.rules')}</h2>
          <ul>
            {document.rules.map(({ key, label, rule }) => (
              <li key={key}>
                <strong>{word('words', key, label)}</strong>
                {t('colon')}
                {rule}
              </li>
            ))}
          </ul>
        </>
      )}
      <Typography.Text type="secondary">{document.notes.join('；')}</Typography.Text>
    </section>
  );
}
