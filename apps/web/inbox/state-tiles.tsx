import { useTranslation } from 'react-i18next';
import { useLabel } from '../labels/labels';
import { type IncidentState, useCounts } from './use-inbox';

const SHOWN: IncidentState[] = ['proposed', 'confirmed', 'assigned', 'responded', 'rejected', 'struckOff'];

interface StateTilesProps {
  state: IncidentState;
  /** Whether it is time to count. */
  counting: boolean;
  onChoose: (state: IncidentState) => void;
}

/** States with live counts; each is a filter. */
export function StateTiles({ state, counting, onChoose }: StateTilesProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const counts = useCounts(counting);
  const countOf = (wanted: IncidentState) =>
    counts.data === undefined ? '…' : (counts.data.items.find((item) => item.state === wanted)?.n ?? 0);
  return (
    <div style={{ overflowX: 'auto', maxWidth: '100%' }}>
      <div className="tiles" role="radiogroup" aria-label={t('inbox.columns.state')}>
        {SHOWN.map((value) => (
          <label key={value}>
            <input type="radio" name="state" checked={value === state} onChange={() => onChoose(value)} />
            {label('incidentState', value)} <strong className="digits">{countOf(value)}</strong>
          </label>
        ))}
      </div>
    </div>
  );
}
