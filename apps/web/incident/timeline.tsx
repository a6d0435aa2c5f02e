import { Button, Flex, Select, Timeline as Steps, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../labels/labels';
import { fullTime } from '../time/format';
import { AsOfControl } from './as-of-bar';
import { RECORD_KINDS, recordKind, type RecordKind } from './record-kinds';
import { useAsOf } from './use-as-of';
import type { IncidentDetail } from './use-incident';
import { useBodyName } from '../api/reference';

type Entry = IncidentDetail['timeline'][number];

const COLOR: Record<string, string> = { user: 'blue', token: 'blue', system: 'gray' };

/** One timeline for everything that the ledger says of the incident. */
export function Timeline({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [, show] = useAsOf();
  const [kind, setKind] = useState<RecordKind | 'all'>('all');
  // A kind that has no entry is not offered; the record of a proposal is short.
  const present = new Set(incident.timeline.map((entry) => recordKind(entry.type)));
  const shown = incident.timeline.filter((entry) => kind === 'all' || recordKind(entry.type) === kind);
  return (
    <>
      <Flex wrap gap={12} align="center">
        <AsOfControl />
        <label className="no-print">
          {t('case.record.filter')}{' '}
          <Select
            value={kind}
            onChange={setKind}
            aria-label={t('case.record.filter')}
            popupMatchSelectWidth={false}
            options={['all' as const, ...RECORD_KINDS.filter((one) => present.has(one))].map((value) => ({
              value,
              label: t(`case.record.${value}`),
            }))}
          />
        </label>
      </Flex>
      {shown.length === 0 && <Typography.Text type="secondary">{t('case.record.none')}</Typography.Text>}
      <Steps
        style={{ marginTop: 12 }}
        items={shown.map((entry) => ({
          key: entry.id,
          color: entry.type === 'clock.overdue' ? 'red' : (COLOR[entry.actorKind] ?? 'gray'),
          content: (
            <>
              <Typography.Text className="digits" type="secondary">
                {fullTime(entry.at)}
              </Typography.Text>{' '}
              <strong>{label('event', entry.type)}</strong> <Subject entry={entry} />
              <Typography.Text type="secondary">
                {' '}
                · {entry.actorKind === 'system' ? label('process', entry.actorName) : entry.actorName}
              </Typography.Text>
              <Button type="link" size="small" className="no-print" onClick={() => show(entry.at)}>
                {t('clocks.asOfHere')}
              </Button>
              {entry.payload.correctsBreach === true && (
                <Typography.Text type="secondary">{t('clocks.correctsBreach')}</Typography.Text>
              )}
              {entry.reason !== null && (
                <Typography.Paragraph style={{ marginBottom: 0 }}>“{entry.reason}”</Typography.Paragraph>
              )}
            </>
          ),
        }))}
      />
    </>
  );
}

/** What the entry is about: the act of a clock, the body of an order, the number of an urging. */
function Subject({ entry }: { entry: Entry }) {
  const label = useLabel();
  const nameOf = useBodyName();
  const { act, bodyId, step, number, grade } = entry.payload as Record<string, string | null | undefined>;
  const parts = [
    act == null ? undefined : label('act', act),
    step == null ? undefined : label('step', step),
    grade == null ? undefined : label('grade', grade),
    typeof bodyId === 'string' ? nameOf(bodyId) : undefined,
    entry.type.startsWith('clock.') ? undefined : number,
  ];
  return <span>{parts.filter((part) => part != null).join(' · ')}</span>;
}
