import { Segmented } from 'antd';
import { useLabel } from '../labels/labels';
import { type IncidentState, useCounts } from './use-inbox';

const SHOWN: IncidentState[] = ['proposed', 'confirmed', 'assigned', 'responded', 'rejected', 'struckOff'];

/** States with live counts; each is a filter. */
export function StateTiles({ state, onChoose }: { state: IncidentState; onChoose: (state: IncidentState) => void }) {
  const label = useLabel();
  const counts = useCounts();
  const countOf = (wanted: IncidentState) =>
    counts.data === undefined ? '…' : (counts.data.items.find((item) => item.state === wanted)?.n ?? 0);
  return (
    <div style={{ overflowX: 'auto', maxWidth: '100%' }}>
      <Segmented
        value={SHOWN.includes(state) ? state : undefined}
        onChange={(value) => onChoose(value as IncidentState)}
        options={SHOWN.map((value) => ({
          value,
          label: (
            <span>
              {label('incidentState', value)} <strong className="digits">{countOf(value)}</strong>
            </span>
          ),
        }))}
      />
    </div>
  );
}
