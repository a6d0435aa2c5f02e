import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { ValueTag } from '../labels/labels';
import { FieldName } from '../shell/field-name';
import { RejoinButton } from './rejoin-button';
import type { IncidentDetail } from './use-incident';

type Related = Schemas['IncidentRelations']['followedBy'][number];

/** What belongs to an incident: earlier orders, second waves, shared messages, and the wording that was prepared for it. */
export function Relations({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const incidentId = incident.id;
  const nameOf = useBodyName();
  const query = useQuery({
    queryKey: ['incident', incidentId, 'relations'],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/relations', { params: { path: { id: incidentId } } })),
  });
  if (query.data === undefined) return null;
  const { orders, follows, followedBy, merged, shared, watches } = query.data;
  const lines: [string, Related][] = [
    ...(follows === null ? [] : [[t('triage.relations.follows'), follows] as [string, Related]]),
    ...followedBy.map((other): [string, Related] => [t('triage.relations.followedBy'), other]),
    ...merged.map((other): [string, Related] => [t('triage.relations.merged'), other]),
    ...shared.map((other): [string, Related] => [
      t(`triage.relations.${other.here === 'suggested' ? 'sharedSuggested' : 'sharedConfirmed'}`, {
        items: other.items,
      }),
      other,
    ]),
  ];
  if (lines.length === 0 && orders.earlier === 0 && watches.length === 0) return null;
  return (
    <section aria-label={t('triage.relations.title')}>
      <Flex vertical gap={6} style={{ marginBlock: 8 }}>
        {watches.map((watch) => (
          <Alert
            key={watch.id}
            type="info"
            showIcon
            title={t('triage.relations.watch', { title: watch.title })}
            description={
              <>
                {watch.risks !== '' && <Note name={t('triage.relations.risks')}>{watch.risks}</Note>}
                {watch.wording !== '' && (
                  <Note name={t('triage.relations.wording')}>
                    <Typography.Text copyable={{ text: watch.wording }}>{watch.wording}</Typography.Text>
                  </Note>
                )}
                {watch.bodyId !== null && <Note name={t('triage.watches.body')}>{nameOf(watch.bodyId)}</Note>}
              </>
            }
          />
        ))}
        {orders.earlier > 0 && <span>☎ {t('triage.relations.orders', orders)}</span>}
        {lines.map(([what, other]) => (
          <span key={`${what} ${other.id}`}>
            <FieldName>{what}</FieldName>
            <Link to={`/incidents/${other.id}`}>
              {other.number} {other.title}
            </Link>{' '}
            <ValueTag group="incidentState" value={other.state} />{' '}
            {other === follows && incident.state === 'proposed' && may('incident.decide') && (
              <RejoinButton incident={incident} />
            )}
          </span>
        ))}
      </Flex>
    </section>
  );
}

function Note({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <FieldName>{name}</FieldName>
      {children}
    </div>
  );
}
