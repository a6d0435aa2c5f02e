import { Alert, Button, Skeleton, Tabs } from 'antd';
import { memo, useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { Colleagues } from '../presence/colleagues';
import { useBeAt } from '../presence/use-be-at';
import { useProblemText } from '../shell/use-command';
import { AsOfBanner } from './as-of-bar';
import { IncidentHead } from './incident-head';
import { ItemList } from './item-list';
import { Relations } from './relations';
import { useAsOf } from './use-as-of';
import { type IncidentDetail, useIncident } from './use-incident';
import { WhySection } from './why-section';
import { PendingReturns } from './pending-returns';
import { DisputePanel } from './dispute-panel';
import { AssignCard } from './assign-card';
import { AssignmentList } from './assignment-list';
import { StatementList } from './statement-list';
import { CoursePanel } from '../response/course-panel';
import { Timeline } from './timeline';
import { Ladder } from './ladder';
import { HoldersTable } from './holders-table';
import { ClockTable } from './clock-table';

/** Everything about one incident. On the inbox it stands beside the list, on its own page it fills the screen. */
export function IncidentPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const [asOf] = useAsOf();
  const query = useIncident(id, asOf);
  const problemText = useProblemText();
  useBeAt(id, asOf === null ? 'viewing' : null);
  // Drawn in pieces when it comes, so that a key that is pressed meanwhile is answered at once.
  const incident = useDeferredValue(query.data);
  if (query.isError)
    return (
      <Alert
        type="error"
        showIcon
        title={problemText(query.error)}
        action={<Button onClick={() => void query.refetch()}>{t('retry')}</Button>}
      />
    );
  return incident === undefined ? <Skeleton active /> : <Whole incident={incident} />;
}

const Whole = memo(function Whole({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const [asOf] = useAsOf();
  const open = ['confirmed', 'assigned', 'responded'].includes(incident.state);
  return (
    <article aria-label={incident.title}>
      <AsOfBanner />
      {incident.drill && <Alert type="info" showIcon title={t('clocks.drillBanner')} style={{ marginBottom: 12 }} />}
      <IncidentHead incident={incident} />
      {asOf === null && <Colleagues incidentId={incident.id} />}
      {may('return.decide') && asOf === null && <PendingReturns incident={incident} />}
      {asOf === null && <Relations incident={incident} />}
      {asOf === null && <DisputePanel incident={incident} />}
      {may('incident.assign') && open && asOf === null && <AssignCard incident={incident} />}
      <Tabs
        key={incident.state === 'proposed' ? 'proposed' : 'known'}
        items={incident.state === 'proposed' ? proposedTabs(t, incident) : knownTabs(t, incident)}
      />
    </article>
  );
});

type T = ReturnType<typeof useTranslation>['t'];

const recordTab = (t: T, incident: IncidentDetail) => ({
  key: 'timeline',
  label: t('incident.timeline'),
  children: <Timeline incident={incident} />,
});

/** Of a proposal one reads the messages and the grounds; limits come with the confirmation. */
const proposedTabs = (t: T, incident: IncidentDetail) => [
  {
    key: 'grounds',
    label: t('incident.proposal'),
    children: (
      <>
        <WhySection incident={incident} />
        <h3 className="part">{t('incident.items')}</h3>
        <ItemList incident={incident} />
      </>
    ),
  },
  recordTab(t, incident),
];

const knownTabs = (t: T, incident: IncidentDetail) => [
  {
    key: 'overview',
    label: t('incident.overview'),
    children: (
      // The past is read only: every button in it rests.
      <fieldset className="bare" disabled={incident.asOf !== null}>
        <ClockTable incident={incident} />
        <Ladder incident={incident} />
        <AssignmentList incident={incident} />
        {incident.asOf === null && <HoldersTable incident={incident} />}
      </fieldset>
    ),
  },
  {
    key: 'items',
    label: `${t('incident.items')} ${incident.items.length}`,
    children: <ItemList incident={incident} />,
  },
  { key: 'why', label: t('incident.why'), children: <WhySection incident={incident} /> },
  {
    key: 'statements',
    label: `${t('incident.statements')} ${incident.statements.length}`,
    children: <StatementList incident={incident} />,
  },
  // The course is read as it stands now; it would be taken for the past.
  ...(incident.asOf === null
    ? [{ key: 'course', label: t('course.tab'), children: <CoursePanel incident={incident} /> }]
    : []),
  recordTab(t, incident),
];
