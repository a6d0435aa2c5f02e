import { useTranslation } from 'react-i18next';
import { useAppearance } from '../theme/appearance';

const WIDTH = 72;
const HEIGHT = 16;

/** Messages by the hour over the last day, as small bars; the words say the same. */
export function SparkLine({ counts }: { counts: readonly number[] }) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const most = Math.max(...counts, 1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const step = WIDTH / counts.length;
  const words = t('list.spark', { count: total, most });
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={words} style={{ verticalAlign: 'middle', flex: 'none' }}>
      <title>{words}</title>
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke={states.grey} strokeWidth={0.5} />
      {counts.map((count, hour) => {
        const height = count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 1));
        return (
          // The place in the row is the hour.
          <rect
            key={hour}
            x={hour * step + 0.5}
            y={HEIGHT - height}
            width={step - 1}
            height={height}
            fill={states.blue}
          />
        );
      })}
    </svg>
  );
}
