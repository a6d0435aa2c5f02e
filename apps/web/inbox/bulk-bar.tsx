import { App, Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerClock } from '../time/server-clock';
import { ReasonDialog } from './reason-dialog';
import { decide, type Decision } from './use-decisions';
import type { IncidentRow } from './use-inbox';

interface BulkBarProps {
  rows: IncidentRow[];
  onClear: () => void;
  onDone: () => void;
}

const HOUR_MS = 3_600_000;

/** What may be done to several proposals at once; each is decided by itself, and what was refused is said. */
export function BulkBar({ rows, onClear, onDone }: BulkBarProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { now } = useServerClock();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  if (rows.length === 0) return null;
  const run = async (decision: Decision) => {
    setBusy(true);
    let done = 0;
    for (const row of rows)
      await decide(row, decision).then(
        () => (done += 1),
        () => undefined,
      );
    setBusy(false);
    void message.info(t('decide.bulkDone', { done, failed: rows.length - done }));
    onClear();
    onDone();
  };
  return (
    <Flex wrap gap={8} align="center" style={{ marginBottom: 8 }} role="toolbar">
      <strong>{t('decide.selected', { count: rows.length })}</strong>
      <Button disabled={busy} onClick={() => setAsking(true)}>
        {t('decide.bulkReject')}
      </Button>
      <Button
        disabled={busy}
        onClick={() => void run({ kind: 'snooze', until: new Date(now + HOUR_MS).toISOString() })}
      >
        {t('decide.bulkSnooze')}
      </Button>
      <Button type="text" disabled={busy} onClick={onClear}>
        {t('decide.clear')}
      </Button>
      <ReasonDialog
        open={asking}
        title={t('inbox.rejectReason')}
        action={t('decide.bulkReject')}
        onCancel={() => setAsking(false)}
        onReason={(reason) => {
          setAsking(false);
          void run({ kind: 'reject', outOfArea: false, reason });
        }}
      />
    </Flex>
  );
}
