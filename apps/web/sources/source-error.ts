import { useTranslation } from 'react-i18next';

/** The last error of a source in plain words; a code without a sentence is named. */
export function useSourceError(): (code: string | null) => string {
  const { t } = useTranslation();
  return (code) => {
    if (code === null) return t('ingest.noError');
    const words = t('ingest.sourceError', { returnObjects: true }) as unknown as Record<string, string>;
    return words[code] ?? t('ingest.errorOther', { code });
  };
}
