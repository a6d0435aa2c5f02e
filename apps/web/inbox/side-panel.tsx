import { Skeleton } from 'antd';
import type { RefObject } from 'react';
import { useMay } from '../api/session';
import { useIncident } from '../incident/use-incident';
import { lazily } from '../shell/lazily';
import type { Decision } from './decide';
import { DecisionBar } from './decision-bar';
import type { IncidentRow } from './use-inbox';

/** The list can be worked on before everything that is said of one incident has been fetched. */
const IncidentPanel = lazily(
  async () => (await import('../incident/incident-panel')).IncidentPanel,
  <Skeleton active />,
);
const IncidentActions = lazily(async () => (await import('../incident/incident-actions')).IncidentActions);

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
