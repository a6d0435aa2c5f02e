import { Button, Empty } from 'antd';
import { useTranslation } from 'react-i18next';

/** An empty list says why it is empty and what comes next. */
export function NothingHere({ state, narrowed, onClear }: { state: string; narrowed: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty
      style={{ marginTop: 64 }}
      description={
        narrowed ? (
          <>
            {t('emptyHint.filtered')}
            <br />
            <Button type="link" onClick={onClear}>
              {t('emptyHint.clear')}
            </Button>
          </>
        ) : state !== 'proposed' ? (
          t('emptyHint.none')
        ) : (
          <>
            <strong>{t('inbox.empty')}</strong>
            <br />
            {t('inbox.emptyNext')}
          </>
        )
      }
    />
  );
}
