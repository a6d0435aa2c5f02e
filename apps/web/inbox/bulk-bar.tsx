import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Modal, Progress, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { useProblemText } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { useServerNow } from '../time/server-clock';
import { decide, putAllAway, refusalOf } from './decide';
import { ReasonDialog } from './reason-dialog';
import { useOfferUndo } from './use-undo';
import type { IncidentRow } from './use-inbox';

interface BulkBarProps {
  rows: IncidentRow[];
  onClear: () => void;
  /** Called with the ids that were decided. */
  onDone: (ids: string[]) => void;
  /** Called with the id of what was taken back. */
  onBack: (id: string) => void;
}

interface Outcome {
  row: IncidentRow;
  /** Why it was not done; undefined when it was. */
  refusal?: string;
}

const HOUR_MS = 3_600_000;

/** What may be done to all that are chosen. Each is decided by itself, and of each it is said what came of it. */
export function BulkBar({ rows, onClear, onDone, onBack }: BulkBarProps) {
  const { t } = useTranslation();
  const may = useMay();
  const now = useServerNow();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const offerUndo = useOfferUndo(onBack);
  const [asking, setAsking] = useState<'reject' | 'outOfArea' | null>(null);
  const [running, setRunning] = useState<{ done: number; all: number } | null>(null);
  const [outcomes, setOutcomes] = useState<Outcome[] | null>(null);
  // Nothing is chosen and nothing is to be told.
  if (rows.length === 0 && outcomes === null && running === null) return null;
  const allIn = (state: string) => rows.every((row) => row.state === state);
  const finish = (results: Outcome[]) => {
    setRunning(null);
    const done = results.flatMap(({ row, refusal }) => (refusal === undefined ? [row.id] : []));
    onDone(done);
    if (done.length < results.length) setOutcomes(results);
    else onClear();
    void queries.invalidateQueries({ queryKey: ['live'] });
    return done;
  };
  const away = async (decision: Parameters<typeof putAllAway>[1]) => {
    setRunning({ done: 0, all: rows.length });
    try {
      const { id, results } = await putAllAway(rows, decision);
      const done = finish(
        rows.map((row, index) => {
          const result = results[index]!;
          return result.ok ? { row } : { row, refusal: problemText(refusalOf(result)) };
        }),
      );
      const text = t('decide.bulkDone', { done: done.length, failed: rows.length - done.length });
      if (done.length > 0) offerUndo({ id, text, ids: done });
    } catch (error) {
      finish(rows.map((row) => ({ row, refusal: problemText(error) })));
    }
  };
  /** Handing over starts limits, so it is done one by one and not taken back. */
  const assign = async () => {
    const results: Outcome[] = [];
    for (const row of rows) {
      setRunning({ done: results.length, all: rows.length });
      results.push(
        await decide(row, { kind: 'assign' }).then(
          ({ assigned }) => (assigned ? { row } : { row, refusal: t('bulk.noProposal') }),
          (error: unknown) => ({ row, refusal: problemText(error) }),
        ),
      );
    }
    finish(results);
  };
  const busy = running !== null;
  return (
    <>
      {rows.length > 0 && (
        <Flex wrap gap={8} align="center" style={{ marginBottom: 8 }} role="toolbar" aria-label={t('bulk.bar')}>
          <strong>{t('decide.selected', { count: rows.length })}</strong>
          {allIn('proposed') && (
            <>
              <Button disabled={busy} onClick={() => setAsking('reject')}>
                {t('decide.bulkReject')}
              </Button>
              <Button disabled={busy} onClick={() => setAsking('outOfArea')}>
                {t('inbox.outOfArea')}
              </Button>
              <Button
                disabled={busy}
                onClick={() => void away({ kind: 'snooze', until: new Date(now() + HOUR_MS).toISOString() })}
              >
                {t('decide.bulkSnooze')}
              </Button>
            </>
          )}
          {allIn('confirmed') && may('incident.assign') && (
            <Button disabled={busy} onClick={() => void assign()}>
              {t('bulk.assign')}
            </Button>
          )}
          {!allIn('proposed') && !allIn('confirmed') && (
            <Typography.Text type="secondary">{t('bulk.nothing')}</Typography.Text>
          )}
          <Button type="text" disabled={busy} onClick={onClear}>
            {t('decide.clear')}
          </Button>
          {running !== null && (
            <span role="status" style={{ minWidth: 160 }}>
              {t('bulk.running', running)}
              <Progress percent={Math.round((running.done / running.all) * 100)} size="small" showInfo={false} />
            </span>
          )}
        </Flex>
      )}
      <ReasonDialog
        open={asking !== null}
        title={t('inbox.rejectReason')}
        action={t(asking === 'outOfArea' ? 'inbox.outOfArea' : 'decide.bulkReject')}
        onCancel={() => setAsking(null)}
        onReason={(reason) => {
          setAsking(null);
          void away({ kind: 'reject', outOfArea: asking === 'outOfArea', reason });
        }}
      />
      {outcomes !== null && (
        <Outcomes
          outcomes={outcomes}
          onClose={() => {
            setOutcomes(null);
            onClear();
          }}
        />
      )}
    </>
  );
}

function Outcomes({ outcomes, onClose }: { outcomes: Outcome[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const failed = outcomes.filter(({ refusal }) => refusal !== undefined);
  return (
    <Modal
      open
      title={`${t('bulk.title')} · ${t('decide.bulkDone', { done: outcomes.length - failed.length, failed: failed.length })}`}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
      onCancel={onClose}
    >
      <ul className="rows" style={{ maxHeight: 360, overflowY: 'auto' }} tabIndex={0} aria-label={t('bulk.title')}>
        {outcomes.map(({ row, refusal }) => (
          <li key={row.id}>
            <span style={{ color: refusal === undefined ? states.green : states.red }}>
              {refusal === undefined ? `✓ ${t('bulk.done')}` : `✕ ${t('bulk.refused')}`}
            </span>{' '}
            {row.number} {row.title}
            {refusal !== undefined && <div className="muted">{refusal}</div>}
          </li>
        ))}
      </ul>
    </Modal>
  );
}
