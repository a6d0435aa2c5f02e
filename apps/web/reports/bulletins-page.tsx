import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Select, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../api/client';
import { usePlaces } from '../api/reference';
import { useMay, useSession } from '../api/session';
import { DataTable } from '../shell/data-table';
import { useCommand, useProblemText } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { Instant } from '../time/instant';
import { PeriodPicker, officeDay } from './period-picker';
import { useServerClock } from '../time/server-clock';
import './reports.css';

const TONES = { objections: 'blue', deciding: 'orange', final: 'green', superseded: 'grey' } as const;

/** Where a frozen bulletin stands, in words and colour. */
export function Standing({ bulletin }: { bulletin: Schemas['FrozenBulletin'] }) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const color = states[TONES[bulletin.standing]];
  return (
    <Tag variant="outlined" style={{ color, borderColor: color, background: 'transparent' }}>
      {t(`reports.frozen.standings.${bulletin.standing}`)}
    </Tag>
  );
}

/** Frozen bulletins, newest first; who may, freezes another. */
export function BulletinsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const placeOf = usePlaces();
  const problemText = useProblemText();
  const { now } = useServerClock();
  const { duties } = useSession();
  const [asking, setAsking] = useState(false);
  const [quarter, setQuarter] = useState<string | null>(null);
  const day = officeDay(now === 0 ? Date.now() : now);
  const chosen = quarter ?? `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  const list = useQuery({
    queryKey: ['live', 'bulletins'],
    queryFn: () => dataOf(api.GET('/api/v1/reports/bulletins', { params: { query: { limit: 100 } as never } })),
  });
  const places = [
    ...new Set(duties.flatMap(({ bodyId, jurisdiction }) => (bodyId === null ? [jurisdiction] : []))),
  ].sort();
  // The widest first: a city covers its counties. Who holds the duty in several places says which.
  const [wanted, setWanted] = useState<string | null>(null);
  const place = wanted ?? places[0];
  const freeze = useCommand(
    () =>
      dataOf(
        api.POST('/api/v1/reports/bulletin/freeze', {
          body: { quarter: chosen, by: 'due', ...(place === undefined ? {} : { jurisdiction: place }) } as never,
        }),
      ),
    t('reports.frozen.done'),
  );
  return (
    <div className="page">
      <Typography.Title level={4} style={{ margin: 0 }}>
        <Link to="/reports">{t('reports.title')}</Link> / {t('reports.items.bulletins')}
      </Typography.Title>
      <div className="report-bar">
        {may('report.freeze') && (
          <>
            <PeriodPicker kind="quarter" value={chosen} onChange={setQuarter} />
            {places.length > 1 && (
              <Select
                aria-label={t('reports.place')}
                value={place}
                style={{ minWidth: 140 }}
                options={places.map((code) => ({ value: code, label: placeOf(code) }))}
                onChange={setWanted}
              />
            )}
            <Button type="primary" onClick={() => setAsking(true)} loading={freeze.isPending}>
              {t('reports.frozen.freeze')}
            </Button>
          </>
        )}
      </div>
      <Modal
        open={asking}
        title={`${t('reports.frozen.freeze')} ${chosen}${place === undefined ? '' : ` · ${placeOf(place)}`}`}
        onCancel={() => setAsking(false)}
        onOk={() => {
          setAsking(false);
          freeze.mutate(undefined as never);
        }}
      >
        {t('reports.frozen.freezeAsk')}
      </Modal>
      {list.error !== null && <Alert type="error" showIcon title={problemText(list.error)} />}
      <DataTable<Schemas['FrozenBulletin']>
        size="small"
        rowKey="id"
        loading={list.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('reports.frozen.none') }}
        dataSource={list.data?.items ?? []}
        columns={[
          {
            key: 'number',
            title: t('reports.frozen.number'),
            render: (_, row) => <Link to={`/reports/bulletins/${row.id}`}>{row.number}</Link>,
          },
          { key: 'period', title: t('reports.quarter'), render: (_, row) => row.period },
          { key: 'place', title: t('reports.place'), render: (_, row) => placeOf(row.jurisdiction) },
          { key: 'standing', title: t('reports.frozen.standing'), render: (_, row) => <Standing bulletin={row} /> },
          { key: 'until', title: t('reports.frozen.until'), render: (_, row) => <Instant at={row.objectionsUntil} /> },
          {
            key: 'objections',
            title: t('reports.frozen.objections'),
            align: 'right',
            render: (_, row) => row.objections,
          },
          { key: 'frozenAt', title: t('reports.frozen.frozenAt'), render: (_, row) => <Instant at={row.frozenAt} /> },
          { key: 'by', title: t('reports.frozen.frozenBy'), render: (_, row) => row.frozenByName },
        ]}
      />
    </div>
  );
}
