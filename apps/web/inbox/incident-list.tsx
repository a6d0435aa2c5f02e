import { Checkbox, Flex, Typography } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlaces } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { useAppearance } from '../theme/appearance';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import { Waited } from '../time/waited';
import type { IncidentRow } from './use-inbox';

interface IncidentListProps {
  rows: IncidentRow[];
  chosen?: string | undefined;
  /** The state that the list is filtered by; it need not stand on every row. */
  state: string;
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
  selected: ReadonlySet<string>;
  onSelect?: ((id: string) => void) | undefined;
}

/** Incidents, one row each: what, how grave, where, how many messages, until when. */
export function IncidentList({ rows, ...rest }: IncidentListProps) {
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {rows.map((row) => (
        <li key={row.id} style={{ display: 'flex', gap: 6, marginBottom: 6 }}>
          <Row row={row} {...rest} />
        </li>
      ))}
    </ul>
  );
}

function Row({
  row,
  chosen,
  state,
  onChoose,
  onOpen,
  selected,
  onSelect,
}: { row: IncidentRow } & Omit<IncidentListProps, 'rows'>) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const placeOf = usePlaces();
  const card = useRef<HTMLButtonElement>(null);
  const current = row.id === chosen;
  useEffect(() => {
    if (current) card.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const edge =
    row.overdueCount > 0
      ? states.red
      : row.category === 'C5' || row.grade === 'I' || row.grade === 'II'
        ? states.orange
        : 'transparent';
  const facts = [placeOf(row.jurisdiction), row.leadBodyName, t('inbox.items', { count: row.itemCount })]
    .filter((part) => part != null && part !== '')
    .join(' · ');
  return (
    <>
      {onSelect !== undefined && (
        <Checkbox
          checked={selected.has(row.id)}
          onChange={() => onSelect(row.id)}
          aria-label={t('decide.selectRow', { title: row.title })}
          style={{ alignSelf: 'center' }}
        />
      )}
      <button
        ref={card}
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
          <Typography.Text type="secondary">{facts}</Typography.Text>
          <Typography.Text type="secondary" style={{ marginInlineStart: 'auto' }}>
            {row.number} · <Instant at={row.lastItemAt ?? row.detectedAt} />
          </Typography.Text>
        </Flex>
      </button>
    </>
  );
}
