import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Progress, Select, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, ApiProblem, dataOf, ifMatch, type Schemas } from '../api/client';
import { useMay, useSession } from '../api/session';
import type { IncidentDetail } from '../incident/use-incident';
import { useCommand } from '../shell/use-command';
import { WideTable } from '../shell/wide-table';
import { fullTime } from '../time/format';
import { FormDialog, useRequired } from './form-dialog';
import { Section } from './section';

type Evaluation = Schemas['EffectEvaluation'];
type Words = Record<string, string>;

/** The evaluation of a handled case: score and reasons, what each statement did, grounds that people decide. */
export function Evaluate({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const params = { path: { id: incident.id } };
  const query = useQuery({
    queryKey: ['incident', incident.id, 'effect-evaluation'],
    queryFn: async () => {
      try {
        return await dataOf(api.GET('/api/v1/incidents/{id}/effect-evaluation', { params }));
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'NOT_EVALUATED') return null;
        throw error;
      }
    },
  });
  const make = useCommand(() => dataOf(api.POST('/api/v1/incidents/{id}/effect-evaluation', { params, body: {} })));
  const evaluation = query.data ?? null;
  return (
    <Section
      title={t('effect.title')}
      action={
        <Flex wrap gap={8}>
          {evaluation !== null && (
            <Button
              href={`/api/v1/incidents/${incident.id}/effect-evaluation/sheet`}
              target="_blank"
              style={{ minHeight: 44 }}
            >
              {t('effect.sheet')}
            </Button>
          )}
          {may('incident.decide') && (
            <Button style={{ minHeight: 44 }} loading={make.isPending} onClick={() => make.mutate(undefined as never)}>
              {t(evaluation === null ? 'effect.make' : 'effect.again')}
            </Button>
          )}
        </Flex>
      }
    >
      {evaluation === null ? (
        <Typography.Text type="secondary">{t('effect.none')}</Typography.Text>
      ) : (
        <Result incident={incident} evaluation={evaluation} />
      )}
    </Section>
  );
}

function Result({ incident, evaluation }: { incident: IncidentDetail; evaluation: Evaluation }) {
  const { t } = useTranslation();
  const { result } = evaluation;
  const words = (key: 'effect.parts' | 'effect.lines') => t(key, { returnObjects: true }) as unknown as Words;
  const [parts, lines] = [words('effect.parts'), words('effect.lines')];
  const hours = (value: number | null) => (value === null ? '—' : t('effect.hours', { count: value }));
  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={16} align="center">
        <Typography.Title level={3} style={{ margin: 0 }}>
          {result.score} <Typography.Text type="secondary">/ 100</Typography.Text>
        </Typography.Title>
        <Typography.Text type="secondary">
          {t('course.by', { name: evaluation.evaluatedByName, time: fullTime(evaluation.evaluatedAt) })} ·{' '}
          {evaluation.ruleVersion}
        </Typography.Text>
      </Flex>
      <ul className="rows">
        {result.lines.map((line) => (
          <li key={line.item} style={{ display: 'flex', gap: 8, alignItems: 'center', flexWrap: 'wrap' }}>
            <span style={{ flex: '1 1 180px' }}>
              <Typography.Text type="secondary">{parts[line.part]} </Typography.Text>
              {lines[line.item] ?? line.item}
            </span>
            <Progress
              percent={line.maximum === 0 ? 100 : (line.points / line.maximum) * 100}
              size="small"
              showInfo={false}
              style={{ width: 90 }}
              aria-hidden
            />
            <span className="digits" style={{ minWidth: 70, textAlign: 'end' }}>
              {line.points} / {line.maximum}
            </span>
          </li>
        ))}
      </ul>
      {result.statements.length > 0 && (
        <WideTable
          label={t('dispose.statements')}
          size="small"
          pagination={false}
          rowKey="id"
          dataSource={result.statements}
          columns={[
            {
              title: t('dispose.statements'),
              render: (_, row) =>
                incident.statements.find(({ id }) => id === row.id)?.title ?? fullTime(row.publishedAt),
            },
            { title: t('effect.before'), render: (_, row) => t('effect.items', { count: row.itemsBefore }) },
            { title: t('effect.after'), render: (_, row) => t('effect.items', { count: row.itemsAfter }) },
            {
              title: t('effect.halfLife'),
              render: (_, row) => `${hours(row.halfLifeBeforeHours)} → ${hours(row.halfLifeAfterHours)}`,
            },
            {
              title: t('effect.repeated'),
              render: (_, row) =>
                row.claimsBefore === undefined ? '—' : `${row.claimsRepeated ?? 0} / ${row.claimsBefore}`,
            },
          ]}
        />
      )}
      <Grounds evaluation={evaluation} />
      <Objection incident={incident} evaluation={evaluation} />
    </Flex>
  );
}

const MEASURES = ['criticism', 'interview', 'referral'] as const;
interface Decided {
  ground: string;
  decision: 'upheld' | 'dismissed';
  reason: string;
  measure?: (typeof MEASURES)[number];
  rectifyBy?: string;
}

/** What follows from an upheld ground: the measure, the day to rectify by, and that it is done. */
function Measure({ decided: { measure, rectifyBy, closed } }: { decided: Evaluation['grounds'][number] }) {
  const { t } = useTranslation();
  if (measure === undefined) return null;
  return (
    <>
      <br />
      {t(`effect.measures.${measure}`)}
      {rectifyBy !== undefined && ` · ${t('effect.rectifyBy')} ${rectifyBy}`}
      {closed !== undefined && ` · ${t('effect.closed')} ${closed.by} ${closed.note}`}
    </>
  );
}

