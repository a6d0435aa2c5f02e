import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { ValueTag } from '../labels/labels';
import { useAppearance } from '../theme/appearance';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import { Waited } from '../time/waited';
import type { IncidentListProps } from './incident-list';
import { SparkLine } from './spark-line';
import type { Activity, IncidentRow } from './use-inbox';

interface IncidentCardProps extends Pick<IncidentListProps, 'state' | 'onChoose' | 'onOpen' | 'onSelect'> {
  row: IncidentRow;
  /** The name of where it is. */
  place: string;
  current: boolean;
  selected: boolean;
  activity: Activity | undefined;
}

/**
 * One incident of a list: what, how grave, where, how many messages and since when, until when. Plain elements, and nothing
 * that another row's change would draw again: a list is as fast as its rows.
 */
export const IncidentCard = memo(function IncidentCard({
  row,
  place,
  current,
  activity,
  state,
  onChoose,
  onOpen,
  selected,
  onSelect,
}: IncidentCardProps) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const edge =
    row.overdueCount > 0
      ? states.red
      : row.category === 'C5' || row.grade === 'I' || row.grade === 'II'
        ? states.orange
        : 'transparent';
  const facts = [place, row.leadBodyName, row.number].filter((part) => part != null && part !== '');
  return (
    <div className="incident-row">
      {onSelect !== undefined && (
        <input
          type="checkbox"
          checked={selected}
          onChange={() => onSelect(row.id)}
          aria-label={t('decide.selectRow', { title: row.title })}
        />
      )}
      <button
        type="button"
        className="incident-card"
        onClick={() => onChoose(row.id)}
        onDoubleClick={() => onOpen(row.id)}
        aria-current={current}
        style={{ borderInlineStartColor: edge }}
      >
        <div className="incident-title">
          <strong>{row.title}</strong>
          {row.nextDueAt !== null ? (
            <Countdown dueAt={row.nextDueAt} startedAt={row.detectedAt} />
          ) : (
            row.state === 'proposed' && <Waited since={row.detectedAt} />
          )}
        </div>
        <div className="incident-facts">
          <ValueTag group="category" value={row.category} />
          {row.grade !== 'none' && <ValueTag group="grade" value={row.grade} />}
          {row.state !== state && <ValueTag group="incidentState" value={row.state} />}
          {row.overdueCount > 0 && (
            <strong style={{ color: states.red, marginInlineEnd: 4 }}>
              {t('inbox.overdueCount', { count: row.overdueCount })}
            </strong>
          )}
          <span className="muted">{facts.join(' · ')}</span>
        </div>
        <div className="incident-facts muted" style={{ columnGap: 8, marginTop: 2 }}>
          <span>{t('inbox.items', { count: row.itemCount })}</span>
          {activity !== undefined && activity.counts.some((count) => count > 0) && (
            <SparkLine counts={activity.counts} />
          )}
          <span style={{ marginInlineStart: 'auto' }}>
            {t('inbox.firstSeen')} <Instant at={activity?.firstAt ?? row.detectedAt} /> · {t('inbox.lastSeen')}{' '}
            <Instant at={row.lastItemAt ?? row.detectedAt} />
          </span>
        </div>
      </button>
    </div>
  );
});
