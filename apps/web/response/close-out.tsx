import { Alert, Button, Flex, Form, Input, Steps, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiProblem, dataOf, ifMatch } from '../api/client';
import { useMay } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { useLabel } from '../labels/labels';
import { useCommand } from '../shell/use-command';
import { fullTime } from '../time/format';
import { FormDialog, useRequired } from './form-dialog';
import { Section } from './section';

const STEPS = ['rectified', 'accepted', 'struckOff'] as const;
const NEEDS = { rectified: 'closeOut.rectify', accepted: 'closeOut.accept', struckOff: 'closeOut.strikeOff' } as const;
type Missing = Record<string, string[]>;

/** Fix, accept, strike off (整改一项、验收一项、销号一项): three steps of three roles, the way back, the archive. */
export function CloseOut({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useRequired();
  const [missing, setMissing] = useState<Missing | null>(null);
  const params = { path: { id: incident.id }, header: ifMatch(incident.version) } as const;
  const next = STEPS.find((step) => incident.closeOut[step] === undefined);
  const take = useCommand(async (note: string) => {
    try {
      setMissing(null);
      return await dataOf(api.POST('/api/v1/incidents/{id}/close-out', { params, body: { step: next!, note } }));
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'CLOSING_EVIDENCE_MISSING')
        setMissing((error.params['missing'] ?? {}) as Missing);
      throw error;
    }
  });
  const reopen = useCommand((reason: string) =>
    dataOf(api.POST('/api/v1/incidents/{id}/reopen', { params, body: { reason } })),
  );
  const sendBack = useCommand((reason: string) =>
    dataOf(api.POST('/api/v1/incidents/{id}/close-out/send-back', { params, body: { reason } })),
  );
  return (
    <Section
      title={t('closeOut.title')}
      action={
        <Flex wrap gap={8}>
          {incident.closeOut.struckOff !== undefined && (
            <Button href={`/api/v1/incidents/${incident.id}/archive`} style={{ minHeight: 44 }}>
              {t('closeOut.archive')}
            </Button>
          )}
          {incident.state === 'struckOff' && may('incident.decide') && (
            <FormDialog<{ reason: string }>
              label={t('closeOut.reopen')}
              onSubmit={({ reason }) => reopen.mutateAsync(reason)}
            >
              <Form.Item name="reason" label={t('course.reason')} rules={required}>
                <Input.TextArea rows={2} maxLength={1_000} />
              </Form.Item>
            </FormDialog>
          )}
          {next !== undefined && next !== 'rectified' && may(NEEDS[next]) && (
            <FormDialog<{ reason: string }>
              label={t('closeOut.sendBack')}
              onSubmit={({ reason }) => sendBack.mutateAsync(reason)}
            >
              <Form.Item name="reason" label={t('course.reason')} rules={required}>
                <Input.TextArea rows={2} maxLength={1_000} />
              </Form.Item>
            </FormDialog>
          )}
          {next !== undefined && may(NEEDS[next]) && (
            <FormDialog<{ note: string }>
              label={t(`closeOut.steps.${next}`)}
              primary
              onSubmit={({ note }) => take.mutateAsync(note)}
            >
              <Form.Item name="note" label={t('closeOut.note')} rules={required}>
                <Input.TextArea rows={3} maxLength={1_000} />
              </Form.Item>
            </FormDialog>
          )}
        </Flex>
      }
    >
      {missing !== null && <MissingParts missing={missing} />}
      <Steps
        orientation="vertical"
        size="small"
        current={next === undefined ? STEPS.length : STEPS.indexOf(next)}
        items={STEPS.map((step) => {
          const taken = incident.closeOut[step];
          return {
            title: `${t(`closeOut.steps.${step}`)} · ${t(`closeOut.who.${step}`)}`,
            content:
              taken === undefined ? undefined : (
                <Typography.Text type="secondary">
                  {t('course.by', { name: taken.name, time: fullTime(taken.at) })} {taken.note}
                </Typography.Text>
              ),
          };
        })}
      />
    </Section>
  );
}

/** What the close-out still waits for, in words. */
function MissingParts({ missing }: { missing: Missing }) {
  const { t } = useTranslation();
  const label = useLabel();
  const word = (gap: string) =>
    (t('dispose.missing', { returnObjects: true }) as unknown as Record<string, string>)[gap] ?? gap;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 8 }}
      title={t('closeOut.missing')}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {Object.entries(missing).map(([kind, gaps]) => (
            <li key={kind}>
              {kind === 'publicClocks'
                ? t('closeOut.acts', { acts: gaps.map((act) => label('act', act)).join(t('comma')) })
                : `${kind === 'disposition' ? '' : `${kind} `}${gaps.map(word).join(t('comma'))}`}
            </li>
          ))}
        </ul>
      }
    />
  );
}
