import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePlaces } from '../api/reference';
import { ValueTag } from '../labels/labels';
import { useAppearance } from '../theme/appearance';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import type { IncidentRow } from './use-inbox';

interface IncidentListProps {
  rows: IncidentRow[];
  chosen?: string | undefined;
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
}

/** Incidents, one row each: what, how grave, where, how many messages, until when. */
export function IncidentList({ rows, chosen, onChoose, onOpen }: IncidentListProps) {
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {rows.map((row) => (
        <li key={row.id}>
          <IncidentCard row={row} chosen={row.id === chosen} onChoose={onChoose} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

function IncidentCard({
  row,
  chosen,
  onChoose,
  onOpen,
}: { row: IncidentRow; chosen: boolean } & Pick<IncidentListProps, 'onChoose' | 'onOpen'>) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const placeOf = usePlaces();
  const border =
    row.overdueCount > 0 ? states.red : row.grade === 'I' || row.grade === 'II' ? states.orange : 'transparent';
  return (
    <button
      type="button"
      onClick={() => onChoose(row.id)}
      onDoubleClick={() => onOpen(row.id)}
      aria-current={chosen}
      style={{
        display: 'block',
        width: '100%',
        textAlign: 'start',
        padding: '10px 12px',
        marginBottom: 6,
        cursor: 'pointer',
        font: 'inherit',
        color: 'inherit',
        borderRadius: 6,
        border: '1px solid var(--ant-color-border-secondary)',
        borderInlineStart: `4px solid ${border}`,
        background: chosen ? 'var(--ant-control-item-bg-active)' : 'var(--ant-color-bg-container)',
      }}
    >
      <Flex justify="space-between" gap={8} align="baseline">
        <Typography.Text strong style={{ flex: 1 }}>
          {row.title}
        </Typography.Text>
        {row.nextDueAt !== null && <Countdown dueAt={row.nextDueAt} startedAt={row.detectedAt} />}
      </Flex>
      <Flex wrap gap={4} align="center" style={{ marginTop: 6 }}>
        <ValueTag group="category" value={row.category} />
        <ValueTag group="grade" value={row.grade} />
        <ValueTag group="incidentState" value={row.state} />
        <Typography.Text type="secondary">
          {[placeOf(row.jurisdiction), row.leadBodyName, t('inbox.items', { count: row.itemCount })]
            .filter((part) => part != null && part !== '')
            .join(' · ')}
        </Typography.Text>
        <Typography.Text type="secondary" style={{ marginInlineStart: 'auto' }}>
          {row.number} · <Instant at={row.lastItemAt ?? row.detectedAt} />
        </Typography.Text>
      </Flex>
    </button>
  );
}
