import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useServerClock } from '../time/server-clock';

/** What a report is asked for: which of these it takes depends on the report. */
export type PeriodKind = 'date' | 'month' | 'quarter';

const DAY_MS = 86_400_000;
/** Quarters that can be chosen: this one and those of two years. */
const QUARTERS = 9;

/** The civil day of an instant in Asia/Shanghai. */
export const officeDay = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);

function quartersUpTo(day: string): string[] {
  let [year, quarter] = [Number(day.slice(0, 4)), Math.ceil(Number(day.slice(5, 7)) / 3)];
  return Array.from({ length: QUARTERS }, () => {
    const name = `${year}Q${quarter}`;
    [year, quarter] = quarter === 1 ? [year - 1, 4] : [year, quarter - 1];
    return name;
  });
}

/** A day, a month or a quarter; nothing later than now can be chosen. */
export function PeriodPicker({
  kind,
  value,
  onChange,
}: {
  kind: PeriodKind;
  value: string | null;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const { now } = useServerClock();
  const today = officeDay(now === 0 ? Date.now() : now);
  if (kind === 'quarter')
    return (
      <label>
        {t('reports.quarter')}
        <Select
          value={value ?? quartersUpTo(today)[0]!}
          onChange={onChange}
          style={{ minWidth: 110 }}
          options={quartersUpTo(today).map((name) => ({ value: name, label: name }))}
        />
      </label>
    );
  const last = kind === 'month' ? today.slice(0, 7) : officeDay(Date.parse(`${today}T00:00:00+08:00`) + DAY_MS / 2);
  return (
    <label>
      {t(`reports.${kind}`)}
      <input
        className="report-input"
        type={kind}
        max={last}
        value={value ?? last}
        onChange={(event) => event.target.value !== '' && onChange(event.target.value)}
      />
    </label>
  );
}
