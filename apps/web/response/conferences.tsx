import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay, useSession } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { useCommand } from '../shell/use-command';
import { Countdown } from '../time/countdown';
import { Instant } from '../time/instant';
import { FormDialog, instantOf, useRequired } from './form-dialog';
import { HeldForm } from './held-form';
import { Section } from './section';

const OPEN = ['planned', 'announced'];

/** Press conferences: planned backwards, announced, held or waived. Only that one was held stops the clock. */
export function Conferences({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const { bodies } = useSession();
  const own = bodies.find((id) => incident.bodyIds.includes(id));
  const params = { path: { id: incident.id } };
  const plan = useCommand((values: { plannedAt?: string; place?: string }) =>
    dataOf(
      api.POST('/api/v1/incidents/{id}/press-conferences', {
        params,
        body: {
          bodyId: own!,
          ...(values.plannedAt ? { plannedAt: instantOf(values.plannedAt) } : {}),
          ...(values.place ? { place: values.place } : {}),
        },
      }),
    ),
  );
  const steps = useQuery({
    queryKey: ['incident', incident.id, 'conference-steps', incident.conferences.map(({ version }) => version).join()],
    queryFn: () => dataOf(api.GET('/api/v1/incidents/{id}/conference-steps', { params })),
    enabled: incident.conferences.length > 0,
  });
  return (
    <Section
      title={t('conference.title')}
      action={
        own !== undefined &&
        may('conference.manage') && (
          <FormDialog<{ plannedAt?: string; place?: string }>
            label={t('conference.plan')}
            onSubmit={(values) => plan.mutateAsync(values)}
          >
            <Form.Item name="plannedAt" label={t('conference.plannedAt')}>
              <Input type="datetime-local" />
            </Form.Item>
            <Form.Item name="place" label={t('course.place')}>
              <Input maxLength={200} />
            </Form.Item>
          </FormDialog>
        )
      }
    >
      {incident.conferences.length === 0 && <Typography.Text type="secondary">{t('course.none')}</Typography.Text>}
      <ul className="rows">
        {incident.conferences.map((conference) => (
          <li key={conference.id}>
            <Conference
              conference={conference}
              steps={(steps.data?.items ?? []).filter((step) => step.conferenceId === conference.id)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Conference({
  conference,
  steps,
}: {
  conference: Schemas['PressConference'];
  steps: Schemas['ConferenceStep'][];
}) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const may = useMay();
  const { bodies } = useSession();
  const mine = may('conference.manage') && bodies.includes(conference.bodyId) && OPEN.includes(conference.state);
  return (
    <Flex vertical gap={6}>
      <Flex wrap gap={8} align="center">
        <Tag color={conference.state === 'held' ? 'green' : 'default'}>
          {t(`conference.states.${conference.state}`)}
        </Tag>
        <strong>{nameOf(conference.bodyId)}</strong>
        {(conference.heldAt ?? conference.plannedAt) !== null && (
          <Instant at={conference.heldAt ?? conference.plannedAt} />
        )}
        {conference.place ?? ''}
      </Flex>
      {conference.speakers.length > 0 && (
        <span>
          {conference.speakers.map(({ name, post, rank }) => `${name}（${post}，${rank}）`).join('、')}
          {conference.mediaCount !== null && ` · ${t('conference.media')} ${conference.mediaCount}`}{' '}
          {conference.recordUrl !== null && (
            <a href={conference.recordUrl} target="_blank" rel="noreferrer noopener">
              {t('conference.record')}
            </a>
          )}
        </span>
      )}
      {conference.waiver !== null && (
        <span>{t('conference.waived', { name: conference.waiver.decidedBy, ground: conference.waiver.ground })}</span>
      )}
      {steps.length > 0 && <BackPlan conference={conference} steps={steps} mine={mine} />}
      {mine && <Acts conference={conference} />}
    </Flex>
  );
}

function BackPlan({
  conference,
  steps,
  mine,
}: {
  conference: Schemas['PressConference'];
  steps: Schemas['ConferenceStep'][];
  mine: boolean;
}) {
  const { t } = useTranslation();
  const params = { path: { id: conference.id }, header: ifMatch(conference.version) } as const;
  const finish = useCommand((step: Schemas['ConferenceStep']['step']) =>
    dataOf(api.POST('/api/v1/press-conferences/{id}/steps', { params, body: { step } })),
  );
  return (
    <div>
      <Typography.Text type="secondary">{t('conference.backPlan')}</Typography.Text>
      <ul className="rows">
        {steps.map((step) => (
          <li key={step.id} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
            <span style={{ flex: '1 1 120px' }}>{t(`conference.steps.${step.step}`)}</span>
            {step.doneAt === null ? (
              <>
                {OPEN.includes(conference.state) ? (
                  <Countdown dueAt={step.dueAt} startedAt={conference.filedAt} />
                ) : (
                  <Instant at={step.dueAt} />
                )}
                {mine && (
                  <Button style={{ minHeight: 44 }} loading={finish.isPending} onClick={() => finish.mutate(step.step)}>
                    {t('conference.done')}
                  </Button>
                )}
              </>
            ) : (
              <Typography.Text type="success">
                ✓ {t('conference.doneBy', { name: step.doneByName })} <Instant at={step.doneAt} />
              </Typography.Text>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Acts({ conference }: { conference: Schemas['PressConference'] }) {
  const { t } = useTranslation();
  const required = useRequired();
  const params = { path: { id: conference.id }, header: ifMatch(conference.version) } as const;
  const announce = useCommand((values: { plannedAt: string; place: string }) =>
    dataOf(
      api.POST('/api/v1/press-conferences/{id}/announce', {
        params,
        body: { plannedAt: instantOf(values.plannedAt), place: values.place },
      }),
    ),
  );
  const waive = useCommand((body: { decidedBy: string; ground: string }) =>
    dataOf(api.POST('/api/v1/press-conferences/{id}/waive', { params, body })),
  );
  const cancel = useCommand((body: { reason: string }) =>
    dataOf(api.POST('/api/v1/press-conferences/{id}/cancel', { params, body })),
  );
  return (
    <Flex wrap gap={8}>
      <HeldForm conference={conference} />
      <FormDialog<{ plannedAt: string; place: string }>
        label={t('conference.announce')}
        initial={{ place: conference.place ?? '' }}
        onSubmit={(values) => announce.mutateAsync(values)}
      >
        <Form.Item
          name="plannedAt"
          label={t('conference.plannedAt')}
          extra={t('conference.announceHint')}
          rules={required}
        >
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="place" label={t('course.place')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
      </FormDialog>
      <FormDialog<{ decidedBy: string; ground: string }>
        label={t('conference.waiveTitle')}
        onSubmit={(values) => waive.mutateAsync(values)}
      >
        <Form.Item name="decidedBy" label={t('conference.decidedBy')} rules={required}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="ground" label={t('conference.ground')} rules={required}>
          <Input.TextArea rows={3} maxLength={1_000} />
        </Form.Item>
      </FormDialog>
      <FormDialog<{ reason: string }>
        label={t('conference.cancel')}
        danger
        onSubmit={(values) => cancel.mutateAsync(values)}
      >
        <Form.Item name="reason" label={t('course.reason')} rules={required}>
          <Input.TextArea rows={2} maxLength={1_000} />
        </Form.Item>
      </FormDialog>
    </Flex>
  );
}
