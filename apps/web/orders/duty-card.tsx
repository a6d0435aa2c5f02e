import { useQuery } from '@tanstack/react-query';
import { Button, Card, Collapse, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';

type Duty = Schemas['OwnDuty'];
type Turn = Duty['turns'][number];

/** Who is on duty for the own bodies, what the turn before left, and a note for the next one. */
export function DutyCard() {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const { data } = useQuery({
    queryKey: ['live', 'own-turns'],
    queryFn: () => dataOf(api.GET('/api/v1/directory/own-turns')),
  });
  const duties = data?.items ?? [];
  if (duties.length === 0) return null;
  return (
    <Collapse
      style={{ marginTop: 16 }}
      items={duties.map((duty) => ({
        key: duty.bodyId,
        label: (
          <>
            <strong>{t('ownDuty.title')}</strong> {nameOf(duty.bodyId)}
            {t('colon')}
            {duty.personName ?? t('directoryPage.by.nobody')}
            {duty.deputyName !== null && ` / ${duty.deputyName}`}
          </>
        ),
        children: <Turns duty={duty} />,
      }))}
    />
  );
}

function Turns({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  if (duty.turns.length === 0) return <Typography.Text type="secondary">{t('directoryPage.noTurns')}</Typography.Text>;
  return (
    <Flex vertical gap={12}>
      {duty.turns.map((turn) => (
        <Card key={turn.id} size="small">
          <strong>
            {turn.personName}
            {turn.deputyName !== null && ` / ${turn.deputyName}`}
          </strong>
          <div className="muted">
            <Instant at={turn.startsAt} /> – <Instant at={turn.endsAt} />
          </div>
          {turn.handover !== null && (
            <p style={{ margin: '8px 0 0' }}>
              {turn.handover.note} <span className="muted">{t('aside', { text: turn.handover.by })}</span>
            </p>
          )}
          {turn.begun && <NoteForm turn={turn} />}
        </Card>
      ))}
    </Flex>
  );
}

function NoteForm({ turn }: { turn: Turn }) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const save = useCommand(
    (text: string) => dataOf(api.POST('/api/v1/directory/handovers', { body: { turnId: turn.id, note: text } })),
    t('ownDuty.saved'),
  );
  return (
    <Flex vertical gap={8} style={{ marginTop: 8 }}>
      <Input.TextArea
        rows={2}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        placeholder={t('ownDuty.hint')}
        aria-label={t('directoryPage.handover')}
      />
      <Button
        disabled={note.trim() === ''}
        loading={save.isPending}
        onClick={() => save.mutate(note.trim(), { onSuccess: () => setNote('') })}
      >
        {t(turn.handover === null ? 'ownDuty.write' : 'ownDuty.rewrite')}
      </Button>
    </Flex>
  );
}
