import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The name before a value on one line, with the colon of the language. */
export function FieldName({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Typography.Text type="secondary">
      {children}
      {t('colon')}
    </Typography.Text>
  );
}
