import { Button, Flex, Input, Modal, Tooltip } from 'antd';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch } from '../api/client';
import { useCommand } from '../shell/use-command';
import type { IncidentRow } from './use-inbox';

interface DecisionBarProps {
  incident: IncidentRow;
  /** Filled with the actions that the keyboard may call. */
  actions: RefObject<Record<string, () => void>>;
  onDecided: () => void;
}

const HOUR_MS = 3_600_000;

/** The decisions on a proposal: confirm, not ours, elsewhere, later. After one of them the next incident is shown. */
export function DecisionBar({ incident, actions, onDecided }: DecisionBarProps) {
  const { t } = useTranslation();
  const [rejecting, setRejecting] = useState<'rejected' | 'outOfArea' | null>(null);
  const [reason, setReason] = useState('');
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const confirm = useCommand(
    () => dataOf(api.POST('/api/v1/incidents/{id}/confirm', { params, body: {} })),
    t('inbox.confirmed'),
  );
  const snooze = useCommand(
    () =>
      dataOf(
        api.POST('/api/v1/incidents/{id}/snooze', {
          params,
          body: { until: new Date(Date.now() + HOUR_MS).toISOString(), heatsUp: true },
        }),
      ),
    t('inbox.snoozed'),
  );
  const reject = useCommand(
    () =>
      dataOf(
        api.POST('/api/v1/incidents/{id}/reject', { params, body: { reason, outOfArea: rejecting === 'outOfArea' } }),
      ),
    t('inbox.rejected'),
  );
  const decide = (command: { mutate: (input: void, options: { onSuccess: () => void }) => void }) =>
    command.mutate(undefined, { onSuccess: onDecided });
  const open = incident.state === 'proposed';
  useEffect(() => {
    actions.current = open
      ? {
          confirm: () => decide(confirm as never),
          reject: () => setRejecting('rejected'),
          snooze: () => decide(snooze as never),
        }
      : {};
    return () => {
      actions.current = {};
    };
  });
  if (!open) return null;
  const busy = confirm.isPending || snooze.isPending || reject.isPending;
  return (
    <Flex
      wrap
      gap={8}
      style={{
        padding: 8,
        marginBottom: 8,
        background: 'var(--ant-color-bg-layout)',
        position: 'sticky',
        top: 0,
        zIndex: 2,
      }}
    >
      <Tooltip title="c">
        <Button type="primary" loading={confirm.isPending} disabled={busy} onClick={() => decide(confirm as never)}>
          {t('inbox.confirm')}
        </Button>
      </Tooltip>
      <Tooltip title="e">
        <Button disabled={busy} onClick={() => setRejecting('rejected')}>
          {t('inbox.reject')}
        </Button>
      </Tooltip>
      <Button disabled={busy} onClick={() => setRejecting('outOfArea')}>
        {t('inbox.outOfArea')}
      </Button>
      <Tooltip title={`h · ${t('inbox.snoozeOneHour')}`}>
        <Button loading={snooze.isPending} disabled={busy} onClick={() => decide(snooze as never)}>
          {t('inbox.snooze')}
        </Button>
      </Tooltip>
      <Modal
        open={rejecting !== null}
        title={t('inbox.rejectReason')}
        okText={t(rejecting === 'outOfArea' ? 'inbox.outOfArea' : 'inbox.reject')}
        okButtonProps={{ disabled: reason.trim() === '', loading: reject.isPending }}
        onCancel={() => setRejecting(null)}
        onOk={() =>
          reject.mutate(undefined as never, {
            onSuccess: () => {
              setRejecting(null);
              onDecided();
            },
          })
        }
      >
        <Input.TextArea
          autoFocus
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          aria-label={t('inbox.rejectReason')}
        />
      </Modal>
    </Flex>
  );
}
