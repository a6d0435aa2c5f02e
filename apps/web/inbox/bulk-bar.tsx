import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Modal, Progress, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { useProblemText } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { useServerClock } from '../time/server-clock';
import { type PuttingAway, putAway, putsAway } from './bulk-on-server';
import { type Decision, decide } from './decide';
import { ReasonDialog } from './reason-dialog';
import { type Undoable, UndoButton } from './undo-button';
import type { IncidentRow } from './use-inbox';

interface BulkBarProps {
  rows: IncidentRow[];
  onClear: () => void;
  /** Called with the ids that were decided. */
  onDone: (ids: string[]) => void;
}

interface Outcome {
  row: IncidentRow;
  /** Why it was not done; undefined when it was. */
  refusal?: string;
}

const HOUR_MS = 3_600_000;

/** What may be done to all that are chosen. Each is decided by itself, and of each it is said what came of it. */
export function BulkBar({ rows, onClear, onDone }: BulkBarProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { now } = useServerClock();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [asking, setAsking] = useState<'reject' | 'outOfArea' | null>(null);
  const [running, setRunning] = useState<{ done: number; all: number } | null>(null);
  const [outcomes, setOutcomes] = useState<Outcome[] | null>(null);
  const [undo, setUndo] = useState<Undoable | null>(null);
  if (rows.length === 0 && outcomes === null) return null;
  const allIn = (state: string) => rows.every((row) => row.state === state);
  const finish = (results: Outcome[]) => {
    setRunning(null);
    setOutcomes(results);
    onDone(results.flatMap(({ row, refusal }) => (refusal === undefined ? [row.id] : [])));
    void queries.invalidateQueries({ queryKey: ['live'] });
  };
  const runOnServer = async (decision: PuttingAway) => {
    setRunning({ done: 0, all: rows.length });
    try {
      const { id, undoUntil, refusals } = await putAway(rows, decision);
      setUndo({ id, until: Date.parse(undoUntil) });
      finish(refusals.map(({ row, problem }) => (problem ? { row, refusal: problemText(problem) } : { row })));
    } catch (error) {
      finish(rows.map((row) => ({ row, refusal: problemText(error) })));
    }
  };
  const run = async (decision: Decision) => {
    setUndo(null);
    if (putsAway(decision)) return runOnServer(decision);
    const results: Outcome[] = [];
    setRunning({ done: 0, all: rows.length });
    for (const row of rows) {
      results.push(
        await decide(row, decision).then(
          ({ assigned }) =>
            decision.kind === 'assign' && !assigned ? { row, refusal: t('bulk.noProposal') } : { row },
          (error: unknown) => ({ row, refusal: problemText(error) }),
        ),
      );
      setRunning({ done: results.length, all: rows.length });
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
              <Button disabled={busy} onClick={() => void run({ kind: 'confirm' })}>
                {t('bulk.confirm')}
              </Button>
              <Button disabled={busy} onClick={() => setAsking('reject')}>
                {t('decide.bulkReject')}
              </Button>
              <Button disabled={busy} onClick={() => setAsking('outOfArea')}>
                {t('inbox.outOfArea')}
              </Button>
              <Button
                disabled={busy}
                onClick={() => void run({ kind: 'snooze', until: new Date(now + HOUR_MS).toISOString() })}
              >
                {t('decide.bulkSnooze')}
              </Button>
            </>
          )}
          {allIn('confirmed') && may('incident.assign') && (
            <Button disabled={busy} onClick={() => void run({ kind: 'assign' })}>
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
          void run({ kind: 'reject', outOfArea: asking === 'outOfArea', reason });
        }}
      />
      {outcomes !== null && (
        <Outcomes
          outcomes={outcomes}
          undo={undo}
          onClose={() => {
            setOutcomes(null);
            onClear();
          }}
        />
      )}
    </>
  );
}

interface OutcomesProps {
  outcomes: Outcome[];
  undo: Undoable | null;
  onClose: () => void;
}

function Outcomes({ outcomes, undo, onClose }: OutcomesProps) {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const failed = outcomes.filter(({ refusal }) => refusal !== undefined);
  return (
    <Modal
      open
      title={`${t('bulk.title')} · ${t('decide.bulkDone', { done: outcomes.length - failed.length, failed: failed.length })}`}
      footer={
        <>
          {undo !== null && <UndoButton undo={undo} onUndone={onClose} />}
          <Button onClick={onClose}>{t('close')}</Button>
        </>
      }
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
