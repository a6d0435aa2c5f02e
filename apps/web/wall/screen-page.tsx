import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf } from '../api/client';
import { useBodyName, usePlaces } from '../api/reference';
import { useAppearance } from '../theme/appearance';
import { DARK_STATES } from '../theme/theme';
import { alike } from '../time/alike';
import { useClockName } from '../time/clock-name';
import { Countdown } from '../time/countdown';
import { clockTime } from '../time/format';
import { useServerClock } from '../time/server-clock';
import { useWall, type Wall } from './use-wall';

/** Data older than this are called stopped: a dead screen must not be taken for calm. */
const STALE_MS = 90_000;
const ROWS = 9;

/**
 * The wall for a big dark screen: sized by its width, no personal data, nothing that needs a hand. Titles of incidents
 * are shown as the offices word them; texts of citizens are not.
 */
export function ScreenPage() {
  const { t } = useTranslation();
  const wall = useWall();
  const about = useQuery({ queryKey: ['about'], queryFn: () => dataOf(api.GET('/api/v1/about')) });
  const { now, online } = useServerClock();
  const { mode, setMode } = useAppearance();
  useEffect(() => {
    if (mode !== 'dark') setMode('dark');
  }, [mode, setMode]);
  const stale = wall.asOf === 0 || Date.now() - wall.asOf > STALE_MS || !online;
  return (
    <main className="screen">
      <header>
        <h1>{t('screen.title')}</h1>
        <span className="digits">{clockTime(now)}</span>
        <span role="status" style={{ color: stale ? DARK_STATES.red : DARK_STATES.grey }}>
          {wall.asOf === 0
            ? t('screen.reconnecting')
            : `${stale ? `${t('screen.stale')} · ` : ''}${t('dataAsOf', { time: clockTime(wall.asOf) })}`}
        </span>
        <Link to="/wall" aria-label={t('close')}>
          <Button type="text" icon={<CloseOutlined />} aria-label={t('close')} />
        </Link>
      </header>
      {about.data?.demonstration === true && <p className="screen-drill">{t('drillBanner')}</p>}
      <Figures wall={wall} />
      <div className="screen-columns">
        <Rows title={t('wall.list')} empty={t('wall.nothingOverdue')} clocks={wall.late} />
        <Rows title={t('wall.next')} empty={t('wall.nothingNext')} clocks={wall.soon} />
        <Ranking clocks={wall.late} />
      </div>
    </main>
  );
}

function Figures({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const figures = [
    ['wall.overdue', wall.late?.length, DARK_STATES.red],
    ['wall.dueSoon', wall.soon?.length, DARK_STATES.orange],
    ['screen.total', wall.open, DARK_STATES.blue],
  ] as const;
  return (
    <div className="screen-figures">
      {figures.map(([name, value, color]) => (
        <div key={name}>
          <span>{t(name)}</span>
          <strong className="digits" style={{ color: value === 0 ? DARK_STATES.green : color }}>
            {value ?? '…'}
          </strong>
        </div>
      ))}
    </div>
  );
}

function Rows({ title, empty, clocks }: { title: string; empty: string; clocks: Wall['late'] }) {
  const nameOf = useBodyName();
  const clockName = useClockName();
  return (
    <section>
      <h2>{title}</h2>
      {clocks?.length === 0 && <p className="muted">{empty}</p>}
      <ul className="rows">
        {alike(clocks ?? [])
          .slice(0, ROWS)
          .map((group) => (
            <li key={group[0]!.id}>
              <Countdown dueAt={group[0]!.dueAt} startedAt={group[0]!.startedAt} />
              <div className="screen-title">{group[0]!.incidentTitle}</div>
              <div className="muted screen-title">
                {clockName(group[0]!)} ·{' '}
                {group.flatMap(({ bodyId }) => (bodyId === null ? [] : [nameOf(bodyId)])).join('、')}
              </div>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** Bodies by the number of their overdue limits. */
function Ranking({ clocks }: { clocks: Wall['late'] }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const placeOf = usePlaces();
  const counted = new Map<string, number>();
  for (const clock of clocks ?? [])
    if (clock.bodyId !== null) counted.set(clock.bodyId, (counted.get(clock.bodyId) ?? 0) + 1);
  const ranked = [...counted].sort((a, b) => b[1] - a[1]).slice(0, ROWS);
  return (
    <section>
      <h2>{t('screen.rank')}</h2>
      {clocks?.length === 0 && <p className="muted">{t('wall.nothingOverdue')}</p>}
      <ul className="rows">
        {ranked.map(([body, count]) => (
          <li key={body} style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
            <span className="screen-title">{nameOf(body) === body ? placeOf(body) : nameOf(body)}</span>
            <strong className="digits" style={{ color: DARK_STATES.red }}>
              {count}
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
