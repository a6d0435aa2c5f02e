import { Checkbox, Flex, Typography } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlaces } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { useAppearance } from '../theme/appearance';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import { Waited } from '../time/waited';
import type { IncidentListProps } from './incident-list';
import { SparkLine } from './spark-line';
import type { Activity, IncidentRow } from './use-inbox';

interface IncidentCardProps extends Pick<IncidentListProps, 'state' | 'onChoose' | 'onOpen' | 'selected' | 'onSelect'> {
  row: IncidentRow;
  current: boolean;
  activity: Activity | undefined;
}

/** One incident of a list: what, how grave, where, how many messages and since when, until when. */
export const IncidentCard = memo(function IncidentCard({
  row,
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
  const placeOf = usePlaces();
  const edge =
    row.overdueCount > 0
      ? states.red
      : row.category === 'C5' || row.grade === 'I' || row.grade === 'II'
        ? states.orange
        : 'transparent';
  const facts = [placeOf(row.jurisdiction), row.leadBodyName, row.number].filter((part) => part != null && part !== '');
  return (
    <div style={{ display: 'flex', gap: 6, paddingBottom: 6 }}>
      {onSelect !== undefined && (
        <Checkbox
          checked={selected.has(row.id)}
          onChange={() => onSelect(row.id)}
          aria-label={t('decide.selectRow', { title: row.title })}
          style={{ alignSelf: 'center' }}
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
        <Flex justify="space-between" gap={8} align="baseline">
          <strong style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{row.title}</strong>
          {row.nextDueAt !== null ? (
            <Countdown dueAt={row.nextDueAt} startedAt={row.detectedAt} />
          ) : (
            row.state === 'proposed' && <Waited since={row.detectedAt} />
          )}
        </Flex>
        <Flex wrap gap="2px 4px" align="center" style={{ marginTop: 4 }}>
          <ValueTag group="category" value={row.category} />
          {row.grade !== 'none' && <ValueTag group="grade" value={row.grade} />}
          {row.state !== state && <ValueTag group="incidentState" value={row.state} />}
          {row.overdueCount > 0 && (
            <strong style={{ color: states.red, marginInlineEnd: 4 }}>
              {t('inbox.overdueCount', { count: row.overdueCount })}
            </strong>
          )}
          <Typography.Text type="secondary">{facts.join(' · ')}</Typography.Text>
        </Flex>
        <Flex wrap gap="2px 8px" align="center" style={{ marginTop: 2 }}>
          <Typography.Text type="secondary">{t('inbox.items', { count: row.itemCount })}</Typography.Text>
          {activity !== undefined && activity.counts.some((count) => count > 0) && (
            <SparkLine counts={activity.counts} />
          )}
          <Typography.Text type="secondary" style={{ marginInlineStart: 'auto' }}>
            {t('inbox.firstSeen')} <Instant at={activity?.firstAt ?? row.detectedAt} /> · {t('inbox.lastSeen')}{' '}
            <Instant at={row.lastItemAt ?? row.detectedAt} />
          </Typography.Text>
        </Flex>
      </button>
    </div>
  );
});