function Grounds({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useRequired();
  const signs = t('effect.signs', { returnObjects: true }) as unknown as Words;
  const params = { path: { id: evaluation.incidentId }, header: ifMatch(evaluation.version) } as const;
  const decide = useCommand((body: Decided) =>
    dataOf(api.POST('/api/v1/incidents/{id}/effect-evaluation/grounds', { params, body })),
  );
  const close = useCommand((body: { ground: string; note: string }) =>
    dataOf(api.POST('/api/v1/incidents/{id}/effect-evaluation/grounds/close', { params, body })),
  );
  const { proposedGrounds } = evaluation.result;
  return (
    <div>
      <Typography.Text strong>{t('effect.grounds')}</Typography.Text>
      {proposedGrounds.length === 0 && <p style={{ margin: 0 }}>{t('effect.noGrounds')}</p>}
      <ul className="rows">
        {proposedGrounds.map(({ ground, signs: found }) => {
          const decided = evaluation.grounds.find((decision) => decision.ground === ground);
          return (
            <li key={ground}>
              <Flex wrap gap={8} align="center" justify="space-between">
                <span style={{ flex: '1 1 220px' }}>
                  <strong>{ground}</strong> {found.map((sign) => signs[sign] ?? sign).join(t('comma'))}
                  {decided !== undefined && (
                    <>
                      <br />
                      {t(decided.decision === 'upheld' ? 'effect.upheld' : 'effect.dismissed')} · {decided.by} ·{' '}
                      {decided.reason}
                      <Measure decided={decided} />
                    </>
                  )}
                </span>
                {may('escalation.refer') &&
                  (['upheld', 'dismissed'] as const).map((decision) => (
                    <FormDialog<Omit<Decided, 'ground' | 'decision'>>
                      key={decision}
                      label={t(decision === 'upheld' ? 'effect.uphold' : 'effect.dismiss')}
                      onSubmit={({ rectifyBy, ...values }) =>
                        decide.mutateAsync({ ground, decision, ...values, ...(rectifyBy ? { rectifyBy } : {}) })
                      }
                    >
                      {decision === 'upheld' && (
                        <>
                          <Form.Item name="measure" label={t('effect.measure')} rules={required}>
                            <Select
                              options={MEASURES.map((value) => ({ value, label: t(`effect.measures.${value}`) }))}
                            />
                          </Form.Item>
                          <Form.Item name="rectifyBy" label={t('effect.rectifyBy')}>
                            <Input type="date" />
                          </Form.Item>
                        </>
                      )}
                      <Form.Item name="reason" label={t('course.reason')} rules={required}>
                        <Input.TextArea rows={2} maxLength={1_000} />
                      </Form.Item>
                    </FormDialog>
                  ))}
                {may('escalation.refer') && decided?.decision === 'upheld' && decided.closed === undefined && (
                  <FormDialog<{ note: string }>
                    label={t('effect.close')}
                    onSubmit={({ note }) => close.mutateAsync({ ground, note })}
                  >
                    <Form.Item name="note" label={t('course.note')} rules={required}>
                      <Input.TextArea rows={2} maxLength={1_000} />
                    </Form.Item>
                  </FormDialog>
                )}
              </Flex>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Objection({ incident, evaluation }: { incident: IncidentDetail; evaluation: Evaluation }) {
  const { t } = useTranslation();
  const may = useMay();
  const { bodies } = useSession();
  const required = useRequired();
  const own = bodies.find((id) => incident.bodyIds.includes(id));
  const params = { path: { id: evaluation.incidentId }, header: ifMatch(evaluation.version) } as const;
  const object = useCommand((text: string) =>
    dataOf(api.POST('/api/v1/incidents/{id}/effect-evaluation/objection', { params, body: { bodyId: own!, text } })),
  );
  const answer = useCommand((body: { result: 'upheld' | 'dismissed'; reason: string }) =>
    dataOf(api.POST('/api/v1/incidents/{id}/effect-evaluation/objection/answer', { params, body })),
  );
  const { objection } = evaluation;
  if (objection === null)
    return own !== undefined && may('assignment.report') ? (
      <div>
        <FormDialog<{ text: string }> label={t('effect.object')} onSubmit={({ text }) => object.mutateAsync(text)}>
          <Form.Item name="text" label={t('effect.objection')} rules={required}>
            <Input.TextArea rows={3} maxLength={2_000} />
          </Form.Item>
        </FormDialog>
      </div>
    ) : null;
  return (
    <div>
      <strong>{t('effect.objection')}</strong> {objection.text} · {objection.by}
      {objection.answer !== undefined && (
        <p style={{ margin: 0 }}>
          {t(objection.answer.result === 'upheld' ? 'effect.upheld' : 'effect.dismissed')} · {objection.answer.by} ·{' '}
          {objection.answer.reason}
        </p>
      )}
      {objection.answer === undefined && may('escalation.supervise') && (
        <div>
          <FormDialog<{ result: 'upheld' | 'dismissed'; reason: string }>
            label={t('effect.answer')}
            initial={{ result: 'dismissed' }}
            onSubmit={(values) => answer.mutateAsync(values)}
          >
            <Form.Item name="result" label={t('transfer.result')} rules={required}>
              <Select
                options={[
                  { value: 'upheld', label: t('effect.uphold') },
                  { value: 'dismissed', label: t('effect.dismiss') },
                ]}
              />
            </Form.Item>
            <Form.Item name="reason" label={t('course.reason')} rules={required}>
              <Input.TextArea rows={2} maxLength={2_000} />
            </Form.Item>
          </FormDialog>
        </div>
      )}
    </div>
  );
}
