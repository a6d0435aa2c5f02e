import { Button, Flex, Timeline as Steps, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay } from '../api/session';
import { useLabel, ValueTag } from '../labels/labels';
import { useCommand } from '../shell/use-command';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import type { IncidentDetail } from './use-incident';

/** The ladder drawn ahead: what has happened, what is open, and what comes at which instant if nobody answers. */
export function Ladder({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  const nameOf = useBodyName();
  const past = incident.escalations.map((step) => ({
    key: step.id,
    color: step.state === 'issued' || step.state === 'unmet' ? 'red' : step.state === 'met' ? 'green' : 'gray',
    content: <PastStep step={step} addressee={nameOf(step.addresseeBodyId)} />,
  }));
  const ahead = incident.ladder.map((step, index) => ({
    key: `ahead-${index}`,
    color: 'gray',
    content: (
      <Flex wrap gap={8}>
        <Typography.Text type="secondary">
          {t('incident.planned')} <Instant at={step.at} />
        </Typography.Text>
        <Typography.Text>{label('step', step.step)}</Typography.Text>
        <Typography.Text type="secondary">{step.target === null ? '' : nameOf(step.target)}</Typography.Text>
        <Countdown dueAt={step.at} />
      </Flex>
    ),
  }));
  return (
    <section style={{ marginTop: 16 }}>
      <h3 className="part">{t('incident.ladder')}</h3>
      {past.length + ahead.length === 0 ? (
        <Typography.Text type="secondary">{t('incident.noLadder')}</Typography.Text>
      ) : (
        <Steps items={[...past, ...ahead]} style={{ marginTop: 12 }} />
      )}
    </section>
  );
}

function PastStep({ step, addressee }: { step: Schemas['Escalation']; addressee: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const may = useMay();
  const params = { path: { id: step.id }, header: ifMatch(step.version) } as const;
  const issue = useCommand(() => dataOf(api.POST('/api/v1/escalations/{id}/issue', { params, body: {} })));
  return (
    <Flex wrap gap={8} align="center">
      <Instant at={step.issuedAt ?? step.at} />
      <strong>{label('step', step.step)}</strong>
      <ValueTag group="escalationState" value={step.state} />
      <Typography.Text>{step.number ?? ''}</Typography.Text>
      <Typography.Text type="secondary">{addressee}</Typography.Text>
      {step.number !== null && <StepSheet step={step} />}
      {step.deadline !== null && step.state === 'issued' && (
        <Countdown dueAt={step.deadline} startedAt={step.issuedAt} />
      )}
      {step.state === 'proposed' && may('escalation.supervise') && (
        <Button size="small" type="primary" loading={issue.isPending} onClick={() => issue.mutate(undefined as never)}>
          {t('wall.issue')}
        </Button>
      )}
    </Flex>
  );
}

/** The printed sheet (催办单, 督办单) of a step that was issued. */
export function StepSheet({ step }: { step: Schemas['Escalation'] }) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <a className="no-print" href={`/api/v1/escalations/${step.id}/sheet?format=print`} target="_blank" rel="noreferrer">
      {t('wall.sheet', { step: label('step', step.step) })}
    </a>
  );
}
