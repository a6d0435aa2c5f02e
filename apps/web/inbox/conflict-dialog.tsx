import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Segmented, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodyName, usePlaces } from '../api/reference';
import { type LabelGroup, useLabel } from '../labels/labels';
import { fullTime } from '../time/format';
import type { Correction, Decision } from './decide';
import type { Conflict } from './use-decisions';
import type { IncidentRow } from './use-inbox';

const FIELDS = ['title', 'state', 'category', 'grade', 'gradeBasis', 'jurisdiction', 'leadBodyId'] as const;
type Field = (typeof FIELDS)[number];
const GROUP: Partial<Record<Field, LabelGroup>> = {
  state: 'incidentState',
  category: 'category',
  grade: 'grade',
  gradeBasis: 'gradeBasis',
};
const SHOWN_ENTRIES = 5;

interface ConflictDialogProps {
  conflict: Conflict;
  onRetry: (incident: IncidentRow, decision: Decision) => void;
  onDrop: () => void;
}

/** Somebody else was quicker: what one saw beside what it is now, field by field, and what to do with one's decision. */
export function ConflictDialog({ conflict: { incident, decision }, onRetry, onDrop }: ConflictDialogProps) {
  const { t } = useTranslation();
  const textOf = useFieldText();
  const correction = decision.kind === 'confirm' ? (decision.correction ?? {}) : {};
  const [kept, setKept] = useState<Correction>(correction);
  const current = useQuery({
    queryKey: ['incident', incident.id, 'conflict', incident.version],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}', { params: { path: { id: incident.id } } })),
    staleTime: 0,
  });
  const now = current.data;
  const rows = FIELDS.filter((field) => now !== undefined && (now[field] !== incident[field] || field in correction));
  const applies = now?.state === incident.state;
  const choose = (field: keyof Correction, mine: boolean) => {
    const { [field]: _, ...rest } = kept;
    setKept(mine ? { ...rest, [field]: correction[field] } : rest);
  };
  return (
    <Modal
      open
      width={760}
      title={`${t('conflict.title')} · ${incident.number}`}
      onCancel={onDrop}
      footer={[
        <Button key="drop" onClick={onDrop}>
          {t('conflict.drop')}
        </Button>,
        <Button
          key="retry"
          type="primary"
          disabled={!applies}
          onClick={() => onRetry(now!, decision.kind === 'confirm' ? { kind: 'confirm', correction: kept } : decision)}
        >
          {t('conflict.retry')}
        </Button>,
      ]}
    >
      <Typography.Paragraph>{t('conflict.explain')}</Typography.Paragraph>
      {now !== undefined && !applies && <Alert type="warning" showIcon title={t('conflict.closed')} />}
      <Table<{ field: Field }>
        size="small"
        style={{ marginBlock: 12 }}
        loading={current.isPending}
        pagination={false}
        rowKey="field"
        locale={{ emptyText: t('conflict.nothing') }}
        dataSource={rows.map((field) => ({ field }))}
        columns={[
          { key: 'field', title: t('conflict.field'), render: (_, { field }) => t(`conflict.fields.${field}`) },
          { key: 'seen', title: t('conflict.seen'), render: (_, { field }) => textOf(field, incident[field]) },
          {
            key: 'now',
            title: t('conflict.now'),
            render: (_, { field }) => <strong>{textOf(field, now?.[field] ?? null)}</strong>,
          },
          ...(Object.keys(correction).length === 0
            ? []
            : [
                {
                  key: 'mine',
                  title: t('conflict.mine'),
                  render: (_: unknown, { field }: { field: Field }) =>
                    field in correction && (
                      <>
                        {textOf(field, correction[field as keyof Correction] ?? null)}
                        <Segmented
                          size="small"
                          style={{ marginInlineStart: 8 }}
                          value={field in kept ? 'mine' : 'theirs'}
                          onChange={(value) => choose(field as keyof Correction, value === 'mine')}
                          options={[
                            { value: 'mine', label: t('conflict.keepMine') },
                            { value: 'theirs', label: t('conflict.takeTheirs') },
                          ]}
                        />
                      </>
                    ),
                },
              ]),
        ]}
      />
      {now !== undefined && <Changes entries={now.timeline.slice(0, SHOWN_ENTRIES)} />}
    </Modal>
  );
}

type Entry = { id: string; at: string; type: string; actorKind: string; actorName: string };

function Changes({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <>
      <h3 className="part">{t('conflict.changes')}</h3>
      <ul className="rows">
        {entries.map((entry) => (
          <li key={entry.id}>
            <span className="digits muted">{fullTime(entry.at)}</span> {label('event', entry.type)} ·{' '}
            {entry.actorKind === 'system' ? label('process', entry.actorName) : entry.actorName}
          </li>
        ))}
      </ul>
    </>
  );
}

function useFieldText(): (field: Field, value: string | null) => string {
  const label = useLabel();
  const placeOf = usePlaces();
  const bodyName = useBodyName();
  return (field, value) => {
    if (value === null) return '—';
    const group = GROUP[field];
    if (group !== undefined) return label(group, value);
    if (field === 'jurisdiction') return placeOf(value);
    return field === 'leadBodyId' ? bodyName(value) : value;
  };
}
