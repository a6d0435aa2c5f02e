import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBodyName } from '../api/reference';
import { useLabel, ValueTag } from '../labels/labels';
import { Instant } from '../time/instant';
import type { IncidentDetail } from './use-incident';

/** Who has the case, in which part, and how far they are. */
export function AssignmentList({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  const nameOf = useBodyName();
  if (incident.assignments.length === 0) return null;
  return (
    <section style={{ marginTop: 16 }}>
      <Typography.Title level={5}>{t('incident.assignments')}</Typography.Title>
      <Flex vertical gap={8}>
        {incident.assignments.map((order) => (
          <Flex key={order.id} wrap gap={8} align="baseline">
            <Typography.Text type="secondary">{label('role', order.role)}</Typography.Text>
            <strong>{nameOf(order.bodyId)}</strong>
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
