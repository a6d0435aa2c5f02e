import { Alert, Button, Skeleton, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { AssignCard } from './assign-card';
import { AssignmentList } from './assignment-list';
import { ClockTable } from './clock-table';
import { IncidentHead } from './incident-head';
import { ItemList } from './item-list';
import { Ladder } from './ladder';
import { StatementList } from './statement-list';
import { Timeline } from './timeline';
import { useIncident } from './use-incident';

/** Everything about one incident. On the inbox it stands beside the list, on its own page it fills the screen. */
export function IncidentPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const query = useIncident(id);
  if (query.isError)
    return (
      <Alert
        type="error"
        showIcon
        title={query.error.message}
        action={<Button onClick={() => void query.refetch()}>{t('retry')}</Button>}
      />
    );
  if (query.data === undefined) return <Skeleton active />;
  const incident = query.data;
  const open = ['confirmed', 'assigned', 'responded'].includes(incident.state);
  return (
    <article aria-label={incident.title}>
      <IncidentHead incident={incident} />
      {may('incident.assign') && open && <AssignCard incident={incident} />}
      <Tabs
        items={[
          {
            key: 'overview',
            label: t('incident.overview'),
            children: (
              <>
                <ClockTable incident={incident} />
                <Ladder incident={incident} />
                <AssignmentList incident={incident} />
              </>
            ),
          },
          {
            key: 'items',
            label: `${t('incident.items')} ${incident.items.length}`,
            children: <ItemList incident={incident} />,
          },
          {
            key: 'statements',
            label: `${t('incident.statements')} ${incident.statements.length}`,
            children: <StatementList incident={incident} />,
          },
          { key: 'timeline', label: t('incident.timeline'), children: <Timeline incident={incident} /> },
        ]}
      />
    </article>
  );
}
