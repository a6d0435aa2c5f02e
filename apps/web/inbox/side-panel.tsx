import { memo, type RefObject, useDeferredValue, useEffect } from 'react';
import { useMay } from '../api/session';
import { useIncident } from '../incident/use-incident';
import { lazily } from '../shell/lazily';
import { Waiting } from '../shell/waiting';
import { prepareSayings } from '../shell/say';
import { useIdle, whenIdle } from '../shell/use-idle';
import type { Decision } from './decide';
import { DecisionBar } from './decision-bar';
import type { IncidentRow } from './use-inbox';

/** The list can be worked on before everything that is said of one incident has been fetched. */
const IncidentPanel = lazily(async () => (await import('../incident/incident-panel')).IncidentPanel, <Waiting />);
const IncidentActions = lazily(async () => (await import('../incident/incident-actions')).IncidentActions);

type Actions = RefObject<Record<string, () => void>>;

interface SidePanelProps {
  row: IncidentRow;
  actions: Actions;
  onDecide: (decision: Decision) => void;
}

/**
 * The chosen incident beside the list, with what may be decided. The list and the decisions follow the hand at once; all that
 * is said of the incident follows when there is time, and is pale until then.
 */
export function SidePanel({ row, actions, onDecide }: SidePanelProps) {
  const mayDecide = useMay()('incident.decide');
  const idle = useIdle();
  const id = useDeferredValue(row.id);
  const follows = id === row.id;
  // The first key should not wait for its dialog, nor for what says that it was done.
  useEffect(() => {
    if (!idle || !mayDecide) return;
    return whenIdle(() => {
      prepareSayings();
      void import('./reason-dialog').catch(() => undefined);
    });
  }, [idle, mayDecide]);
  return (
    <div className="side">
      {mayDecide && <DecisionBar incident={row} actions={actions} onDecide={onDecide} />}
      {idle ? (
        <div style={{ opacity: follows ? 1 : 0.5 }}>
          {mayDecide && <ActionsOf key={id} id={id} actions={follows ? actions : undefined} />}
          <Panel key={`panel-${id}`} id={id} />
        </div>
      ) : (
        <Waiting />
      )}
    </div>
  );
}

const Panel = memo(IncidentPanel);

/** Merge and corrections need the incident as a whole, which is being read anyway. */
const ActionsOf = memo(function ActionsOf({ id, actions }: { id: string; actions: Actions | undefined }) {
  const incident = useIncident(id);
  return incident.data === undefined ? null : <IncidentActions incident={incident.data} actions={actions} />;
});
