import { HistoryOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fullTime } from '../time/format';
import { useAsOf } from './use-as-of';

/** Times are entered as they are shown: in the office's zone, wherever the browser stands. */
export const officeInstant = (local: string): string => new Date(`${local}+08:00`).toISOString();

/** Says that the page shows the past, so that nobody takes it for the present. */
export function AsOfBanner() {
  const { t } = useTranslation();
  const [asOf, show] = useAsOf();
  if (asOf === null) return null;
  return (
    <Alert
      type="warning"
      showIcon
      icon={<HistoryOutlined />}
      data-testid="as-of"
      title={t('clocks.asOfBanner', { at: fullTime(asOf) })}
      action={
        <Button size="small" type="primary" onClick={() => show(null)}>
          {t('clocks.asOfBack')}
        </Button>
      }
      style={{ marginBottom: 12 }}
    />
  );
}

/** Any instant of the past, above the timeline. */
export function AsOfControl() {
  const { t } = useTranslation();
  const [, show] = useAsOf();
  const [value, setValue] = useState('');
  return (
    <Flex wrap gap={8} align="center" className="no-print" style={{ marginTop: 8 }}>
      <Typography.Text type="secondary">{t('clocks.asOf')}</Typography.Text>
      <Input
        type="datetime-local"
        step={1}
        size="small"
        aria-label={t('clocks.asOfAt')}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        style={{ width: 210 }}
      />
      <Button size="small" disabled={value === ''} onClick={() => show(officeInstant(value))}>
        {t('clocks.asOfShow')}
      </Button>
    </Flex>
  );
}
