import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Empty, Flex, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useSession } from '../api/session';
import { ValueTag } from '../labels/labels';
import { useProblemText } from '../shell/use-command';
import { Waiting } from '../shell/waiting';
import { useClockName } from '../time/clock-name';
import { Countdown } from '../time/countdown';
import { DutyCard } from './duty-card';
import { OrderPanel } from './order-panel';

/** The spokesperson's page, made for a phone: what was assigned, how long there is, one large button for the next step. */
export function OrdersPage() {
  const { t } = useTranslation();
  const session = useSession();
  const problemText = useProblemText();
  const [params, setParams] = useSearchParams();
  const chosen = params.get('incident');
  const query = useQuery({
    queryKey: ['live', 'orders'],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/incidents', {
          params: { query: { limit: 100, state: 'confirmed,assigned,responded,rectified', sort: 'deadline' } as never },
        }),
      ),
  });
  const limits = useOwnLimits(session.bodies);
  if (chosen !== null) return <OrderPanel incidentId={chosen} onBack={() => setParams({})} />;
  if (query.isError) return <Alert className="page" type="error" showIcon title={problemText(query.error)} />;
  if (query.data === undefined) return <Skeleton active className="page" />;
  const mine = query.data.items.filter((incident) => incident.bodyIds.some((id) => session.bodies.includes(id)));
  // What runs out first stands first; others' limits do not move it.
  const dueOf = (id: string) => limits?.get(id)?.[0]?.dueAt ?? '9';
  mine.sort((a, b) => dueOf(a.id).localeCompare(dueOf(b.id)));
  return (
    <div className="page touch" style={{ maxWidth: 720 }}>
      <Typography.Title level={1} style={{ fontSize: '1.3em', margin: '4px 0 12px' }}>
        {t('orders.title')} <Typography.Text type="secondary">{mine.length}</Typography.Text>
      </Typography.Title>
      {mine.length === 0 && (
        <Empty
          style={{ marginTop: 48 }}
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
          <Link key={incident.id} to={`/orders?incident=${incident.id}`} className="order-link">
            <Card hoverable size="small">
              <strong style={{ fontSize: '1.1em' }}>{incident.title}</strong>
              <Flex wrap gap={4} style={{ marginBlock: 8 }}>
                <ValueTag group="category" value={incident.category} />
                {incident.grade !== 'none' && <ValueTag group="grade" value={incident.grade} />}
                <ValueTag group="incidentState" value={incident.state} />
                <Typography.Text type="secondary">{incident.number}</Typography.Text>
              </Flex>
              {limits === undefined ? <Waiting /> : <OwnLimits clocks={limits.get(incident.id) ?? []} />}
            </Card>
          </Link>
        ))}
      </Flex>
      <DutyCard />
    </div>
  );
}

/** The next limit that runs against this body, and how many of its own are over; those of others are not its. */
function OwnLimits({ clocks }: { clocks: Schemas['Clock'][] }) {
  const { t } = useTranslation();
  const clockName = useClockName();
  const next = clocks[0];
  const over = clocks.filter((clock) => clock.state === 'overdue').length;
  if (next === undefined) return <Typography.Text type="secondary">{t('orderWords.noLimits')}</Typography.Text>;
  return (
    <>
      <Flex wrap gap={8} align="baseline">
        <Typography.Text type="secondary">{clockName(next)}</Typography.Text>
        <Countdown dueAt={next.dueAt} startedAt={next.startedAt} large />
      </Flex>
      {over > 0 && (
        <div role="note" className="overdue-note">
          ! {t('inbox.overdueCount', { count: over })}
        </div>
      )}
    </>
  );
}

/** Running limits by incident, the next first: what runs against one's own bodies, or against nobody by name. Undefined while they are read. */
function useOwnLimits(bodies: readonly string[]): Map<string, Schemas['Clock'][]> | undefined {
  const clocks = useQuery({
    queryKey: ['live', 'own-limits'],
    queryFn: () =>
      dataOf(api.GET('/api/v1/clocks', { params: { query: { limit: 200, state: 'overdue,dueSoon,armed' } as never } })),
  });
  if (clocks.data === undefined) return undefined;
  const limits = new Map<string, Schemas['Clock'][]>();
  for (const clock of clocks.data.items)
    if (clock.bodyId === null || bodies.includes(clock.bodyId))
      limits.set(clock.incidentId, [...(limits.get(clock.incidentId) ?? []), clock]);
  return limits;
}
