import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Flex, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, dataOf } from '../api/client';
import { useSession } from '../api/session';
import { ValueTag } from '../labels/labels';
import { Countdown } from '../time/countdown';
import { OrderPanel } from './order-panel';

/** The spokesperson's page, made for a phone: what was assigned, how long there is, one large button for the next step. */
export function OrdersPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [params, setParams] = useSearchParams();
  const chosen = params.get('incident');
  const query = useQuery({
    queryKey: ['live', 'orders'],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/incidents', {
          params: { query: { limit: 100, state: 'assigned,responded,rectified', sort: 'deadline' } as never },
        }),
      ),
  });
  if (query.data === undefined) return <Skeleton active className="page" />;
  const mine = query.data.items.filter((incident) => incident.bodyIds.some((id) => session.bodies.includes(id)));
  if (chosen !== null) return <OrderPanel incidentId={chosen} onBack={() => setParams({})} />;
  return (
    <div className="page" style={{ maxWidth: 720 }}>
      <Typography.Title level={4}>{t('orders.title')}</Typography.Title>
      {mine.length === 0 && (
        <Empty
          description={
            <>
              <strong>{t('orders.empty')}</strong>
              <br />
              {t('orders.emptyHint')}
            </>
          }
        />
      )}
      <Flex vertical gap={12}>
        {mine.map((incident) => (
          <Link key={incident.id} to={`/orders?incident=${incident.id}`}>
            <Card hoverable size="small">
              <Typography.Text strong style={{ fontSize: '1.1em' }}>
                {incident.title}
              </Typography.Text>
              <Flex wrap gap={4} style={{ marginBlock: 8 }}>
                <ValueTag group="grade" value={incident.grade} />
                <ValueTag group="category" value={incident.category} />
                <ValueTag group="incidentState" value={incident.state} />
              </Flex>
              {incident.nextDueAt !== null && (
                <Flex gap={8} align="baseline">
                  <Typography.Text type="secondary">{t('orders.timeLeft')}</Typography.Text>
                  <Countdown dueAt={incident.nextDueAt} startedAt={incident.dispatchedAt} large />
                </Flex>
              )}
            </Card>
          </Link>
        ))}
      </Flex>
    </div>
  );
}
