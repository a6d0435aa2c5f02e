import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { fullTime, span, type SpanUnits } from '../time/format';

/** What the supervisor must know of the timing itself: a missing notice of holidays, a jump of the clock, skew. */
export function Alerts() {
  const { t } = useTranslation();
  const units = t('countdown', { returnObjects: true }) as unknown as SpanUnits;
  const query = useQuery({ queryKey: ['live', 'alerts'], queryFn: () => dataOf(api.GET('/api/v1/alerts')) });
  const long = (milliseconds: number) => span(Math.abs(milliseconds), units);
  const textOf = (alert: Item): string => {
    switch (alert.code) {
      case 'calendarMissing':
        return t('alerts.calendarMissing', { year: alert.year });
      case 'databaseJumped':
        return t('alerts.databaseJumped', {
          at: fullTime(alert.at),
          span: long(alert.stepMs),
          held: long(alert.heldMs),
        });
      case 'processSkew':
        return t('alerts.processSkew', { process: alert.process, span: long(alert.skewMs) });
    }
  };
  return (query.data?.items ?? []).map((alert, index) => (
    <Alert
      key={index}
      showIcon
      type={alert.code === 'databaseJumped' ? 'error' : 'warning'}
      title={textOf(alert)}
      style={{ marginBottom: 8 }}
    />
  ));
}

type Item = Schemas['SystemAlert'];
