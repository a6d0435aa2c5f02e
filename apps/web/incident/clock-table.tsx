import { Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { alike } from '../time/alike';
import { useClockName } from '../time/clock-name';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import { ClockAsk, ClockChange } from './clock-change';
import { Computation } from './computation';
import type { IncidentDetail } from './use-incident';

type Clock = Schemas['Clock'];
const RUNNING = new Set(['armed', 'dueSoon', 'overdue']);
const ORDER = [
  'overdue',
  'dueSoon',
  'armed',
  'paused',
  'overdueAtUpgrade',
  'metLate',
  'met',
  'superseded',
  'cancelled',
  'notApplicable',
];
const rank = (clock: Clock) => ORDER.indexOf(clock.state) * 2 + (clock.scope === 'public' ? 0 : 1);

/** All clocks of an incident, running ones first; one row for each limit, the bodies under it together. */
export function ClockTable({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const clocks = [...incident.clocks].sort((a, b) => rank(a) - rank(b) || a.dueAt.localeCompare(b.dueAt));
  return (
    <section>
      <h3 className="part">{t('incident.clocks')}</h3>
      {clocks.length === 0 && <Typography.Text type="secondary">{t('incident.noClocks')}</Typography.Text>}
      <ul className="rows">
        {alike(clocks).map((group) => (
          <ClockRow key={group[0]!.id} incident={incident} clocks={group} onShow={() => setShown(group[0]!.id)} />
        ))}
      </ul>
      {shown !== null && <Computation id={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function ClockRow({ incident, clocks, onShow }: { incident: IncidentDetail; clocks: Clock[]; onShow: () => void }) {
  const clock = clocks[0]!;
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const clockName = useClockName();
  return (
    <li>
      <Flex wrap gap="2px 8px" align="center">
        <span style={{ flex: '1 1 220px', minWidth: 0 }}>
          {clockName(clock)}
          {clock.provisional && (
            <Typography.Text type="secondary">{t('aside', { text: t('incident.provisional') })}</Typography.Text>
          )}
          <Typography.Text type="secondary">
            {' '}
            {clocks.flatMap(({ bodyId }) => (bodyId === null ? [] : [nameOf(bodyId)])).join('、')}
          </Typography.Text>
        </span>
        <ValueTag group="clockState" value={clock.state} />
        <span style={{ minWidth: 110 }}>
          {RUNNING.has(clock.state) ? (
            <Countdown dueAt={clock.dueAt} startedAt={clock.startedAt} />
          ) : (
            <Instant at={clock.dueAt} />
          )}
        </span>
        <span style={{ minWidth: 136 }}>
          <Button type="link" size="small" onClick={onShow} style={{ paddingInline: 4 }}>
            {t('incident.computation')}
          </Button>
          <ClockAsk clocks={clocks} />
        </span>
        {clocks.map((each) => (
          <ClockChange key={each.id} incident={incident} clock={each} />
        ))}
      </Flex>
    </li>
  );
}
