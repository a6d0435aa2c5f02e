import { useQuery } from '@tanstack/react-query';
import { Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { useLabel, ValueTag } from '../labels/labels';
import { Instant } from '../time/instant';
import { SignLinkButton } from './sign-link-button';
import type { IncidentDetail } from './use-incident';

const LATE = new Set(['overdue', 'overdueAtUpgrade', 'metLate']);
const KEPT = new Set(['met']);

/** Whether a body kept the limits that are its own: a co-responder's lateness is its own and not the lead's (domain 5.4). */
function OwnLimits({ incident, bodyId }: { incident: IncidentDetail; bodyId: string }) {
  const { t } = useTranslation();
  const own = incident.clocks.filter((clock) => clock.scope !== 'public' && clock.bodyId === bodyId);
  const late = own.filter(({ state }) => LATE.has(state));
  if (late.length > 0)
    return (
      <Tag color="error" className="words">
        {t('ofDay.late', { count: late.length, limits: [...new Set(late.map(({ label }) => label))].join('、') })}
      </Tag>
    );
  const kept = own.filter(({ state }) => KEPT.has(state)).length;
  return kept === 0 ? null : <Tag color="success">{t('ofDay.kept', { count: kept })}</Tag>;
}

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
      <h3 className="part">{t('incident.assignments')}</h3>
      <Flex vertical gap={8}>
        {incident.assignments.map((order) => (
          <Flex key={order.id} wrap gap={8} align="baseline">
            <Typography.Text type="secondary">{label('role', order.role)}</Typography.Text>
            <strong>{bodyOf(order.id)?.name ?? nameOf(order.bodyId)}</strong>
            <ValueTag group="assignmentState" value={order.state} />
            <OwnLimits incident={incident} bodyId={order.bodyId} />
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
