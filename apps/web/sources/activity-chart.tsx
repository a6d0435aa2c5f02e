import { useQuery } from '@tanstack/react-query';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useAppearance } from '../theme/appearance';
import { shortTime } from '../time/format';

const WIDTH = 720;
const HEIGHT = 120;

/** Items of each hour as bars, and what the history of the source expects as a line over them. */
export function ActivityChart({ id }: { id: string }) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const query = useQuery({
    queryKey: ['live', 'activity', id],
    queryFn: () => dataOf(api.GET('/api/v1/sources/{id}/activity', { params: { path: { id }, query: { hours: 48 } } })),
  });
  const hours = query.data?.items ?? [];
  if (hours.length === 0) return null;
  const top = Math.max(1, ...hours.map((hour) => Math.max(hour.items, hour.expected)));
  const step = WIDTH / hours.length;
  const y = (value: number) => HEIGHT - (value / top) * (HEIGHT - 8);
  const line = hours.map((hour, place) => `${place * step + step / 2},${y(hour.expected)}`).join(' ');
  const sum = (pick: (hour: (typeof hours)[number]) => number) => hours.reduce((total, hour) => total + pick(hour), 0);
  const words = t('ingest.activityHint', {
    items: sum((hour) => hour.items),
    expected: sum((hour) => hour.expected).toFixed(1),
  });
  return (
    <figure style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 16}`}
        preserveAspectRatio="xMinYMid meet"
        role="img"
        aria-label={words}
        style={{ width: '100%', maxHeight: 180 }}
      >
        {hours.map((hour, place) => (
          <rect
            key={hour.hour}
            x={place * step + 1}
            width={Math.max(1, step - 2)}
            y={y(hour.items)}
            height={HEIGHT - y(hour.items)}
            fill={states.blue}
          >
            <title>
              {t('ingest.activityBar', { at: shortTime(hour.hour), items: hour.items, expected: hour.expected })}
            </title>
          </rect>
        ))}
        <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} stroke={states.grey} strokeWidth={1} />
        <polyline points={line} fill="none" stroke={states.orange} strokeWidth={2} strokeDasharray="5 3" />
        <text x={0} y={HEIGHT + 13} fontSize={11} fill={states.grey}>
          {shortTime(hours[0]!.hour)}
        </text>
        <text x={WIDTH} y={HEIGHT + 13} fontSize={11} fill={states.grey} textAnchor="end">
          {shortTime(hours.at(-1)!.hour)}
        </text>
      </svg>
      <Typography.Text type="secondary">{words}</Typography.Text>
    </figure>
  );
}
