import type { RefObject } from 'react';
import { useMay } from '../api/session';
import { IncidentActions } from '../incident/incident-actions';
import { IncidentPanel } from '../incident/incident-panel';
import { useIncident } from '../incident/use-incident';
import type { Decision } from './decide';
import { DecisionBar } from './decision-bar';
import type { IncidentRow } from './use-inbox';

interface SidePanelProps {
  row: IncidentRow;
  actions: RefObject<Record<string, () => void>>;
  onDecide: (decision: Decision) => void;
}

/** The chosen incident beside the list, with what may be decided. */
export function SidePanel({ row, actions, onDecide }: SidePanelProps) {
  const mayDecide = useMay()('incident.decide');
  return (
    <div className="side">
      {mayDecide && <DecisionBar key={row.id} incident={row} actions={actions} onDecide={onDecide} />}
      {mayDecide && <Actions row={row} actions={actions} />}
      <IncidentPanel key={`panel-${row.id}`} id={row.id} />
    </div>
  );
}

/** Merge and corrections need the incident as a whole, which is being read anyway. */
function Actions({ row, actions }: Pick<SidePanelProps, 'row' | 'actions'>) {
  const incident = useIncident(row.id);
  return incident.data === undefined ? null : (
    <IncidentActions key={row.id} incident={incident.data} actions={actions} />
  );
}
