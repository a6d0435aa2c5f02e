import { Button, Card, Flex, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { alike } from '../time/alike';
import { useClockName } from '../time/clock-name';
import { Countdown } from '../time/countdown';

const FIRST = 15;

/** Limits of many incidents, one row each: how long, what of which incident, whose. */
export function ClockList({
  title,
  empty,
  clocks,
}: {
  title: string;
  empty: string;
  clocks: Schemas['Clock'][] | undefined;
}) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const groups = alike(clocks ?? []);
  const rows = all ? groups : groups.slice(0, FIRST);
  return (
    <Card
      size="small"
      title={
        <Flex justify="space-between">
          <span>{title}</span>
          <span className="digits">{clocks?.length ?? '…'}</span>
        </Flex>
      }
    >
      {clocks === undefined && <Skeleton active paragraph={{ rows: 3 }} title={false} />}
      {clocks?.length === 0 && <Typography.Text type="secondary">{empty}</Typography.Text>}
      <ul className="rows">
        {rows.map((group) => (
          <ClockRow key={group[0]!.id} clocks={group} />
        ))}
      </ul>
      {groups.length > rows.length && (
        <Button type="link" onClick={() => setAll(true)} style={{ paddingInline: 0 }}>
          {t('loadMore')} · {groups.length - rows.length}
        </Button>
      )}
    </Card>
  );
}

function ClockRow({ clocks }: { clocks: Schemas['Clock'][] }) {
  const clock = clocks[0]!;
  const nameOf = useBodyName();
  const clockName = useClockName();
  return (
    <li style={{ display: 'flex', gap: 12, alignItems: 'baseline' }}>
      <span style={{ flex: '0 0 118px' }}>
        <Countdown dueAt={clock.dueAt} startedAt={clock.startedAt} />
      </span>
      <span style={{ flex: 1, minWidth: 0 }}>
        <Link to={`/incidents/${clock.incidentId}`}>{clock.incidentTitle}</Link>
        <br />
        <span>{clockName(clock)}</span>
        <Typography.Text type="secondary">
          {' '}
          {clocks.flatMap(({ bodyId }) => (bodyId === null ? [] : [nameOf(bodyId)])).join('、')}
        </Typography.Text>
      </span>
    </li>
  );
}
