import { useQuery } from '@tanstack/react-query';
import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { useLabel, ValueTag } from '../labels/labels';
import { Instant } from '../time/instant';
import { SignLinkButton } from './sign-link-button';
import type { IncidentDetail } from './use-incident';

/** Who has the case, in which part, and how far they are. */
export function AssignmentList({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  const nameOf = useBodyName();
  const may = useMay();
  const ofDay = useQuery({
    queryKey: ['live', 'bodiesOfDay', incident.id, incident.assignments.length],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/bodies', { params: { path: { id: incident.id } } })),
    enabled: incident.assignments.length > 0,
  });
  if (incident.assignments.length === 0) return null;
  const bodyOf = (assignmentId: string) => ofDay.data?.items.find((body) => body.assignmentId === assignmentId);
  return (
    <section style={{ marginTop: 16 }}>
      <Typography.Title level={5}>{t('incident.assignments')}</Typography.Title>
      <Flex vertical gap={8}>
        {incident.assignments.map((order) => (
          <Flex key={order.id} wrap gap={8} align="baseline">
            <Typography.Text type="secondary">{label('role', order.role)}</Typography.Text>
            <strong>{bodyOf(order.id)?.name ?? nameOf(order.bodyId)}</strong>
            <ValueTag group="assignmentState" value={order.state} />
            <Typography.Text type="secondary">
              {order.number} · <Instant at={order.dispatchedAt} />
              {order.acknowledgedAt !== null && (
                <>
                  {' '}
                  → {label('assignmentState', 'acknowledged')} <Instant at={order.acknowledgedAt} />
                </>
              )}
            </Typography.Text>
            <Typography.Text type="secondary">
              {bodyOf(order.id)?.head != null && t('ofDay.head', { name: bodyOf(order.id)?.head })}{' '}
              {bodyOf(order.id)?.spokesperson != null &&
                t('ofDay.spokesperson', { name: bodyOf(order.id)?.spokesperson })}
            </Typography.Text>
            <a
              className="no-print"
              href={`/api/v1/assignments/${order.id}/sheet?format=print`}
              target="_blank"
              rel="noreferrer"
            >
              {t('ofDay.sheet')}
            </a>
            {order.state === 'dispatched' && may('incident.assign') && <SignLinkButton order={order} />}
            {order.verification !== null && (
              <Typography.Paragraph style={{ width: '100%', margin: 0 }}>
                {String(order.verification.facts ?? '')}
              </Typography.Paragraph>
            )}
          </Flex>
        ))}
      </Flex>
    </section>
  );
}
