import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useLabel } from '../labels/labels';
import { useAppearance } from '../theme/appearance';
import { DARK_STATES } from '../theme/theme';
import { Countdown } from '../time/countdown';
import { clockTime } from '../time/format';
import { useServerClock } from '../time/server-clock';

type Screen = NonNullable<Awaited<ReturnType<typeof readScreen>>>;
type Clock = Screen['overdue'][number];

const READ_MS = 5_000;
/** Data older than this are called stopped: a dead screen must not be taken for calm. */
const STALE_MS = 30_000;
/** As many as a 1080p screen shows whole beneath the banner. */
const ROWS = 7;
const KEY = 'huiying.screen';

/** The token of the address, `#key=…`. It is taken out of the address at once and kept for this tab only. */
function takeKey(): string | null {
  const key = new URLSearchParams(window.location.hash.slice(1)).get('key');
  if (key !== null) {
    sessionStorage.setItem(KEY, key);
    window.history.replaceState(null, '', window.location.pathname);
  }
  return sessionStorage.getItem(KEY);
}

const readScreen = (key: string | null) =>
  dataOf(api.GET('/api/v1/screen', key === null ? {} : { headers: { authorization: `Bearer ${key}` } }));

/**
 * The wall for a big dark screen, 1080p or 4K: sized by its width, no personal data, nothing that needs a hand. It opens
 * with a token that may read this and nothing else, or for whoever is signed in.
 */
export function ScreenPage() {
  const { t } = useTranslation();
  const [key] = useState(takeKey);
  const { now, online } = useServerClock();
  const { mode, setMode } = useAppearance();
  useEffect(() => {
    if (mode !== 'dark') setMode('dark');
  }, [mode, setMode]);
  const screen = useQuery({
    queryKey: ['screen', key],
    queryFn: () => readScreen(key),
    refetchInterval: READ_MS,
    refetchIntervalInBackground: true,
    retry: false,
  });
  const data = screen.data;
  const dead = data === undefined || !online || now - Date.parse(data.asOf) > STALE_MS;
  const trouble = dead ? t('screen.stale') : !data.watched ? t('unwatched') : data.sound ? null : t('broken');
  return (
    <main className="screen" data-dead={dead}>
      <header>
        <h1>{t('screen.title')}</h1>
        <span className="digits">{clockTime(now)}</span>
        <span role="status" style={{ color: dead ? DARK_STATES.red : DARK_STATES.grey }}>
          {data === undefined ? t('screen.reconnecting') : t('dataAsOf', { time: clockTime(data.asOf) })}
        </span>
      </header>
      {trouble !== null && (
        <p role="alert" className="screen-alarm">
          {trouble}
        </p>
      )}
      {data?.demonstration === true && <p className="screen-drill">{t('drillBanner')}</p>}
      {data !== undefined && <Board data={data} dead={dead} />}
    </main>
  );
}

function Board({ data, dead }: { data: Screen; dead: boolean }) {
  const { t } = useTranslation();
  const figures = [
    ['wall.overdue', data.overdueCount, DARK_STATES.red],
    ['wall.dueSoon', data.dueSoonCount, DARK_STATES.orange],
    ['screen.total', data.open, DARK_STATES.blue],
  ] as const;
  return (
    <>
      <div className="screen-figures">
        {figures.map(([name, value, tone]) => (
          <div key={name}>
            <span>{t(name)}</span>
            {/* Of old data nothing is shown as good. */}
            <strong
              className="digits"
              style={{ color: dead ? DARK_STATES.grey : value === 0 ? DARK_STATES.green : tone }}
            >
              {value}
            </strong>
          </div>
        ))}
      </div>
      <div className="screen-columns">
        <Rows title={t('wall.list')} empty={t('wall.nothingOverdue')} clocks={data.overdue} />
        <Rows title={t('wall.next')} empty={t('wall.nothingNext')} clocks={data.dueSoon} />
        <Ranking ranking={data.ranking} />
      </div>
    </>
  );
}

/** Limits of one incident that run to the same instant stand together. */
function together(clocks: readonly Clock[]): Clock[][] {
  const groups = new Map<string, Clock[]>();
  for (const clock of clocks) {
    const name = [clock.title, clock.act, clock.dueAt].join('|');
    groups.set(name, [...(groups.get(name) ?? []), clock]);
  }
  return [...groups.values()];
}

function Rows({ title, empty, clocks }: { title: string; empty: string; clocks: Clock[] }) {
  const label = useLabel();
  return (
    <section>
      <h2>{title}</h2>
      {clocks.length === 0 && <p className="muted">{empty}</p>}
      <ul className="rows">
        {together(clocks)
          .slice(0, ROWS)
          .map((group) => (
            <li key={group[0]!.id}>
              <Countdown dueAt={group[0]!.dueAt} startedAt={group[0]!.startedAt} />
              <div className="screen-title">{group[0]!.title}</div>
              <div className="muted screen-title">
                {label('act', group[0]!.act)} · {group.flatMap(({ body }) => body ?? []).join('、')}
              </div>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** Bodies by the number of their overdue limits. */
function Ranking({ ranking }: { ranking: Screen['ranking'] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t('screen.rank')}</h2>
      {ranking.length === 0 && <p className="muted">{t('wall.nothingOverdue')}</p>}
      <ul className="rows">
        {ranking.map(({ body, overdue }) => (
          <li key={body} style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
            <span className="screen-title">{body}</span>
            <strong className="digits" style={{ color: DARK_STATES.red }}>
              {overdue}
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
