import { FireOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { useMay } from '../api/session';
import { Note } from '../shell/note';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';

/** Matters that suddenly grow, until somebody has taken note. */
export function HotSpots({ wanted }: { wanted: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const query = useQuery({
    queryKey: ['live', 'hot-spots'],
    queryFn: () => dataOf(api.GET('/api/v1/hot-spots')),
    enabled: wanted && may('incident.decide'),
  });
  const seen = useCommand((id: string) =>
    dataOf(api.POST('/api/v1/hot-spots/{id}/seen', { params: { path: { id } } })),
  );
  const spots = query.data?.items ?? [];
  if (spots.length === 0) return null;
  return (
    <Note tone="warning" icon={<FireOutlined />} title={`${t('triage.hotSpot.title')} · ${spots.length}`}>
      <div style={{ maxHeight: 160, overflowY: 'auto' }}>
        {spots.map((spot) => (
          <div key={spot.id} className="spot">
            <Link to={`/incidents/${spot.incidentId}`}>
              {spot.number} {spot.title}
            </Link>
            <span>{words(t, spot)}</span>
            <Instant at={spot.at} />
            <Button size="small" onClick={() => seen.mutate(spot.id)}>
              {t('triage.hotSpot.seen')}
            </Button>
          </div>
        ))}
      </div>
    </Note>
  );
}

const words = (t: ReturnType<typeof useTranslation>['t'], { why, count, factor }: Schemas['HotSpot']): string =>
  t(`triage.hotSpot.${why}`, { count, factor: Math.round(factor * 10) / 10 });
